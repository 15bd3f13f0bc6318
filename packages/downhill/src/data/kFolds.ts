import { requireKnown, requireSize, requireWithin } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import { type Seed, seeded } from "./seeded.ts";
import { strata } from "./strata.ts";
import type { SplitRows } from "./trainTestSplit.ts";

export interface FoldOptions {
  /** Folds, from 2 to the number of rows. */
  readonly k?: number;
  readonly seed?: Seed;
  /** Spread every class evenly over the folds; needs labels. */
  readonly stratify?: boolean;
}

/**
 * k splits for cross-validation: every row is a test row exactly once, and fold sizes differ by at most 1.
 * Stratified, so does the number of test rows of each class; a class of fewer than k rows is absent from some folds.
 *
 * @param rows  how many rows there are, or their labels
 * @throws RangeError when k exceeds the rows; TypeError when stratify is asked for without labels
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
  // Rows are dealt like cards, class after class without a break: that keeps folds and classes even at once.
  const next = sizes.map((_, c) => sizes.slice(0, c).reduce((total, size) => total + size, 0));
  const order = seeded(seed, functionName).permutation(n);
  const foldOf = new Uint32Array(n);
  for (const row of order) foldOf[row] = next[classOf[row]!]!++ % k;
  return Array.from({ length: k }, (_, fold) => ({
    train: order.filter((row) => foldOf[row] !== fold),
    test: order.filter((row) => foldOf[row] === fold),
  }));
}
