// The table of a file that the user brings: from bytes to columns of cells, with notes, or with the reasons why there is none.
import type { CellTable } from "downhill";
import { contentsOf } from "./contents.ts";
import { decodeText } from "./decodeText.ts";
import { readCsv } from "./readCsv.ts";

/** How a file is read. What is missing is decided by the content. */
export interface ReadingChoices {
  /** The name of the file, for messages. */
  readonly name: string;
  readonly delimiter?: string;
  /** A name of the WHATWG standard, such as "windows-1252". */
  readonly encoding?: string;
  /** Whether the first line has the names of the columns [true]. */
  readonly header?: boolean;
}

/** A table, how it was read, and sentences about decisions that the user may want to change. */
export interface ReadTable {
  readonly table: CellTable;
  readonly delimiter: string | null;
  readonly encoding: string | null;
  readonly notes: readonly string[];
  /** The number of the line in the file (from 1) where a row (from 0) begins; null for a file without lines. */
  readonly lines: Uint32Array | null;
}

/** A table, or sentences about what is wrong, each with an advice. */
export type Reading = ReadTable | { readonly table: null; readonly problems: readonly string[] };

/** Reads a CSV or Parquet file. The content decides which it is. */
export async function readTable(bytes: Uint8Array, choices: ReadingChoices): Promise<Reading> {
  const contents = contentsOf(bytes);
  if (contents !== null && contents.kind === "other") {
    return { table: null, problems: [`${choices.name} is ${contents.name}. ${contents.advice}`] };
  }
  if (contents !== null) {
    const { readParquet } = await import("./readParquet.ts");
    return readParquet(bytes, choices);
  }
  const decoded = decodeText(bytes, choices);
  return "problem" in decoded ? { table: null, problems: [decoded.problem] } : readCsv(decoded, choices);
}
