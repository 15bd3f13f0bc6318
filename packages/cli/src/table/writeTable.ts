// Writes columns as text, in pieces, because the text of many rows may be longer than the longest string.
import type { Label } from "downhill";

/** What is known of a column of a table besides its values. */
export interface ColumnFacts {
  /** For texts: the type of DuckDB that the cells had before they were read as text. */
  readonly type?: string;
  /** All values that the column may have in any part [those of the first part]. */
  readonly labels?: readonly Label[];
}

/** Columns with their names; all have the same length. */
export type Columns = [name: string, values: ArrayLike<Label>, facts?: ColumnFacts][];

/** A table with at least one part; all parts have the same columns. A part is used before the next one is requested. */
export type TableParts = Iterable<Columns>;

/** A header and one line per row; cells are quoted if necessary (RFC 4180). */
export function* separated(parts: TableParts, delimiter: string): Generator<string, void> {
  const quoted = (value: Label): string => {
    const text = String(value);
    return /["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  let isFirst = true;
  for (const columns of parts) {
    if (isFirst) yield `${columns.map(([name]) => quoted(name)).join(delimiter)}\n`;
    isFirst = false;
    const rows = columns[0]![1].length;
    for (let row = 0; row < rows; row++) {
      yield `${columns.map(([, values]) => quoted(values[row]!)).join(delimiter)}\n`;
    }
  }
}

/** A JSON array with one record per line. */
export function* toJson(parts: TableParts): Generator<string, void> {
  let end = "[\n";
  for (const record of records(parts)) {
    yield end + record;
    end = ",\n";
  }
  yield end === ",\n" ? "\n]\n" : "[\n]\n";
}

/** One JSON record per line. */
export function* toNdjson(parts: TableParts): Generator<string, void> {
  for (const record of records(parts)) yield `${record}\n`;
}

function* records(parts: TableParts): Generator<string, void> {
  for (const columns of parts) {
    const rows = columns[0]![1].length;
    for (let row = 0; row < rows; row++) yield recordOf(columns, row);
  }
}

/** The JSON of a row. Not made from an object, which would put names such as 2020 first. */
const recordOf = (columns: Columns, row: number): string =>
  `{${columns.map(([name, values]) => `${JSON.stringify(name)}:${JSON.stringify(values[row]!)}`).join(",")}}`;
