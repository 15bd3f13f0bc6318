import { InputRangeError, requireKnown, requireSize } from "../core/check.ts";
import { timesOf } from "./times.ts";
import type { SplitRows } from "./trainTestSplit.ts";

/** Options of `timeFolds`. */
export interface TimeFoldOptions {
  /** Number of folds, at least 1 [5]. */
  readonly k?: number;
}

/**
 * Divides rows by time for cross-validation, so that a model is always scored on rows that are later than its training rows. The
 * rows are divided into k + 1 parts of nearly equal size, from the earliest to the latest. Split i has part i + 1 as its test
 * rows and all earlier parts as its training rows. Rows of equal time are never divided.
 *
 * @param times  the time of each row: numbers or Dates
 * @returns k splits of row indices
 * @throws RangeError if there are too few different times for k + 1 parts
 *
 * @example
 * ```ts
 * import { timeFolds } from "downhill";
 *
 * const folds = timeFolds([2021, 2022, 2023], { k: 2 });
 * folds.map(({ train, test }) => [train.length, test.length]); // [[1, 1], [2, 1]]
 * ```
 *
 * Source: this is the method of TimeSeriesSplit of scikit-learn.
 */
export function timeFolds(times: ArrayLike<number | Date>, { k = 5, ...others }: TimeFoldOptions = {}): SplitRows[] {
  const functionName = "timeFolds";
  requireKnown(functionName, others, ["k"]);
  requireSize(functionName, "k", k);
  const { times: numbers, order } = timesOf(functionName, times);
  const ends = Array.from({ length: k + 1 }, (_, part) => {
    let end = Math.round(((part + 1) * order.length) / (k + 1));
    while (end > 0 && end < order.length && numbers[order[end - 1]!] === numbers[order[end]!]) end += 1;
    return end;
  });
  if (ends.some((end, part) => end <= (ends[part - 1] ?? 0))) {
    throw new InputRangeError(
      `${functionName}: the times must divide the rows into ${k + 1} parts, but too many rows have the same time. Set a smaller k, or leave the times out.`,
    );
  }
  return Array.from({ length: k }, (_, fold) => ({
    train: order.slice(0, ends[fold]),
    test: order.slice(ends[fold], ends[fold + 1]),
  }));
}
