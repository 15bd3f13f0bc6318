import { InputRangeError, show } from "../../core/check.ts";
import type { Matrix } from "../../core/matrix.ts";
import { toUnitSize } from "../../core/powerOfTwo.ts";

/** Columnwise (x − shift) / scale. */
export interface Scaling {
  readonly shift: Float64Array;
  readonly scale: Float64Array;
}

const LEAST_SPAN = 9.332636185032189e-302; // 2^−1000: above it no digit of a column's numbers is lost
const LARGE = 9.7453140114e288; // 2^960
const SMALLER = 5.421010862427522e-20; // 2^−64: sums of 2^64 large numbers, made so much smaller, do not overflow

/**
 * The scaling that gives each column mean 0 and deviation 1: shift = mean, scale = √(Σ (x − mean)² / n).
 * A column of equal numbers gets that number and scale 1. Summed row by row, in order. The squares are of differences that a
 * power of two has brought to the size of 1, so columns of 1e−290 or 1e300 have as many right digits as others.
 *
 * @param nameOf  what a message calls column j ["column 3", or the column's name in quotes]
 * @throws RangeError for a column that is not constant and spans less than 1e−301 or more than float64 can hold
 */
export function standardization(X: Matrix, nameOf = (j: number): string => columnName(X, j)): Scaling {
  const { data, rows, columns } = X;
  const shift = new Float64Array(columns);
  const scale = new Float64Array(columns);
  const { low, high } = bounds(X);
  const varies = (j: number): boolean => low[j]! < high[j]!;
  for (let j = 0; j < columns; j++) if (varies(j)) requireSpan(nameOf(j), low[j]!, high[j]!);
  const smaller = low.map((least, j) => (Math.max(-least, high[j]!) > LARGE ? SMALLER : 1));
  const unit = low.map((least, j) => toUnitSize(high[j]! - least));
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, at++) shift[j]! += data[at]! * smaller[j]!;
  }
  for (let j = 0; j < columns; j++) shift[j] = varies(j) ? shift[j]! / rows / smaller[j]! : data[j]!;
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, at++) {
      const off = (data[at]! - shift[j]!) * unit[j]!;
      scale[j]! += off * off;
    }
  }
  for (let j = 0; j < columns; j++) scale[j] = varies(j) ? Math.sqrt(scale[j]! / rows) / unit[j]! : 1;
  return { shift, scale };
}

/** What a message calls a column of X. */
export const columnName = ({ names }: Matrix, j: number): string => `column ${names ? show(names[j]) : j}`;

/** The least and the largest number of each column. */
function bounds({ data, columns }: Matrix): { low: Float64Array; high: Float64Array } {
  const low = Float64Array.from(data.subarray(0, columns));
  const high = low.slice();
  for (let at = columns; at < data.length; ) {
    for (let j = 0; j < columns; j++, at++) {
      const x = data[at]!;
      if (x < low[j]!) low[j] = x;
      else if (x > high[j]!) high[j] = x;
    }
  }
  return { low, high };
}

function requireSpan(name: string, low: number, high: number): void {
  const span = high - low;
  if (span >= LEAST_SPAN && span < Infinity) return;
  const remedy = span < 1 ? "Multiply it by a constant, such as 1e200" : "Divide it by a constant, such as 10";
  throw new InputRangeError(
    `standardization: ${name} must be constant, or span at least 1e-301 and no more than float64 holds (1.8e308), ` +
      `got numbers from ${low} to ${high}. ${remedy}.`,
  );
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
    for (let j = 0; j < d; j++) sum -= W[c * d + j]! * (shift[j]! / scale[j]!); // which float64 holds where w / scale overflows
    return sum;
  });
  return { coefficients, intercepts };
}
