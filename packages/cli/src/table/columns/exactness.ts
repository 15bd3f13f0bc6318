// Which columns of numbers must be read again as text, because a float64 may not hold their cells.
import type { Column, DataTable } from "./column.ts";

type Cells = Pick<DataTable, "rows" | "columns">;

/** Whether a column of numbers has one beyond 2^53, where a float64 no longer holds each whole number. */
export const holdsLarge = (column: Column): boolean =>
  column.kind === "number" && Math.max(-column.spread.smallest, column.spread.largest) > Number.MAX_SAFE_INTEGER;

/** The table with the columns of another in the place of those of the same name. */
export const replaced = (table: Cells, other: Cells): Cells => ({
  rows: table.rows,
  columns: table.columns.map((column) => other.columns.find(({ name }) => name === column.name) ?? column),
});
