import { InputRangeError, requireKnown, show } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import { apportion } from "./apportion.ts";
import { type Seed, seeded } from "./seeded.ts";
import { strata } from "./strata.ts";

/** Options of `trainTestSplit` and `split`. */
export interface SplitOptions {
  /** Share of the rows that become test rows, above 0 and below 1 [0.2]. */
  readonly testShare?: number;
  /** Seed of the random numbers, a whole number, or a stream of `random(seed)` to draw from [0]. */
  readonly seed?: Seed;
  /** Whether each class has the same share of test rows; then `rows` must be labels [false]. */
  readonly stratify?: boolean;
}

/** Indices of training rows and test rows, in random order. */
export interface SplitRows {
  /** Indices of the training rows. */
  readonly train: Uint32Array;
  /** Indices of the test rows. */
  readonly test: Uint32Array;
}

/**
 * Divides n rows at random into round(testShare · n) test rows and the training rows. With `stratify` each class has its share
 * of the test rows (largest-remainder method), and a class of two or more rows has rows in both parts, if the total allows
 * this for every class.
 *
 * @param rows  the number of rows, or their labels
 * @returns indices of the rows
 * @throws RangeError if a part would be empty; TypeError for `stratify` without labels
 *
 * @example
 * ```ts
 * import { trainTestSplit } from "downhill";
 *
 * const { train, test } = trainTestSplit(150, { testShare: 0.2, seed: 1 });
 * train.length; // 120
 * test.length; // 30
 * ```
 */
export function trainTestSplit(
  rows: number | ArrayLike<Label>,
  { testShare = 0.2, seed = 0, stratify = false, ...others }: SplitOptions = {},
): SplitRows {
  const functionName = "trainTestSplit";
  requireKnown(functionName, others, ["testShare", "seed", "stratify"]);
  const { n, classOf, sizes } = strata(functionName, rows, stratify);
  const size = testRowCount(functionName, testShare, n);
  const testRowsLeft = stratify ? apportion(sizes, size) : [size];
  const train = new Uint32Array(n - size);
  const test = new Uint32Array(size);
  let trainCount = 0;
  let testCount = 0;
  for (const row of seeded(seed, functionName).permutation(n)) {
    const k = classOf[row]!;
    if (testRowsLeft[k]! > 0) {
      testRowsLeft[k]! -= 1;
      test[testCount++] = row;
    } else {
      train[trainCount++] = row;
    }
  }
  return { train, test };
}

/** The same rows, each part in ascending order: sums over them are then the same as over rows that are read one after another. */
export const inOrder = ({ train, test }: SplitRows): SplitRows => ({
  train: train.slice().sort(),
  test: test.slice().sort(),
});

/** The number of test rows. Throws RangeError for a share that would leave a part empty. */
export function testRowCount(functionName: string, testShare: number, n: number): number {
  const count = Math.round(testShare * n);
  if (count >= 1 && count < n) return count;
  throw new InputRangeError(
    `${functionName}: testShare must leave a training row and a test row of ${n} rows, got ${show(testShare)}. Pass a share such as 0.5.`,
  );
}
