// Pearson correlations, for `correlationMap`.

import { fail, requireFinite, requireLength, requireSome } from "./check.ts";

/**
 * Pearson correlations of all pairs of columns: Σᵢ (xᵢⱼ − x̄ⱼ)(xᵢₖ − x̄ₖ) / √(Σᵢ (xᵢⱼ − x̄ⱼ)² · Σᵢ (xᵢₖ − x̄ₖ)²).
 *
 * @param columns  d columns of the same length, at least two finite numbers each
 * @returns  d · d numbers from −1 to 1, row by row, symmetric, with 1 on the diagonal. NaN in the row and the column of a
 *           constant column, whose correlation is not defined.
 * @throws RangeError when there is no column, the lengths differ, a column has less than two numbers, or one is not finite
 *
 * @example
 * ```ts
 * import { correlations } from "@downhill/plots";
 *
 * [...correlations([[1, 2, 3], [2, 4, 6], [5, 3, 1]])]; // [1, 1, -1, 1, 1, -1, -1, -1, 1]
 * ```
 */
export function correlations(columns: readonly ArrayLike<number>[]): Float64Array {
  requireSome("correlations", { columns });
  const rows = columns[0]!.length;
  for (const [j, column] of columns.entries()) {
    requireFinite("correlations", { [`columns[${j}]`]: column });
    requireLength("correlations", { [`columns[${j}]`]: column }, { "columns[0]": rows });
  }
  if (rows < 2) fail("correlations", `columns must have at least two numbers each, got ${rows}. Supply more rows.`);
  const units = columns.map(unitColumn);
  const count = columns.length;
  const result = new Float64Array(count * count);
  for (let j = 0; j < count; j++) {
    for (let k = 0; k <= j; k++) {
      let sum = 0;
      for (let i = 0; i < rows; i++) sum += units[j]![i]! * units[k]![i]!;
      const value = j === k && sum > 0 ? 1 : Math.max(-1, Math.min(1, sum)); // NaN stays NaN
      result[j * count + k] = value;
      result[k * count + j] = value;
    }
  }
  return result;
}

/** The column minus its mean, with length 1; NaN if the column is constant. */
function unitColumn(values: ArrayLike<number>): Float64Array {
  const column = Float64Array.from(values);
  if (column.every((value) => value === column[0])) return column.fill(Number.NaN);
  const largest = column.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scaled = column.map((value) => value / largest); // so that squares neither overflow nor vanish
  const mean = scaled.reduce((sum, value) => sum + value / scaled.length, 0);
  const centred = scaled.map((value) => value - mean);
  const length = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0));
  return centred.map((value) => value / length);
}
