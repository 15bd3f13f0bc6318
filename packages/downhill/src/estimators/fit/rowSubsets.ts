// Rows with their targets and weights, and the part of them that is held out.
import type { Label } from "../../core/label.ts";
import { type Matrix, takeRows } from "../../core/matrix.ts";
import { trainTestSplit } from "../../data/trainTestSplit.ts";
import type { Scaling } from "./scaling.ts";
import { meanOne } from "./weights.ts";

/** Targets as a loss wants them: one row per example. */
export interface Targets {
  readonly numbers: Matrix;
  readonly classes: readonly Label[] | null;
  readonly scaling: Scaling | null;
  /** One per row from class weights, or null. */
  readonly weights: Float64Array | null;
}

/** Some of the rows, for a problem of their own. */
export interface Part {
  readonly X: Matrix;
  readonly y: Matrix;
  readonly weights: Float64Array | null;
}

/** The rows to train on and those to watch, when a share is to be held out; classes keep their shares. */
export function cut(rows: number, { classes, numbers }: Targets, share: number | undefined, seed: number) {
  if (share === undefined) return undefined;
  if (classes === null) return trainTestSplit(rows, { testShare: share, seed });
  const labels = Array.from({ length: rows }, (_, i) =>
    numbers.data.subarray(i * numbers.columns, (i + 1) * numbers.columns).join(),
  );
  return trainTestSplit(labels, { testShare: share, seed, stratify: true });
}

/** The given rows; their weights are of mean 1 again. */
export function rowsOf(
  functionName: string,
  X: Matrix,
  { numbers }: Targets,
  weights: Float64Array | null,
  rows: Uint32Array,
): Part {
  const own = weights && Float64Array.from(rows, (row) => weights[row]!);
  return { X: takeRows(X, rows), y: takeRows(numbers, rows), weights: own && meanOne(functionName, own) };
}
