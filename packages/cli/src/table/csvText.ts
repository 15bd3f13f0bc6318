// What DuckDB does not tell of a CSV file: its delimiter from the header, and the file line of a record. Both look at the
// text as RFC 4180 has it; files are read here only up to the header, or once there is an error to place.
import { closeSync, openSync, readFileSync, readSync } from "node:fs";

const QUOTE = '"';

/** Delimiter and column names, from the first line of the file. */
export interface Header {
  readonly delimiter: string;
  readonly names: readonly string[];
}

/** The header of a CSV file; of an empty file one without names. */
export function readHeader(path: string, delimiter?: string): Header {
  const text = firstText(path);
  const candidates = delimiter === undefined ? [",", ";", "\t", "|"] : [delimiter];
  const headers = candidates.map((each) => ({
    delimiter: each,
    names:
      records(text, each)
        .next()
        .value?.cells.map((name) => name.trim()) ?? [],
  }));
  return headers.reduce((best, header) => (header.names.length > best.names.length ? header : best));
}

/** A record: the line it starts on (from 1) and its cells; `closed` is false when a quote never ends. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
  readonly closed: boolean;
}

/** The records of a text, blank lines left out. */
export function* records(text: string, delimiter: string): Generator<CsvRecord, undefined> {
  let line = 1;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const start = line;
    const cells: string[] = [];
    let cellText = "";
    let quoted = false;
    for (; at < text.length; at++) {
      const letter = text[at]!;
      if (letter === "\n") line += 1;
      if (quoted) {
        if (letter !== QUOTE) cellText += letter;
        else if (text[at + 1] === QUOTE) cellText += text[++at];
        else quoted = false;
      } else if (letter === QUOTE && cellText === "") quoted = true;
      else if (letter === delimiter) {
        cells.push(cellText);
        cellText = "";
      } else if (letter === "\n") {
        at += 1;
        break;
      } else if (letter !== "\r") cellText += letter;
    }
    cells.push(cellText);
    if (cells.length > 1 || cells[0] !== "") yield { line: start, cells, closed: !quoted };
  }
}

/** The file line (from 1) of a row of the table (from 0). */
export function lineOfRow(path: string, delimiter: string, row: number): number {
  let seen = -1; // the header is no row
  for (const { line } of records(readFileSync(path, "utf8"), delimiter)) {
    if (seen === row) return line;
    seen += 1;
  }
  return row + 2;
}

/** The first record that does not fit the header, if there is one. */
export function firstMisfit(path: string, { delimiter, names }: Header): CsvRecord | undefined {
  for (const record of records(readFileSync(path, "utf8"), delimiter)) {
    if (!record.closed || record.cells.length !== names.length) return record;
  }
  return undefined;
}

/** Enough of a file to hold its header. */
function firstText(path: string): string {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(1 << 20);
    return bytes.toString("utf8", 0, readSync(file, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(file);
  }
}
