// Limits for numbers that are not standardized: training squares them, and the element type must hold the squares.
import { InputRangeError } from "../../core/check.ts";
import { type AnyMatrix, isSparse, type SparseMatrix } from "../../core/sparse.ts";
import { columnStatistics } from "../../kernels/columnStatistics.ts";
import type { FitRows } from "./fitRows.ts";
import type { RowSubset } from "./rowSubsets.ts";
import { columnName } from "./scaling.ts";

const LIMITS = { float64: { low: 1e-100, high: 1e100 }, float32: { low: 1e-10, high: 1e15 } };

/** @throws RangeError for a column whose largest |x| is too large or too small to be squared */
export function requireColumnSizes(functionName: string, X: FitRows): void {
  largestOf(X, ({ X }) => X, X.columns).forEach((largest, j) => {
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
  requireSquare(functionName, "the targets", largestOf(X, ({ y }) => y, 1)[0]!, X, remedy);
}

function requireSquare(functionName: string, name: string, largest: number, X: FitRows, remedy: string): void {
  const { low, high } = LIMITS[X.elementType];
  if (largest === 0 || (largest >= low && largest <= high)) return;
  throw new InputRangeError(
    `${functionName}: the largest absolute value in ${name} must be between ${low} and ${high} without standardization, ` +
      `got ${largest}. ${remedy}`,
  );
}

/** The largest |x| of each column of a part of the rows. */
function largestOf(rows: FitRows, partOf: (part: RowSubset) => AnyMatrix, columns: number): Float64Array {
  const sparseLargest = new Float64Array(columns);
  const statistics = columnStatistics({
    columns,
    elementType: "float64",
    each: (visit) =>
      rows.each((part) => {
        const X = partOf(part);
        if (isSparse(X)) enlarge(sparseLargest, X);
        else visit(X.data);
      }),
  });
  const { low, high } = statistics.ranges();
  return sparseLargest.map((largest, j) => Math.max(largest, -low[j]!, high[j]!));
}

/** Each number becomes the largest |x| of its column, if that is larger. */
function enlarge(largest: Float64Array, { indices, values }: SparseMatrix): void {
  for (let e = 0; e < values.length; e++) {
    const size = Math.abs(values[e]!);
    if (size > largest[indices[e]!]!) largest[indices[e]!] = size;
  }
}
