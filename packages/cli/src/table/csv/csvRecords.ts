// The records of a CSV text, as RFC 4180 has them, and the line of the file that a record stands on.
import { closeSync, openSync, readSync } from "node:fs";

const QUOTE = '"';

/**
 * A record: the line it starts on (from 1) and its cells. `closed` is false when a quote never ends, `clean` when something
 * follows a closing quote within a cell, as where another letter is the delimiter.
 */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
  readonly closed: boolean;
  readonly clean: boolean;
}

/** The records of a text, blank lines left out. */
export function* records(text: string, delimiter: string): Generator<CsvRecord, undefined> {
  let line = 1;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const start = line;
    const cells: string[] = [];
    let cellText = "";
    let [quoted, wasQuoted, clean] = [false, false, true];
    for (; at < text.length; at++) {
      const letter = text[at]!;
      const endsLine = letter === "\n" || (letter === "\r" && text[at + 1] !== "\n");
      if (endsLine) line += 1;
      if (quoted) {
        if (letter !== QUOTE) cellText += letter;
        else if (text[at + 1] === QUOTE) cellText += text[++at];
        else quoted = false;
      } else if (letter === QUOTE && cellText === "" && !wasQuoted) [quoted, wasQuoted] = [true, true];
      else if (letter === delimiter) {
        cells.push(cellText);
        [cellText, wasQuoted] = ["", false];
      } else if (endsLine) {
        at += 1;
        break;
      } else if (letter !== "\r") {
        cellText += letter;
        if (wasQuoted) clean = false;
      }
    }
    cells.push(cellText);
    if (cells.length > 1 || cells[0] !== "") yield { line: start, cells, closed: !quoted, clean };
  }
}

/** What a walk over a whole file finds. */
export interface FileLines {
  /** The line (from 1) on which the wanted record stands; undefined when there are fewer records. */
  readonly line: number | undefined;
  /** How the lines end: "\n", "\r\n", "\r". */
  readonly ends: ReadonlySet<string>;
}

const [LINE_FEED, CARRIAGE_RETURN, QUOTE_BYTE] = [10, 13, 34];
const MARK = Buffer.from("\ufeff");
const PIECE = 1 << 20;

/**
 * Walks over a file of UTF-8 text piece by piece, however large it is.
 *
 * @param record  position of the wanted record (from 0), counted behind `skip` lines; the header is a record
 * @param blanks  whether a blank line is a record, as in a table of one column
 */
export function walkLines(
  path: string,
  { delimiter, skip, record, blanks }: { delimiter: string; skip: number; record: number; blanks: boolean },
): FileLines {
  const separator = delimiter.charCodeAt(0);
  const file = openSync(path, "r");
  try {
    const piece = Buffer.alloc(PIECE);
    let [line, records, previous] = [1, -1, -1];
    let [quoted, cellStart, blank] = [false, true, true];
    let found: number | undefined;
    const ends = new Set<string>();
    const begin = () => {
      records += 1;
      if (records === record) found = line;
      blank = false;
    };
    let first = 0;
    for (let count = readSync(file, piece); count > 0; count = readSync(file, piece)) {
      if (previous === -1 && piece.subarray(0, 3).equals(MARK)) first = MARK.length;
      for (let i = first; i < count; i++) {
        const byte = piece[i]!;
        if (previous === CARRIAGE_RETURN && byte !== LINE_FEED) {
          line += 1;
          if (!quoted) ends.add("\r");
        }
        if (byte === LINE_FEED || byte === CARRIAGE_RETURN) {
          if (blank && !quoted && blanks && line > skip && !(byte === LINE_FEED && previous === CARRIAGE_RETURN))
            begin();
          if (!quoted) [cellStart, blank] = [true, true];
          if (byte === LINE_FEED) {
            line += 1;
            if (!quoted) ends.add(previous === CARRIAGE_RETURN ? "\r\n" : "\n");
          }
        } else {
          if (blank && line > skip && !quoted) begin();
          if (byte === QUOTE_BYTE && (quoted || cellStart || previous === QUOTE_BYTE)) quoted = !quoted;
          cellStart = byte === separator && !quoted;
        }
        previous = byte;
      }
      first = 0;
      if (found !== undefined) break;
    }
    if (previous === CARRIAGE_RETURN && !quoted && found === undefined) ends.add("\r");
    return { line: found, ends };
  } finally {
    closeSync(file);
  }
}
