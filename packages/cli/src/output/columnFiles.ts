// Files of columns: the formats by the ending of the name.
import { extname } from "node:path";
import { UsageError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { type Columns, separated, toJson } from "../table/writeTable.ts";

/** Makes the text of columns, in pieces. */
export type ColumnWriter = (columns: Columns) => Iterable<string>;

const writers: Readonly<Record<string, ColumnWriter>> = {
  ".csv": (columns) => separated(columns, ","),
  ".tsv": (columns) => separated(columns, "\t"),
  ".json": toJson,
};

/**
 * The writer for a file; CSV without a file.
 *
 * @throws UsageError for another ending
 */
export function writerFor(command: string, out: string | undefined): ColumnWriter {
  const write = writers[out === undefined ? ".csv" : extname(out).toLowerCase()];
  if (write !== undefined) return write;
  throw new UsageError(
    `${command}: --out must end in .csv, .tsv or .json, got ${show(out)}. Use one of these endings.`,
  );
}
