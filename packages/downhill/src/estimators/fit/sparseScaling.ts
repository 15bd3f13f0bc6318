import { toUnitSize } from "../../core/powerOfTwo.ts";
import type { SparseMatrix } from "../../core/sparse.ts";
import { columnName, requireRange, type Scaling } from "./scaling.ts";

/**
 * The scaling of sparse columns: each is divided by the root mean square of its numbers that are not 0, and no mean is subtracted,
 * because most zeros would then become other numbers. The scale is 1 for a column of zeros, and for one of 0 and 1.
 *
 * @throws RangeError for a column whose largest number is below 1e−301
 */
export function sparseScaling(X: SparseMatrix, functionName: string): Scaling {
  const { indices, values, columns } = X;
  const largest = new Float64Array(columns);
  const counts = new Float64Array(columns);
  for (let e = 0; e < values.length; e++) {
    if (values[e] === 0) continue;
    const j = indices[e]!;
    largest[j] = Math.max(largest[j]!, Math.abs(values[e]!));
    counts[j]!++;
  }
  largest.forEach((size, j) => {
    if (size > 0) requireRange(functionName, columnName(X, j), 0, size);
  });
  const unit = largest.map(toUnitSize);
  const scale = new Float64Array(columns);
  for (let e = 0; e < values.length; e++) {
    const j = indices[e]!;
    const x = values[e]! * unit[j]!;
    scale[j]! += x * x;
  }
  for (let j = 0; j < columns; j++) scale[j] = counts[j]! > 0 ? Math.sqrt(scale[j]! / counts[j]!) / unit[j]! : 1;
  return { shift: new Float64Array(columns), scale };
}
