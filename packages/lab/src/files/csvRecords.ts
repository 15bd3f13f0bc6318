// The records of a CSV text, by the parser csv-parse.
import { CsvError, type InfoRecord, type Options, parse } from "csv-parse/browser/esm/sync";

/** A record with the line (from 1) where it begins. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What is wrong in a CSV text. */
export interface CsvProblem {
  readonly kind: "unclosed" | "afterQuote" | "other";
  readonly line: number;
}

/** The records of a text, or the first problem and the records before it. */
export type CsvRecords =
  | { readonly records: readonly CsvRecord[] }
  | { readonly problem: CsvProblem; readonly before: readonly CsvRecord[] };

/**
 * Reads the records of a text.
 *
 * @param blanks  whether a blank line is a record, which is so in a table of one column
 * @param most  the largest number of records to read
 */
export function csvRecords(
  text: string,
  {
    delimiter,
    blanks = false,
    most,
  }: { readonly delimiter: string; readonly blanks?: boolean; readonly most?: number },
): CsvRecords {
  const options: Options = {
    delimiter,
    bom: true,
    info: true,
    relax_column_count: true, // the caller counts the cells, and has better messages
    skip_empty_lines: !blanks,
    record_delimiter: ["\r\n", "\n", "\r"],
    ...(most !== undefined && { to: most }),
  };
  try {
    return { records: parsed(text, options) };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code === "INVALID_OPENING_QUOTE") return withInnerQuotes(text, options);
    return problemOf(error, text, options);
  }
}

/** The records of a text in which quotes occur inside cells without quotes around them, such as 5". */
function withInnerQuotes(text: string, options: Options): CsvRecords {
  const records = parsed(text, { ...options, relax_quotes: true });
  const wrong = records.find(({ cells }) => cells.some((cell) => cell.startsWith('"')));
  if (wrong === undefined) return { records };
  return { problem: { kind: "afterQuote", line: wrong.line }, before: records.slice(0, records.indexOf(wrong)) };
}

function parsed(text: string, options: Options): CsvRecord[] {
  const rows = parse(text, options) as unknown as { readonly record: string[]; readonly info: InfoRecord }[];
  // `info.lines` is the last line of a record.
  return rows.map(({ record, info }) => ({
    line: info.lines - record.reduce((sum, cell) => sum + lineEnds(cell), 0),
    cells: record,
  }));
}

/** The problem, and the records before it. */
function problemOf(error: CsvError, text: string, options: Options): CsvRecords {
  const { lines, records } = error as unknown as { readonly lines: number; readonly records: number };
  const before = records === 0 ? [] : parsed(text, { ...options, to: records });
  if (error.code !== "CSV_QUOTE_NOT_CLOSED") {
    const kind = error.code === "CSV_INVALID_CLOSING_QUOTE" ? "afterQuote" : "other";
    return { problem: { kind, line: lines }, before };
  }
  // The parser reports the last line; the quote opens after the last complete record.
  const last = before.at(-1);
  const end = last === undefined ? 0 : last.line + last.cells.reduce((sum, cell) => sum + lineEnds(cell), 0);
  const opening = text.split(/\r\n|\n|\r/).findIndex((each, i) => i >= end && each.includes('"'));
  return { problem: { kind: "unclosed", line: opening + 1 }, before };
}

const lineEnds = (cell: string): number => (/[\r\n]/.test(cell) ? cell.match(/\r\n|\n|\r/g)!.length : 0);
