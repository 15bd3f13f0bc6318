// Columns of numbers that must be read again as text, because a float64 cannot represent all their cells.
import type { Column, DataTable } from "./column.ts";

type Cells = Pick<DataTable, "rows" | "columns">;

/** Whether a column has a number beyond ±2^53. There, a float64 cannot represent every whole number. */
export const holdsLarge = (column: Column): boolean =>
  column.kind === "number" && Math.max(-column.spread.smallest, column.spread.largest) > Number.MAX_SAFE_INTEGER;

/** A table whose columns are replaced by the columns of the same name in another table. */
export const withColumns = (table: Cells, other: Cells): Cells => ({
  rows: table.rows,
  columns: table.columns.map((column) => other.columns.find(({ name }) => name === column.name) ?? column),
});
