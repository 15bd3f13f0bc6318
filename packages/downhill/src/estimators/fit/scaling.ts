import { InputRangeError, show } from "../../core/check.ts";
import type { Matrix } from "../../core/matrix.ts";
import { toUnitSize } from "../../core/powerOfTwo.ts";
import { type ColumnParts, type ColumnRanges, columnParts, columnStatistics } from "../../kernels/columnStatistics.ts";

/** A scaling of columns: (x − shift) / scale, with one shift and one scale per column. */
export interface Scaling {
  /** The number that is subtracted from each column. */
  readonly shift: Float64Array;
  /** The number that each column is then divided by. */
  readonly scale: Float64Array;
}

/** Rows that can be standardized. */
interface ScalableRows extends ColumnParts, Pick<Matrix, "rows" | "names" | "unscaled"> {}

const LOWEST_RANGE = 9.332636185032189e-302; // 2^−1000: above it no digit is lost
const LARGE = 9.7453140114e288; // 2^960
const SMALLER = 5.421010862427522e-20; // 2^−64: with this factor sums of 2^64 large numbers do not overflow

/**
 * The scaling that gives each column mean 0 and standard deviation 1: shift = mean, scale = √(Σ (x − mean)² / n). For a column
 * of equal numbers shift is this number and scale is 1; the scale of the columns `X.unscaled` is 1 too. Sums are taken in the order of the rows. Differences are scaled to
 * about 1 by a power of two before they are squared, so columns of 1e−290 or 1e300 are as accurate as others.
 *
 * @param functionName  the public function, for errors
 * @param nameOf  the name of column j in messages
 * @param ranges  the ranges of the columns, if they are known
 * @throws RangeError for a column that is not constant and whose range is below 1e−301 or above 1.8e308
 */
export const standardization = (
  X: Matrix,
  functionName?: string,
  nameOf?: (j: number) => string,
  ranges?: ColumnRanges,
): Scaling => standardizationOf({ ...X, ...columnParts(X) }, functionName, nameOf, ranges);

/** The same for rows that come in parts. */
export function standardizationOf(
  X: ScalableRows,
  functionName = "fit",
  nameOf = (j: number): string => columnName(X, j),
  ranges?: ColumnRanges,
): Scaling {
  const { rows, columns } = X;
  const statistics = columnStatistics(X);
  const { low, high, sum } = ranges ?? statistics.ranges();
  const varies = (j: number): boolean => low[j]! < high[j]!;
  for (let j = 0; j < columns; j++) if (varies(j)) requireRange(functionName, nameOf(j), low[j]!, high[j]!);
  const shift = sum.map((total, j) => {
    if (!varies(j)) return low[j]!;
    if (Math.max(-low[j]!, high[j]!) <= LARGE) return total / rows;
    let smaller = 0;
    X.each((part) => {
      for (let at = j; at < part.length; at += columns) smaller += part[at]! * SMALLER;
    });
    return smaller / rows / SMALLER;
  });
  const unit = low.map((lowest, j) => toUnitSize(high[j]! - lowest));
  const scale = statistics
    .deviations(shift, unit)
    .map((total, j) => (varies(j) && !X.unscaled?.[j] ? Math.sqrt(total / rows) / unit[j]! : 1));
  return { shift, scale };
}

/** The name of a column of X in messages. */
export const columnName = ({ names }: Pick<Matrix, "names">, j: number): string =>
  `column ${names ? show(names[j]) : j}`;

export function requireRange(functionName: string, name: string, low: number, high: number): void {
  const range = high - low;
  if (range >= LOWEST_RANGE && range < Infinity) return;
  const remedy = range < 1 ? "Multiply it by a constant, such as 1e200" : "Divide it by a constant, such as 10";
  throw new InputRangeError(
    `${functionName}: the numbers in ${name} must be equal or have a range between 1e-301 and 1.8e308, ` +
      `got numbers from ${low} to ${high}. ${remedy}.`,
  );
}

/** Converts coefficients (k × d) and intercepts (k) of scaled columns to the units of the unscaled columns. */
export function unscaled(
  W: Float64Array,
  b: Float64Array,
  { shift, scale }: Scaling,
): { coefficients: Float64Array; intercepts: Float64Array } {
  const d = shift.length;
  const coefficients = W.map((w, at) => w / scale[at % d]!);
  const intercepts = b.map((intercept, c) => {
    let sum = intercept;
    for (let j = 0; j < d; j++) sum -= W[c * d + j]! * (shift[j]! / scale[j]!); // finite also if w / scale overflows
    return sum;
  });
  return { coefficients, intercepts };
}
