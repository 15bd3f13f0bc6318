import { requireKnown } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import { groupsOf } from "./groups.ts";
import { type Seed, seeded } from "./seeded.ts";
import { type SplitRows, testRowCount } from "./trainTestSplit.ts";

/** Options of `groupSplit`. */
export interface GroupSplitOptions {
  /** Share of the rows that become test rows, above 0 and below 1 [0.2]. */
  readonly testShare?: number;
  /** Seed of the random numbers, a whole number, or a stream of `random(seed)` to draw from [0]. */
  readonly seed?: Seed;
}

/**
 * Divides rows into training rows and test rows, so that all rows of a group are in the same part. Groups become test groups in
 * random order, each if the number of test rows is then closer to testShare · n.
 *
 * @param groups  the group of each row
 * @throws RangeError for fewer than two groups, or a share that leaves a part empty
 *
 * @example
 * ```ts
 * import { groupSplit } from "downhill";
 *
 * const { train, test } = groupSplit(["ann", "ann", "bob", "bob"], { testShare: 0.5 });
 * train.length; // 2
 * test.length; // 2
 * ```
 */
export function groupSplit(
  groups: ArrayLike<Label>,
  { testShare = 0.2, seed = 0, ...others }: GroupSplitOptions = {},
): SplitRows {
  const functionName = "groupSplit";
  requireKnown(functionName, others, ["testShare", "seed"]);
  const stream = seeded(seed, functionName);
  const { groupOf, sizes, order } = groupsOf(functionName, groups, 2, stream);
  const target = testRowCount(functionName, testShare, groups.length);
  const isTest = new Uint8Array(sizes.length);
  let count = 0;
  for (const group of order) {
    const left = target - count;
    if (left < 1 || Math.abs(left - sizes[group]!) >= left) continue;
    isTest[group] = 1;
    count += sizes[group]!;
  }
  // Every group is larger than twice the target, or all of them are test groups: the smallest one is moved.
  const smallest = sizes.indexOf(Math.min(...sizes));
  if (count === 0) isTest[smallest] = 1;
  if (count === groups.length) isTest[smallest] = 0;
  const rows = stream.permutation(groups.length);
  return {
    train: rows.filter((row) => isTest[groupOf[row]!] === 0),
    test: rows.filter((row) => isTest[groupOf[row]!] === 1),
  };
}
