// Some of the rows of a table, with their targets and weights: the training rows and the validation rows.
import { InputRangeError } from "../../core/check.ts";
import { type Matrix, takeRows } from "../../core/matrix.ts";
import type { AnyMatrix } from "../../core/sparse.ts";
import { inOrder, type SplitRows, trainTestSplit } from "../../data/trainTestSplit.ts";
import type { Targets } from "./model.ts";
import { meanOne } from "./weights.ts";

/** Some rows, for a problem of their own. */
export interface RowSubset {
  readonly X: AnyMatrix;
  readonly y: Matrix;
  readonly weights: Float64Array | null;
}

/**
 * Divides rows into training rows and validation rows (`test`), with the same share of each class and in the order of the rows;
 * undefined without a share.
 *
 * @throws RangeError if a part would be empty
 */
export function splitForValidation(
  functionName: string,
  rows: number,
  { classes, numbers }: Targets,
  share: number | undefined,
  seed: number,
): SplitRows | undefined {
  if (share === undefined) return undefined;
  requireValidationShare(functionName, share, rows);
  if (classes === null) return inOrder(trainTestSplit(rows, { testShare: share, seed }));
  const labels = Array.from({ length: rows }, (_, i) =>
    numbers.data.subarray(i * numbers.columns, (i + 1) * numbers.columns).join(),
  );
  return inOrder(trainTestSplit(labels, { testShare: share, seed, stratify: true }));
}

/** @throws RangeError for a share of the rows that leaves no training row or no validation row */
export function requireValidationShare(functionName: string, share: number, rows: number): void {
  const count = Math.round(share * rows);
  if (count > 0 && count < rows) return;
  throw new InputRangeError(
    `${functionName}: stop.validation.share must leave a training row and a validation row of ${rows} rows, got ${share}. ` +
      (rows < 2 ? "Leave out stop.validation." : "Pass a share such as 0.5."),
  );
}

const IN_PARTS = "These are the training rows or the validation rows: pass another seed, or stop: {}.";

/** A copy of some rows; their weights are scaled to mean 1. */
export function subsetOf(
  functionName: string,
  X: AnyMatrix,
  { numbers }: Targets,
  weights: Float64Array | null,
  rows: Uint32Array,
): RowSubset {
  const own = weights && Float64Array.from(rows, (row) => weights[row]!);
  return { X: takeRows(X, rows), y: takeRows(numbers, rows), weights: own && meanOne(functionName, own, IN_PARTS) };
}
