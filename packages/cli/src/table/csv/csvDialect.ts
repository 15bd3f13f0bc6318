// How a CSV file is written: its encoding, the lines before its header, its delimiter, and the names of its columns.
import { extname } from "node:path";
import { DataError } from "../../errors/errors.ts";
import { show } from "../../errors/quoting.ts";
import { compressionOf, endingOf, firstBytes, unpackers } from "../files/compression.ts";
import type { PlainFile } from "../files/plainFile.ts";
import { records } from "./csvRecords.ts";

export interface CsvDialect {
  readonly encoding: "utf-8" | "utf-16";
  /** Lines before the header: blank ones, and "sep=;". */
  readonly skip: number;
  readonly delimiter: string;
  /** The names in the header; a column without one is named "column" and its position from 0. */
  readonly names: readonly string[];
}

const ENOUGH = 1 << 20; // bytes that hold the header and the lines behind it
const MOST_RECORDS = 100;

/**
 * Reads the top of a CSV file.
 *
 * @throws DataError for a file that is no text, or has no line of different names
 */
export function readDialect(command: string, { path, name: file }: Pick<PlainFile, "path" | "name">): CsvDialect {
  const { encoding, text } = topOf(command, path, file);
  const { skip, from, delimiter } = beforeHeader(text);
  const top = text.slice(from);
  const given = delimiter ?? (extname(path).toLowerCase() === ".tsv" ? "\t" : undefined);
  const chosen = given ?? delimiterOf(top);
  const header =
    records(top, chosen)
      .next()
      .value?.cells.map((name) => name.trim()) ?? [];
  if (header.length === 0 || header.every((name) => name === "" || !Number.isNaN(Number(name)))) {
    throw new DataError(
      `${command}: the first line must name the columns, got ${show(header.join(", "))} in ${file}. Add a line of names.`,
    );
  }
  const names = header.map((name, i) => (name === "" ? `column${i}` : name));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new DataError(
      `${command}: column names must be different, got ${show(twice)} twice in ${file}. Rename one of them.`,
    );
  }
  return { encoding, skip, delimiter: chosen, names };
}

/** The first bytes of the file as text, without a byte order mark. */
function topOf(command: string, path: string, file: string): Pick<CsvDialect, "encoding"> & { text: string } {
  const top = firstBytes(path, ENOUGH);
  const at = (i: number) => top[i] ?? -1;
  const refuse = (got: string): never => {
    throw new DataError(`${command}: data must be UTF-8 text, got ${got} in ${file}. Save the file as UTF-8.`);
  };
  const compression = compressionOf(top);
  if (compression !== undefined) {
    const advice =
      path === file
        ? `Give its name the ending ${extname(path)}${endingOf(compression)}`
        : `Put ${unpackers[compression]} before downhill in the pipe`;
    throw new DataError(`${command}: data must be text, got ${compression} data in ${file}. ${advice}.`);
  }
  if ((at(0) === 0xfe && at(1) === 0xff) || (at(0) === 0 && at(1) > 0 && at(2) === 0))
    refuse("UTF-16 with the high byte first");
  if ((at(0) === 0xff && at(1) === 0xfe) || (at(0) > 0 && at(1) === 0 && at(3) === 0)) {
    return { encoding: "utf-16", text: withoutMark(top.toString("utf16le")) };
  }
  if (top.includes(0)) refuse("bytes that are no text");
  return { encoding: "utf-8", text: withoutMark(top.toString("utf8")) };
}

const withoutMark = (text: string): string => (text.startsWith("\ufeff") ? text.slice(1) : text);

/** What stands before the header: blank lines, and the line by which spreadsheets name the delimiter. */
function beforeHeader(text: string): { skip: number; from: number; delimiter?: string } {
  const [before = ""] = /^(?:[ \t]*(?:\r\n|\n|\r))*/.exec(text) ?? [];
  const blank = before.match(/\r\n|\n|\r/g)?.length ?? 0;
  const separator = /^"?sep=(.)"?[ \t]*(?:\r\n|\n|\r)/i.exec(text.slice(before.length));
  if (separator === null) return { skip: blank, from: before.length };
  return { skip: blank + 1, from: before.length + separator[0].length, delimiter: separator[1]! };
}

/**
 * The delimiter that makes cells of the header and of the lines behind it, and as many in one as in the other as often as
 * possible: in "length, in m;y" it is the semicolon.
 */
function delimiterOf(top: string): string {
  const scored = [",", ";", "\t", "|"].map((delimiter) => {
    const [header, ...rows] = firstRecords(top, delimiter);
    const columns = header?.cells.length ?? 1;
    const agreeing = rows.filter(({ cells, clean }) => clean && cells.length === columns).length;
    const split =
      columns > 1 && header!.clean && rows.filter(({ cells }) => cells.length > 1).length * 2 >= rows.length;
    return { delimiter, score: [Number(split), rows.length === 0 ? 1 : agreeing / rows.length, columns] };
  });
  return scored.reduce((best, each) => (exceeds(each.score, best.score) ? each : best)).delimiter;
}

/** Whether the first difference between two lists is in favour of the first. */
function exceeds(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at >= 0 && a[at]! > b[at]!;
}

function firstRecords(text: string, delimiter: string) {
  const found = [];
  for (const record of records(text, delimiter)) {
    found.push(record);
    if (found.length > MOST_RECORDS) break;
  }
  // The last one may be cut by the end of what was read.
  return text.length >= ENOUGH / 4 && found.length > 2 && found.length <= MOST_RECORDS ? found.slice(0, -1) : found;
}
