// The cells of DATA for a saved model, in temporary data.
import type { CellParts } from "downhill";
import { checkTexts } from "../table/cells/readCells.ts";
import type { CellRequest } from "../table/cells/reader.ts";
import { type DataArgument, sourceOf } from "../table/files/source.ts";
import type { OpenTable } from "../table/openTable.ts";
import { cellFiles } from "./cellFile.ts";
import { cellPartsOf } from "./cellParts.ts";
import { spillFile } from "./spillFile.ts";
import type { TextRows } from "./textRows.ts";

/** Whether DuckDB reads DATA with little memory. A query gets all of it, because some queries need more. */
export const isStreamed = (command: string, data: DataArgument): boolean => sourceOf(command, data).kind !== "query";

/** Reads cells into temporary data, for `work`. */
export async function withCells<T>(
  command: string,
  open: OpenTable,
  { requests, written = [] }: { readonly requests: readonly CellRequest[]; readonly written?: readonly string[] },
  work: (cells: CellParts, written: () => ReturnType<TextRows["reader"]>) => Promise<T>,
): Promise<T> {
  const files = cellFiles({
    command,
    newFile: () => spillFile(command),
    checkTexts: (name, { own }) => checkTexts(command, name, own),
    written,
  });
  try {
    const read = await open.readColumns(requests, files.reading);
    open.release();
    return await work(cellPartsOf(read), () => files.written().reader());
  } finally {
    files.close();
  }
}
