// Limits for numbers that are not standardized: training squares them, and the element type must hold the squares.
import { allFinite, InputRangeError } from "../../core/check.ts";
import { type Matrix, requireFiniteMatrix } from "../../core/matrix.ts";
import { columnStatistics } from "../../kernels/columnStatistics.ts";
import type { FitRows } from "./fitRows.ts";
import { columnName } from "./scaling.ts";

const LIMITS = { float64: { low: 1e-100, high: 1e100 }, float32: { low: 1e-10, high: 1e15 } };

/** @throws RangeError for the first number of dense rows that is not finite: the sum of its column is not finite either */
export function requireFiniteRows(functionName: string, X: Matrix, { sizes }: FitRows): void {
  if (!allFinite(sizes().ranges!.sum)) requireFiniteMatrix(functionName, X);
}

/** @throws RangeError for a column whose largest |x| is too large or too small to be squared */
export function requireColumnSizes(functionName: string, X: FitRows): void {
  X.sizes().largest.forEach((largest, j) => {
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
 * @param X  the rows of the run; the targets get their element type
 * @throws RangeError for targets whose largest |y| is too large or too small to be squared
 */
export function requireTargetSizes(functionName: string, X: FitRows): void {
  const remedy = "Multiply the targets by a constant, and divide the predictions by it.";
  const { low, high } = columnStatistics({ columns: 1, each: (visit) => X.each(({ y }) => visit(y.data)) }).ranges();
  requireSquare(functionName, "the targets", Math.max(-low[0]!, high[0]!), X, remedy);
}

function requireSquare(functionName: string, name: string, largest: number, X: FitRows, remedy: string): void {
  const { low, high } = LIMITS[X.elementType];
  if (largest === 0 || (largest >= low && largest <= high)) return;
  throw new InputRangeError(
    `${functionName}: the largest absolute value in ${name} must be between ${low} and ${high} without standardization, ` +
      `got ${largest}. ${remedy}`,
  );
}
