import { InputRangeError, requireKnown } from "../core/check.ts";
import { timesOf } from "./times.ts";
import { type SplitRows, testRowCount } from "./trainTestSplit.ts";

/** Options of `timeSplit`. */
export interface TimeSplitOptions {
  /** Share of the rows that become test rows, above 0 and below 1 [0.2]. */
  readonly testShare?: number;
}

/**
 * Divides rows by time: the last rows are the test rows, as a model is used on rows that come after its training. The last
 * round(testShare · n) rows are test rows; if the first of them has the time of earlier rows, the rows of this time are all
 * training rows, so there are fewer test rows.
 *
 * @param times  the time of each row: numbers or Dates
 * @returns indices of the rows, from the earliest to the latest
 * @throws RangeError if a part would be empty
 *
 * @example
 * ```ts
 * import { timeSplit } from "downhill";
 *
 * const { test } = timeSplit([2024, 2021, 2023, 2022], { testShare: 0.25 });
 * [...test]; // [0]
 * ```
 */
export function timeSplit(
  times: ArrayLike<number | Date>,
  { testShare = 0.2, ...others }: TimeSplitOptions = {},
): SplitRows {
  const functionName = "timeSplit";
  requireKnown(functionName, others, ["testShare"]);
  const sorted = timesOf(functionName, times);
  const n = times.length;
  const lastTraining = sorted.order[n - testRowCount(functionName, testShare, n) - 1]!;
  const end = sorted.order.findIndex((row) => sorted.times[row]! > sorted.times[lastTraining]!);
  if (end < 0) {
    throw new InputRangeError(
      `${functionName}: the last ${testShare} of the rows must be later than others, but all have the latest time. ` +
        "Set a larger testShare, or leave the times out.",
    );
  }
  return { train: sorted.order.slice(0, end), test: sorted.order.slice(end) };
}
