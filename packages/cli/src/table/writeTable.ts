// Writes columns as text, in pieces, because the text of many rows may be longer than the longest string.
import type { Label } from "downhill";

/**
 * Columns with their names; all have the same length. A column of texts may have a type of DuckDB, which its cells had before
 * they were read as text.
 */
export type Columns = [name: string, values: ArrayLike<Label>, type?: string][];

/** A header and one line per row; cells are quoted if necessary (RFC 4180). */
export function* separated(columns: Columns, delimiter: string): Generator<string, void> {
  const quoted = (value: Label): string => {
    const text = String(value);
    return /["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  yield `${columns.map(([name]) => quoted(name)).join(delimiter)}\n`;
  const rows = columns[0]![1].length;
  for (let row = 0; row < rows; row++) {
    yield `${columns.map(([, values]) => quoted(values[row]!)).join(delimiter)}\n`;
  }
}

/** A JSON array with one record per line. */
export function* toJson(columns: Columns): Generator<string, void> {
  const rows = columns[0]![1].length;
  yield "[\n";
  for (let row = 0; row < rows; row++) {
    yield `${recordOf(columns, row)}${row + 1 < rows ? "," : ""}\n`;
  }
  yield "]\n";
}

/** One JSON record per line. */
export function* toNdjson(columns: Columns): Generator<string, void> {
  const rows = columns[0]![1].length;
  for (let row = 0; row < rows; row++) yield `${recordOf(columns, row)}\n`;
}

/** The JSON of a row. Not made from an object, which would put names such as 2020 first. */
const recordOf = (columns: Columns, row: number): string =>
  `{${columns.map(([name, values]) => `${JSON.stringify(name)}:${JSON.stringify(values[row]!)}`).join(",")}}`;
