import { InputRangeError } from "../core/check.ts";
import type { Matrix } from "../core/matrix.ts";
import type { Vector } from "../core/vector.ts";

/** Columnwise (x − shift) / scale. */
export interface Scaling {
  readonly shift: Float64Array;
  readonly scale: Float64Array;
}

/**
 * The scaling that gives each column mean 0 and deviation 1: shift = mean, scale = √(Σ (x − mean)² / n).
 * A column of equal numbers gets that number and scale 1. Summed row by row, in order.
 *
 * @throws RangeError for a column whose deviation is not a number above 0 that a float64 can hold
 */
export function standardization({ data, rows, columns }: Matrix): Scaling {
  const shift = new Float64Array(columns);
  const scale = new Float64Array(columns);
  const varies = Uint8Array.from(shift, (_, j) => (variesIn(data, j, columns) ? 1 : 0));
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, at++) shift[j]! += data[at]!;
  }
  for (let j = 0; j < columns; j++) shift[j] = varies[j] ? shift[j]! / rows : data[j]!;
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, at++) {
      const off = data[at]! - shift[j]!;
      scale[j]! += off * off;
    }
  }
  for (let j = 0; j < columns; j++) {
    scale[j] = varies[j] ? Math.sqrt(scale[j]! / rows) : 1;
    if (scale[j]! > 0 && scale[j]! < Infinity) continue;
    throw new InputRangeError(
      `standardization: column ${j} must have a deviation between 1e-162 and 1e154, got ${scale[j]}. Rescale it.`,
    );
  }
  return { shift, scale };
}

/** Whether column j of some rows, one after the other, has different numbers. */
function variesIn(data: Vector, j: number, columns: number): boolean {
  for (let at = j + columns; at < data.length; at += columns) if (data[at] !== data[j]) return true;
  return false;
}

/** Coefficients (k × d) and intercepts (k) of scaled columns, in the units of the unscaled ones. */
export function unscaled(
  W: Float64Array,
  b: Float64Array,
  { shift, scale }: Scaling,
): { coefficients: Float64Array; intercepts: Float64Array } {
  const d = shift.length;
  const coefficients = W.map((w, at) => w / scale[at % d]!);
  const intercepts = b.map((intercept, c) => {
    let sum = intercept;
    for (let j = 0; j < d; j++) sum -= coefficients[c * d + j]! * shift[j]!;
    return sum;
  });
  return { coefficients, intercepts };
}
