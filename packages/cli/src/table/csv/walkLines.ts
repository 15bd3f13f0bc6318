// The line of a record in a CSV file.
import { closeSync, openSync, readSync } from "node:fs";

/** Facts about the lines of a file. */
export interface FileLines {
  /** The first line (from 1) of the record; undefined if the file has fewer records. */
  readonly line: number | undefined;
  /** The number of records up to this one, or in the whole file. */
  readonly records: number;
  /** The line ends: "\n", "\r\n", "\r". */
  readonly ends: ReadonlySet<string>;
}

const [LINE_FEED, CARRIAGE_RETURN, QUOTE_BYTE] = [10, 13, 34];
const MARK = Buffer.from("\ufeff");
const PIECE = 1 << 20;

/**
 * Reads the lines of a UTF-8 file piece by piece, so that a file of any size fits into memory.
 *
 * @param record  the number of the record (from 0), counted after `skip` lines; the header is record 0
 * @param blanks  whether a blank line is a record, which is so in a table of one column
 */
export function walkLines(
  path: string,
  { delimiter, skip, record, blanks }: { delimiter: string; skip: number; record: number; blanks: boolean },
): FileLines {
  const separator = delimiter.charCodeAt(0);
  const file = openSync(path, "r");
  try {
    const piece = Buffer.allocUnsafe(PIECE);
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
          if (blank && !quoted && blanks && line > skip && !(byte === LINE_FEED && previous === CARRIAGE_RETURN)) {
            begin();
          }
          if (!quoted) [cellStart, blank] = [true, true];
          if (byte === LINE_FEED) {
            line += 1;
            if (!quoted) ends.add(previous === CARRIAGE_RETURN ? "\r\n" : "\n");
          }
        } else {
          if (blank && line > skip && !quoted) begin();
          if (byte === QUOTE_BYTE && line > skip && (quoted || cellStart || previous === QUOTE_BYTE)) quoted = !quoted;
          cellStart = byte === separator && !quoted;
        }
        previous = byte;
      }
      first = 0;
      if (found !== undefined) break;
    }
    if (previous === CARRIAGE_RETURN && !quoted && found === undefined) ends.add("\r");
    return { line: found, records: records + 1, ends };
  } finally {
    closeSync(file);
  }
}
