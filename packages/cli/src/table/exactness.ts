// Which columns of numbers must be read again as text, because a float64 may not hold their cells.
import { type Column, type DataTable, numberAt } from "./column.ts";

type Cells = Pick<DataTable, "rows" | "columns">;

/** Whether a column of numbers has a whole number at or beyond 2^53, where a float64 no longer holds each. */
export function holdsLarge(column: Column, rows: number): boolean {
  if (column.kind !== "number") return false;
  for (let row = 0; row < rows; row++) if (Math.abs(numberAt(column, row)) > Number.MAX_SAFE_INTEGER) return true;
  return false;
}

/** The table with the columns of another in the place of those of the same name. */
export const replaced = (table: Cells, other: Cells): Cells => ({
  rows: table.rows,
  columns: table.columns.map((column) => other.columns.find(({ name }) => name === column.name) ?? column),
});
