// The files that the worker has read.

import type { CellTable } from "downhill";
import { readTable } from "../files/readTable.ts";
import type { DataFile } from "./protocol.ts";

/** Reads files, and remembers the last one. */
export interface DataFiles {
  /** @throws RangeError with the reasons why the file has no table */
  read(file: DataFile): Promise<{ readonly table: CellTable; readonly notes: readonly string[] }>;
}

/** Makes the memory of files. */
export function dataFiles(): DataFiles {
  let latest: { readonly key: string; readonly table: CellTable; readonly notes: readonly string[] } | null = null;
  return {
    async read({ key, bytes, choices }) {
      const full = JSON.stringify([key, choices]);
      if (latest?.key === full) return latest;
      if (bytes === null) throw new RangeError(`The page must open ${choices.name} again.`);
      const reading = await readTable(bytes, choices);
      if (reading.table === null) throw new RangeError(reading.problems.join(" "));
      latest = { key: full, table: reading.table, notes: reading.notes };
      return latest;
    },
  };
}
