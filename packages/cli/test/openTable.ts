// A table as the commands open it, for tests that look at its columns and cells.
import type { CellRequest, ColumnRequest } from "../src/table/cells/reader.ts";
import { withTable } from "../src/table/openTable.ts";
import { standardInput } from "./world.ts";

export async function openTable(command: string, data: string, texts: readonly string[] = []) {
  const argument = { data, stdin: standardInput("") };
  return {
    columns: await withTable(command, { argument, texts }, async ({ columns }) => columns),
    read: (requests: readonly ColumnRequest[]) =>
      withTable(command, { argument, texts }, (open) => open.read(requests)),
    readCells: (requests?: readonly CellRequest[]) =>
      withTable(command, { argument, texts }, (open) =>
        open.readCells(requests ?? open.columns.map((name) => ({ name }))),
      ),
  };
}
