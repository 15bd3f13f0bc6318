import { InputRangeError } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import { type Matrix, takeRows } from "../core/matrix.ts";
import { type SplitOptions, trainTestSplit } from "./trainTestSplit.ts";

/** Rows of X with their targets. */
export interface Part<Y> {
  readonly X: Matrix;
  readonly y: Y;
}

/** The rows to train on and the rows held out. */
export interface Split<Y> {
  readonly train: Part<Y>;
  readonly test: Part<Y>;
}

type Targets = Float64Array | Float32Array | Uint32Array | readonly Label[];

/**
 * The rows of X and y themselves, divided as `trainTestSplit` divides their indices.
 *
 * @param y  one target or label per row of X; both parts have its type
 * @throws RangeError when the lengths differ or a side would be empty
 */
export function split(X: Matrix, y: Float64Array, options?: SplitOptions): Split<Float64Array>;
export function split(X: Matrix, y: Float32Array, options?: SplitOptions): Split<Float32Array>;
export function split(X: Matrix, y: Uint32Array, options?: SplitOptions): Split<Uint32Array>;
export function split<L extends Label>(X: Matrix, y: readonly L[], options?: SplitOptions): Split<L[]>;
export function split(X: Matrix, y: Targets, options?: SplitOptions): Split<Targets> {
  if (y.length !== X.rows) {
    throw new InputRangeError(
      `split: y must have one value per row of X (${X.rows}), got ${y.length}. Remove the row or supply its target.`,
    );
  }
  const { train, test } = trainTestSplit(y, options);
  return { train: { X: takeRows(X, train), y: take(y, train) }, test: { X: takeRows(X, test), y: take(y, test) } };
}

function take(y: Targets, rows: Uint32Array): Targets {
  if (y instanceof Float64Array) return Float64Array.from(rows, (row) => y[row]!);
  if (y instanceof Float32Array) return Float32Array.from(rows, (row) => y[row]!);
  if (y instanceof Uint32Array) return rows.map((row) => y[row]!);
  return Array.from(rows, (row) => y[row]!);
}
