// The folds of a cross-validation.
import { InputRangeError, requireLength, requireSize } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import { groupFolds } from "../data/groupFolds.ts";
import { kFolds } from "../data/kFolds.ts";
import { timeFolds } from "../data/timeFolds.ts";
import type { SplitRows } from "../data/trainTestSplit.ts";
import type { Candidate } from "./candidate.ts";

/** How rows are divided into folds. */
export interface FoldRules {
  /** Number of folds [5]. */
  readonly folds?: number;
  /** Seed of the random numbers, a whole number [0]. */
  readonly seed?: number;
  /** Whether each class is divided evenly among the folds [true for classes, without groups or times]. */
  readonly stratify?: boolean;
  /** The group of each row: rows of a group are in the same fold, as in `groupFolds` [none, or the column of the groups]. */
  readonly groups?: ArrayLike<Label>;
  /** The time of each row: a model is scored on rows that are later than its training rows, as in `timeFolds` [none]. */
  readonly times?: ArrayLike<number | Date>;
}

/** The names of these options. */
export const foldRuleNames = ["folds", "seed", "stratify", "groups", "times"];

/** @throws RangeError for rules that do not fit together or to the rows */
export function foldsOf(functionName: string, candidate: Candidate<unknown>, rules: FoldRules): SplitRows[] {
  const { folds = 5, seed = 0, stratify } = rules;
  const groups = (rules.groups && usedRows(functionName, "groups", candidate, rules.groups)) ?? candidate.groups;
  const times = rules.times && usedRows(functionName, "times", candidate, rules.times);
  requireSize(functionName, "folds", folds, rules.times === undefined ? 2 : 1);
  if ((groups !== null && times !== undefined) || (stratify && (groups !== null || times !== undefined))) {
    throw new InputRangeError(
      `${functionName}: only one of groups, times and stratify can divide the rows. Leave out the others.`,
    );
  }
  const [largest, parts] =
    times !== undefined
      ? [new Set(Array.from(times, Number)).size - 1, "different times minus 1"]
      : groups !== null
        ? [new Set(Array.from(groups)).size, "groups"]
        : [candidate.rows, "rows"];
  if (folds > largest) {
    throw new InputRangeError(
      `${functionName}: folds must be at most ${largest}, the number of ${parts}, got ${folds}. Use fewer folds or more rows.`,
    );
  }
  const splits = splitsOf(candidate, { times, stratify, folds, seed, groups });
  for (const [fold, { train }] of splits.entries()) requireTwoClasses(functionName, candidate, train, fold);
  return splits;
}

/** The entries of the rows that are used, from a list with one entry per row of the user. */
function usedRows<T>(
  functionName: string,
  name: string,
  { rows, original, dataRows }: Candidate<unknown>,
  list: ArrayLike<T>,
): ArrayLike<T> {
  requireLength(functionName, name, list, "row", dataRows);
  return original === null ? list : Array.from({ length: rows }, (_, row) => list[original[row]!]!);
}

function splitsOf(
  { rows, labels }: Candidate<unknown>,
  {
    folds,
    seed,
    groups,
    times,
    stratify,
  }: Pick<FoldRules, "times" | "stratify"> & { folds: number; seed: number; groups: ArrayLike<Label> | null },
): SplitRows[] {
  if (times !== undefined) return timeFolds(times, { k: folds });
  if (groups !== null) return groupFolds(groups, { k: folds, seed });
  if (labels === null || stratify === false) return kFolds(rows, { k: folds, seed });
  return kFolds(labels, { k: folds, seed, stratify: true });
}

/** @throws RangeError if the training rows of a fold have one class only, so that no classifier can be fitted */
function requireTwoClasses(
  functionName: string,
  { labels }: Candidate<unknown>,
  train: Uint32Array,
  fold: number,
): void {
  if (labels === null) return;
  const classes = new Set(Array.from(train, (row) => labels[row]));
  if (classes.size > 1) return;
  throw new InputRangeError(
    `${functionName}: the training rows of each fold must have at least two classes, got ${classes.size} in fold ${fold + 1}. ` +
      "Pass fewer folds, or rows with more classes.",
  );
}
