// Numbers that are trained on as they are have squares, and products with gradients, that their element has to hold.
import { InputRangeError } from "../../core/check.ts";
import type { Matrix } from "../../core/matrix.ts";
import { elementOf } from "../../core/vector.ts";
import { columnName } from "./scaling.ts";

const LIMITS = { float64: { least: 1e-100, most: 1e100 }, float32: { least: 1e-10, most: 1e15 } };

/** @throws RangeError for columns that are not standardized whose largest number is too large or too small for squares */
export function requireColumnSizes(functionName: string, X: Matrix): void {
  largestOf(X).forEach((largest, j) => {
    const limits = limitsBeyond(largest, X);
    if (limits === null) return;
    throw new InputRangeError(
      `${functionName}: ${columnName(X, j)} must have a largest number of a size between ${limits.least} and ${limits.most} where ` +
        `columns are not standardized, got ${largest}. Leave out standardize: false, or multiply the column by a constant.`,
    );
  });
}

/**
 * @param X  of the run, whose element the targets get
 * @throws RangeError for targets whose largest number is too large or too small for squares
 */
export function requireTargetSizes(functionName: string, targets: Matrix, X: Matrix): void {
  const largest = Math.max(...largestOf(targets));
  const limits = limitsBeyond(largest, X);
  if (limits === null) return;
  throw new InputRangeError(
    `${functionName}: targets must have a largest number of a size between ${limits.least} and ${limits.most}, since their squares ` +
      `are added up, got ${largest}. Multiply the targets by a constant, and divide the predictions by it.`,
  );
}

/** The limits of the run over X, where a number is beyond them; 0 never is. */
function limitsBeyond(largest: number, X: Matrix): { least: number; most: number } | null {
  const limits = LIMITS[elementOf(X.data)];
  return largest === 0 || (largest >= limits.least && largest <= limits.most) ? null : limits;
}

/** The largest |x| of each column. */
function largestOf({ data, columns }: Matrix): Float64Array {
  const largest = new Float64Array(columns);
  for (let at = 0; at < data.length; ) {
    for (let j = 0; j < columns; j++, at++) largest[j] = Math.max(largest[j]!, Math.abs(data[at]!));
  }
  return largest;
}
