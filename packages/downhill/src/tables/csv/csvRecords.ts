/**
 * A record of a CSV text. `closed` is false if a quote is never closed. `clean` is false if a text follows a closing quote in a
 * cell, for example because the delimiter is wrong.
 */
export interface CsvRecord {
  /** The line, from 1, where the record begins. */
  readonly line: number;
  /** The cells as texts, without the quotes around them. */
  readonly cells: readonly string[];
  /** Whether every quote is closed. */
  readonly closed: boolean;
  /** Whether no text follows a closing quote. */
  readonly clean: boolean;
  /** The position in the text after the record and its line end. */
  readonly end: number;
}

/** How records are read. */
export interface CsvRecordOptions {
  /** The character between the cells. */
  readonly delimiter: string;
  /** Whether a blank line is a record, as in a table of one column [false]. */
  readonly blanks?: boolean;
  /** Whether quotes around a cell are removed; without it they are letters as others [true]. */
  readonly quotes?: boolean;
}

const [LINE_FEED, CARRIAGE_RETURN, QUOTE] = [10, 13, 34];

/**
 * The records of a CSV text by RFC 4180, one after the other: a cell in quotes may contain delimiters, line ends, and quotes that
 * are written twice. A line ends with "\n", "\r\n" or "\r". A byte order mark is left out.
 *
 * @example
 * ```ts
 * import { csvRecords } from "downhill";
 *
 * for (const { line, cells } of csvRecords('a;b\n1;"x;y"\n', { delimiter: ";" })) console.log(line, cells.join(" and "));
 * // 1 a and b
 * // 2 1 and x;y
 * ```
 */
export function* csvRecords(
  text: string,
  { delimiter, blanks = false, quotes = true }: CsvRecordOptions,
): Generator<CsvRecord, undefined> {
  const separator = delimiter.charCodeAt(0);
  let line = 1;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const start = line;
    const begin = at;
    const cells: string[] = [];
    let [closed, clean] = [true, true];
    for (let code = separator; code === separator; ) {
      let cell = "";
      const quoted = quotes && text.charCodeAt(at) === QUOTE;
      if (quoted) {
        let inner = at + 1;
        do {
          const end = text.indexOf('"', at + 1);
          closed = end >= 0;
          at = closed ? end + 1 : text.length;
          cell += text.slice(inner, closed ? end : at);
          inner = at; // of two quotes, the second one
        } while (text.charCodeAt(at) === QUOTE);
        line += lineEnds(cell);
      }
      const from = at;
      code = text.charCodeAt(at);
      while (at < text.length && code !== separator && code !== LINE_FEED && code !== CARRIAGE_RETURN) {
        code = text.charCodeAt(++at);
      }
      if (at > from && quoted) clean = false;
      cells.push(cell + text.slice(from, at));
      if (code === separator) at += 1;
    }
    const isBlank = at === begin;
    at += text.charCodeAt(at) === CARRIAGE_RETURN && text.charCodeAt(at + 1) === LINE_FEED ? 2 : 1;
    line += 1;
    if (blanks || !isBlank) yield { line: start, cells, closed, clean, end: at };
  }
}

const lineEnds = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0;
