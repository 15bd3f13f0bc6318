// The files that the worker has read.

import type { CellTable } from "downhill";
import type { DataFile } from "./protocol.ts";

/** Reads files, and remembers the last one. */
export interface DataFiles {
  /** @throws RangeError with the reasons why the file has no table */
  read(file: DataFile): Promise<{ readonly table: CellTable; readonly notes: readonly string[] }>;
}

/** Makes the memory of files. The code that reads them is loaded with the first one. */
export function dataFiles(): DataFiles {
  let latest: { readonly key: string; readonly table: CellTable; readonly notes: readonly string[] } | null = null;
  return {
    async read({ key, content, choices }) {
      const full = JSON.stringify([key, choices]);
      if (latest?.key === full) return latest;
      const { readTable } = await import("../files/readTable.ts");
      const bytes = await content.arrayBuffer().catch(() => null);
      if (bytes === null) throw new RangeError(`The browser can no longer read ${choices.name}. Open it again.`);
      const reading = await readTable(new Uint8Array(bytes), choices);
      if (reading.table === null) throw new RangeError(reading.problems.join(" "));
      latest = { key: full, table: reading.table, notes: reading.notes };
      return latest;
    },
  };
}
