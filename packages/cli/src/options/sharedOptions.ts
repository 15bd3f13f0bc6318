// Options that several commands have.
import { oneOf } from "./option.ts";

/** The option of every command that reads DATA. */
export const format = oneOf("<kind>", "format of standard input, if DATA is - (default: csv)", [
  "csv",
  "tsv",
  "json",
  "parquet",
] as const);
