import { InputTypeError, requireLength, show } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import { type Matrix, takeRows } from "../core/matrix.ts";
import type { AnyMatrix } from "../core/sparse.ts";
import { inOrder, type SplitOptions, trainTestSplit } from "./trainTestSplit.ts";

/** Rows of X with their targets. */
export interface RowsWithTargets<Y, M extends AnyMatrix = Matrix> {
  /** The rows. */
  readonly X: M;
  /** One target per row. */
  readonly y: Y;
}

/** Training rows and test rows. */
export interface Split<Y, M extends AnyMatrix = Matrix> {
  /** The rows to fit a model to. */
  readonly train: RowsWithTargets<Y, M>;
  /** The rows to score it on. */
  readonly test: RowsWithTargets<Y, M>;
}

type Targets = Float64Array | Float32Array | Uint32Array | readonly Label[];

/**
 * Divides X and y at random into training rows and test rows, with the indices of `trainTestSplit`. Each part has its rows in the order of X.
 *
 * @param X  a dense or sparse matrix; `matrixFromRows` makes a dense one of arrays
 * @param y  one target or label per row of X; both parts have its type
 * @throws TypeError if X is no matrix or has no rows; RangeError if the lengths differ or a part would be empty
 *
 * @example
 * ```ts
 * import { moons, split } from "downhill";
 *
 * const { X, y } = moons({ n: 100, seed: 1 });
 * const { train, test } = split(X, y, { testShare: 0.25, seed: 1, stratify: true });
 * train.X.rows; // 75
 * test.y.length; // 25
 * ```
 */
export function split<M extends AnyMatrix>(X: M, y: Float64Array, options?: SplitOptions): Split<Float64Array, M>;
export function split<M extends AnyMatrix>(X: M, y: Float32Array, options?: SplitOptions): Split<Float32Array, M>;
export function split<M extends AnyMatrix>(X: M, y: Uint32Array, options?: SplitOptions): Split<Uint32Array, M>;
export function split<L extends Label, M extends AnyMatrix>(
  X: M,
  y: readonly L[],
  options?: SplitOptions,
): Split<L[], M>;
export function split(X: AnyMatrix, y: Targets, options?: SplitOptions): Split<Targets, AnyMatrix> {
  if (!X?.rows) throw new InputTypeError(`split: X must be a Matrix, got ${show(X)}. Pass matrixFromRows(X).`);
  requireLength("split", "y", y, "row of X", X.rows);
  const { train, test } = inOrder(trainTestSplit(y, options));
  return { train: { X: takeRows(X, train), y: take(y, train) }, test: { X: takeRows(X, test), y: take(y, test) } };
}

function take(y: Targets, rows: Uint32Array): Targets {
  if (y instanceof Float64Array) return Float64Array.from(rows, (row) => y[row]!);
  if (y instanceof Float32Array) return Float32Array.from(rows, (row) => y[row]!);
  if (y instanceof Uint32Array) return rows.map((row) => y[row]!);
  return Array.from(rows, (row) => y[row]!);
}
