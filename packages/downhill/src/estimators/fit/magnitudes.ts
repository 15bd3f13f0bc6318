// Limits for numbers that are not standardized: training squares them, and the element type must hold the squares.
import { InputRangeError } from "../../core/check.ts";
import type { Matrix } from "../../core/matrix.ts";
import { elementTypeOf } from "../../core/vector.ts";
import { columnName } from "./scaling.ts";

const LIMITS = { float64: { low: 1e-100, high: 1e100 }, float32: { low: 1e-10, high: 1e15 } };

/** @throws RangeError for a column whose largest |x| is too large or too small to be squared */
export function requireColumnSizes(functionName: string, X: Matrix): void {
  largestOf(X).forEach((largest, j) => {
    requireSquare(
      functionName,
      columnName(X, j),
      largest,
      X,
      "Leave out standardize: false, or multiply the column by a constant.",
    );
  });
}

/**
 * @param X  the table of the run; the targets get its element type
 * @throws RangeError for targets whose largest |y| is too large or too small to be squared
 */
export function requireTargetSizes(functionName: string, targets: Matrix, X: Matrix): void {
  const remedy = "Multiply the targets by a constant, and divide the predictions by it.";
  requireSquare(functionName, "the targets", Math.max(...largestOf(targets)), X, remedy);
}

function requireSquare(functionName: string, name: string, largest: number, X: Matrix, remedy: string): void {
  const { low, high } = LIMITS[elementTypeOf(X.data)];
  if (largest === 0 || (largest >= low && largest <= high)) return;
  throw new InputRangeError(
    `${functionName}: the largest absolute value in ${name} must be between ${low} and ${high} without standardization, ` +
      `got ${largest}. ${remedy}`,
  );
}

/** The largest |x| of each column. */
function largestOf({ data, columns }: Matrix): Float64Array {
  const largest = new Float64Array(columns);
  for (let at = 0; at < data.length; ) {
    for (let j = 0; j < columns; j++, at++) {
      const size = Math.abs(data[at]!);
      if (size > largest[j]!) largest[j] = size;
    }
  }
  return largest;
}
