// Options that several commands have.
import { oneOf } from "./option.ts";

/** Of every command that reads DATA. */
export const format = oneOf("<kind>", "the format of standard input, when DATA is - (default: csv)", [
  "csv",
  "tsv",
  "json",
  "parquet",
] as const);
