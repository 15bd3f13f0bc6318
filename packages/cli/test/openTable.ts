// A table as the commands open it, for tests that look at its columns and cells.
import type { CellColumn } from "downhill";
import type { CellRequest } from "../src/table/cells/reader.ts";
import { withTable } from "../src/table/openTable.ts";
import { standardInput } from "./world.ts";

/** A cell as a value of its own kind; null is a missing cell. */
function cellOf(column: CellColumn, row: number): unknown {
  if (column.type === "other") return undefined;
  if (column.type === "text") return column.codes[row] === -1 ? null : column.texts[column.codes[row]!];
  const value = "values" in column ? column.values[column.start + row * column.step]! : column.milliseconds[row]!;
  if (Number.isNaN(value)) return null;
  return column.type === "boolean" ? value === 1 : value;
}

export async function openTable(command: string, data: string, texts: readonly string[] = []) {
  const argument = { data, stdin: standardInput("") };
  const readCells = (requests?: readonly CellRequest[]) =>
    withTable(command, { argument, texts }, (open) =>
      open.readCells(requests ?? open.columns.map((name) => ({ name }))),
    );
  return {
    columns: await withTable(command, { argument, texts }, async ({ columns }) => columns),
    readCells,
    locate: (row: number) => withTable(command, { argument, texts }, async (open) => open.locate(row)),
    /** The rows as lists of cells. */
    async rows(requests?: readonly CellRequest[]): Promise<unknown[][]> {
      const { rows, columns } = await readCells(requests);
      return Array.from({ length: rows }, (_, row) => [...columns.values()].map((column) => cellOf(column, row)));
    },
  };
}
