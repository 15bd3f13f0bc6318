// Limits for numbers that are not standardized: training squares them, and the element type must hold the squares.
import { InputRangeError } from "../../core/check.ts";
import type { Matrix } from "../../core/matrix.ts";
import { type AnyMatrix, elementTypeOfMatrix, isSparse } from "../../core/sparse.ts";
import { columnName } from "./scaling.ts";

const LIMITS = { float64: { low: 1e-100, high: 1e100 }, float32: { low: 1e-10, high: 1e15 } };

/** @throws RangeError for a column whose largest |x| is too large or too small to be squared */
export function requireColumnSizes(functionName: string, X: AnyMatrix): void {
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
export function requireTargetSizes(functionName: string, targets: Matrix, X: AnyMatrix): void {
  const remedy = "Multiply the targets by a constant, and divide the predictions by it.";
  requireSquare(functionName, "the targets", Math.max(...largestOf(targets)), X, remedy);
}

function requireSquare(functionName: string, name: string, largest: number, X: AnyMatrix, remedy: string): void {
  const { low, high } = LIMITS[elementTypeOfMatrix(X)];
  if (largest === 0 || (largest >= low && largest <= high)) return;
  throw new InputRangeError(
    `${functionName}: the largest absolute value in ${name} must be between ${low} and ${high} without standardization, ` +
      `got ${largest}. ${remedy}`,
  );
}

/** The largest |x| of each column. */
function largestOf(X: AnyMatrix): Float64Array {
  const { columns } = X;
  const largest = new Float64Array(columns);
  if (isSparse(X)) {
    X.indices.forEach((j, e) => {
      largest[j] = Math.max(largest[j]!, Math.abs(X.values[e]!));
    });
    return largest;
  }
  const { data } = X;
  for (let at = 0; at < data.length; ) {
    for (let j = 0; j < columns; j++, at++) {
      const size = Math.abs(data[at]!);
      if (size > largest[j]!) largest[j] = size;
    }
  }
  return largest;
}
