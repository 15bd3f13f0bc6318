import { requireKnown, requireSize, requireWithin } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import { type Seed, seeded } from "./seeded.ts";
import { strata } from "./strata.ts";
import type { SplitRows } from "./trainTestSplit.ts";

/** Options of `kFolds`. */
export interface FoldOptions {
  /** Number of folds, from 2 to the number of rows [5]. */
  readonly k?: number;
  /** Seed of the random numbers, a whole number, or a stream of `random(seed)` to draw from [0]. */
  readonly seed?: Seed;
  /** Whether each class is divided evenly among the folds; then `rows` must be labels [false]. */
  readonly stratify?: boolean;
}

/**
 * Divides rows at random into k folds for cross-validation. Split i has fold i as its test rows and all other rows as training
 * rows, so each row is a test row once. The sizes of the folds differ by at most 1. With `stratify` the numbers of test rows
 * of each class differ by at most 1, too; a class of fewer than k rows is absent from some folds.
 *
 * @param rows  the number of rows, or their labels
 * @returns k splits of row indices
 * @throws RangeError if k is larger than the number of rows; TypeError for `stratify` without labels
 *
 * @example
 * ```ts
 * import { kFolds } from "downhill";
 *
 * const folds = kFolds(10, { k: 5, seed: 1 });
 * folds.length; // 5
 * folds[0]!.test.length; // 2
 * ```
 */
export function kFolds(
  rows: number | ArrayLike<Label>,
  { k = 5, seed = 0, stratify = false, ...others }: FoldOptions = {},
): SplitRows[] {
  const functionName = "kFolds";
  requireKnown(functionName, others, ["k", "seed", "stratify"]);
  const { n, classOf, sizes } = strata(functionName, rows, stratify);
  requireSize(functionName, "k", k, 2);
  requireWithin(functionName, "k", k, 2, n + 1);
  // Class after class, each row goes to the next fold, in a circle. So folds and classes are divided evenly.
  const next = sizes.map((_, c) => sizes.slice(0, c).reduce((total, size) => total + size, 0));
  const order = seeded(seed, functionName).permutation(n);
  const foldOf = new Uint32Array(n);
  for (const row of order) foldOf[row] = next[classOf[row]!]!++ % k;
  return Array.from({ length: k }, (_, fold) => ({
    train: order.filter((row) => foldOf[row] !== fold),
    test: order.filter((row) => foldOf[row] === fold),
  }));
}
