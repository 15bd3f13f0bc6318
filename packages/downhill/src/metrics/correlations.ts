import { InputRangeError, requireFinite } from "../core/check.ts";
import type { Matrix } from "../core/matrix.ts";

/**
 * Pearson correlations of all pairs of columns: Σᵢ (xᵢⱼ − x̄ⱼ)(xᵢₖ − x̄ₖ) / √(Σᵢ (xᵢⱼ − x̄ⱼ)² · Σᵢ (xᵢₖ − x̄ₖ)²).
 *
 * @param X  n rows and d columns of finite numbers, n ≥ 2
 * @returns  d × d numbers from −1 to 1, symmetric, with 1 on the diagonal. NaN in the row and the column of a constant column,
 *           whose correlation is not defined.
 * @throws RangeError when there are fewer than two rows or a number is not finite
 *
 * @example
 * ```ts
 * import { correlations, matrixFromRows } from "downhill";
 *
 * const table = matrixFromRows([[1, 2, 5], [2, 4, 3], [3, 6, 1]]);
 * [...correlations(table).data]; // [1, 1, -1, 1, 1, -1, -1, -1, 1]
 * ```
 */
export function correlations({ data, rows, columns }: Matrix): Matrix {
  if (rows < 2) {
    throw new InputRangeError(`correlations: X must have at least two rows, got ${rows}. Add rows.`);
  }
  requireFinite("correlations", "X", data, columns);
  const units = unitColumns({ data, rows, columns });
  const result = new Float64Array(columns * columns);
  for (let j = 0; j < columns; j++) {
    for (let k = 0; k <= j; k++) {
      let sum = 0;
      for (let i = 0; i < rows; i++) sum += units[j * rows + i]! * units[k * rows + i]!;
      const value = j === k && sum > 0 ? 1 : Math.max(-1, Math.min(1, sum)); // NaN stays NaN
      result[j * columns + k] = value;
      result[k * columns + j] = value;
    }
  }
  return { data: result, rows: columns, columns };
}

/** The columns one after the other, centred and of length 1; NaN where a column is constant. */
function unitColumns({ data, rows, columns }: Matrix): Float64Array {
  const units = new Float64Array(rows * columns);
  for (let j = 0; j < columns; j++) {
    const column = units.subarray(j * rows, (j + 1) * rows);
    let largest = 0;
    for (let i = 0; i < rows; i++) largest = Math.max(largest, Math.abs(data[i * columns + j]!));
    let mean = 0;
    for (let i = 0; i < rows; i++) {
      column[i] = largest > 0 ? data[i * columns + j]! / largest : 0; // squares then neither overflow nor vanish
      mean += column[i]! / rows;
    }
    let squares = 0;
    const constant = column.every((value) => value === column[0]);
    for (let i = 0; i < rows; i++) {
      column[i] = column[i]! - mean;
      squares += column[i]! * column[i]!;
    }
    const length = Math.sqrt(squares);
    for (let i = 0; i < rows; i++) column[i] = constant ? Number.NaN : column[i]! / length;
  }
  return units;
}
