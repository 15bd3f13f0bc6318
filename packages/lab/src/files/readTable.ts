// The table of a file that the user brings: from bytes to columns of cells, with notes, or with the reasons why there is none.
import type { CellTable, CsvTableOptions } from "downhill";
import { contentsOf } from "./contents.ts";
import { decodeText } from "./decodeText.ts";
import { readCsv } from "./readCsv.ts";
import type { Repair } from "./repairs.ts";
import { sampled } from "./sampled.ts";

/** How a file is read. What is missing is decided by the content. */
export interface ReadingChoices
  extends Pick<CsvTableOptions, "delimiter" | "header" | "quotes" | "ragged" | "decimal"> {
  /** The name of the file, for messages. */
  readonly name: string;
  /** Whether the text was pasted, so that there is no file. */
  readonly isPasted?: boolean;
  /** A name of the WHATWG standard, such as "windows-1252". */
  readonly encoding?: string;
  /** The number of random rows that are used; 0 for all [of more than 200,000 rows, 20,000]. */
  readonly sample?: number;
}

/** A table, how it was read, and sentences about decisions that the user may want to change. */
export interface ReadTable {
  readonly table: CellTable;
  /** The rows of the file, of which the table may have a sample. */
  readonly fileRows: number;
  /** The number of rows in the sample; 0 without one. */
  readonly sample: number;
  readonly delimiter: string | null;
  readonly encoding: string | null;
  readonly notes: readonly string[];
  /** The number of the line in the file (from 1) where a row (from 0) begins; for a file without lines, the number of the row. */
  readonly lines: Uint32Array;
}

/** Why there is no table: sentences with an advice, the lines with the problem, and what the page can do. */
export interface NoTable {
  readonly table: null;
  readonly problems: readonly string[];
  readonly lines?: readonly number[];
  readonly repairs?: readonly Repair[];
}

/** A table without a sample, or why there is none. */
export type Reading = Omit<ReadTable, "fileRows" | "sample"> | NoTable;

const MOST_ROWS = 200_000;
const SAMPLE = 20_000; // rows of a larger table

/**
 * Reads a CSV or Parquet file. The content decides which it is.
 *
 * @param progress  is called with the share of a CSV file that is read
 */
export async function readTable(
  bytes: Uint8Array,
  choices: ReadingChoices,
  progress: (share: number) => void = () => {},
): Promise<ReadTable | NoTable> {
  const reading = await read(bytes, choices, progress);
  if (reading.table === null) return reading;
  const { rows } = reading.table;
  const { sample = rows > MOST_ROWS ? SAMPLE : 0 } = choices;
  if (sample === 0 || sample >= rows) return { ...reading, fileRows: rows, sample: 0 };
  return { ...reading, ...sampled(reading.table, reading.lines, sample), fileRows: rows, sample };
}

async function read(bytes: Uint8Array, choices: ReadingChoices, progress: (share: number) => void): Promise<Reading> {
  const contents = contentsOf(bytes);
  if (contents !== null && contents.kind === "other") {
    return { table: null, problems: [`${choices.name} is ${contents.name}. ${contents.advice}`] };
  }
  if (contents !== null) {
    const { readParquet } = await import("./readParquet.ts");
    return readParquet(bytes, choices);
  }
  const decoded = decodeText(bytes, choices);
  return "problem" in decoded ? { table: null, problems: [decoded.problem] } : readCsv(decoded, choices, progress);
}
