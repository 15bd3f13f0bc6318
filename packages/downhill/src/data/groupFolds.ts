import { requireKnown, requireSize } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import { groupsOf } from "./groups.ts";
import { type Seed, seeded } from "./seeded.ts";
import type { SplitRows } from "./trainTestSplit.ts";

/** Options of `groupFolds`. */
export interface GroupFoldOptions {
  /** Number of folds, from 2 to the number of groups [5]. */
  readonly k?: number;
  /** Seed of the random numbers, a whole number, or a stream of `random(seed)` to draw from [0]. */
  readonly seed?: Seed;
}

/**
 * Divides rows into k folds for cross-validation, so that all rows of a group are in the same fold. Then a model is scored on
 * groups, such as customers, that its training rows do not have. Split i has fold i as its test rows.
 *
 * The largest groups come first, in random order where sizes are equal, and each goes to the fold that has the fewest rows.
 *
 * @param groups  the group of each row
 * @returns k splits of row indices
 * @throws RangeError for fewer than k groups
 *
 * @example
 * ```ts
 * import { groupFolds } from "downhill";
 *
 * const folds = groupFolds(["ann", "ann", "bob", "cid", "cid"], { k: 3 });
 * folds.map(({ test }) => test.length).toSorted(); // [1, 2, 2]
 * ```
 */
export function groupFolds(
  groups: ArrayLike<Label>,
  { k = 5, seed = 0, ...others }: GroupFoldOptions = {},
): SplitRows[] {
  const functionName = "groupFolds";
  requireKnown(functionName, others, ["k", "seed"]);
  requireSize(functionName, "k", k, 2);
  const stream = seeded(seed, functionName);
  const { groupOf, sizes, order } = groupsOf(functionName, groups, k, stream);
  const foldOf = new Uint32Array(sizes.length);
  const rowsOf = new Uint32Array(k);
  for (const group of order.sort((a, b) => sizes[b]! - sizes[a]!)) {
    const fold = rowsOf.indexOf(Math.min(...rowsOf));
    foldOf[group] = fold;
    rowsOf[fold]! += sizes[group]!;
  }
  const rows = stream.permutation(groups.length);
  return Array.from({ length: k }, (_, fold) => ({
    train: rows.filter((row) => foldOf[groupOf[row]!] !== fold),
    test: rows.filter((row) => foldOf[groupOf[row]!] === fold),
  }));
}
