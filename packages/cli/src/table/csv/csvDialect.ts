// The dialect of a CSV file: its encoding, the lines before its header, its delimiter, and the names of its columns.
import { extname } from "node:path";
import { DataError } from "../../errors/errors.ts";
import { list, show } from "../../errors/quoting.ts";
import { compressionOf, endingOf, firstBytes, unpackers } from "../files/compression.ts";
import type { PlainFile } from "../files/plainFile.ts";
import { records } from "./csvRecords.ts";

export interface CsvDialect {
  readonly encoding: "utf-8" | "utf-16";
  /** The number of lines before the header: blank lines, and a line such as "sep=;". */
  readonly skip: number;
  readonly delimiter: string;
  /** The names in the header. A column without a name is "column" and its position from 0. */
  readonly names: readonly string[];
}

const TOP_BYTES = 1 << 20; // enough for the header and some rows
const MAX_RECORDS = 100;

/**
 * Finds the dialect of a CSV file from its first megabyte.
 *
 * @throws DataError for a file that is not text, or has no header with different names
 */
export function readDialect(command: string, { path, name: file }: Pick<PlainFile, "path" | "name">): CsvDialect {
  const { encoding, text } = topOf(command, path, file);
  const { skip, from, delimiter } = beforeHeader(text);
  const top = text.slice(from);
  const known = delimiter ?? (extname(path).toLowerCase() === ".tsv" ? "\t" : undefined);
  const chosen = known ?? delimiterOf(top);
  const header =
    records(top, chosen)
      .next()
      .value?.cells.map((name) => name.trim()) ?? [];
  if (header.length === 0 || header.every((name) => name === "" || !Number.isNaN(Number(name)))) {
    throw new DataError(
      `${command}: the first line of ${show(file)} must contain the names of the columns, but it contains ${show(header.join(", "))}. ` +
        "Add a line with names.",
    );
  }
  const names = header.map((name, i) => (name === "" ? `column${i}` : name));
  const repeated = [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
  if (repeated.length > 0) {
    const found = repeated.map((name) => {
      const count = names.filter((each) => each === name).length;
      return `${show(name)} occurs ${count === 2 ? "twice" : `${count} times`}`;
    });
    throw new DataError(
      `${command}: the columns of ${show(file)} must have different names, but ${list(found)}. ` +
        `Rename ${found.length === 1 ? "one of them" : "these columns"}.`,
    );
  }
  return { encoding, skip, delimiter: chosen, names };
}

/** The first bytes of the file as text, without a byte order mark. */
function topOf(command: string, path: string, file: string): Pick<CsvDialect, "encoding"> & { text: string } {
  const top = firstBytes(path, TOP_BYTES);
  const at = (i: number) => top[i] ?? -1;
  const fail = (content: string): never => {
    throw new DataError(
      `${command}: ${show(file)} must be UTF-8 text, but it contains ${content}. Save the file as UTF-8.`,
    );
  };
  const compression = compressionOf(top);
  if (compression !== undefined) {
    const advice =
      path === file
        ? `Give its name the ending ${extname(path)}${endingOf(compression)}`
        : `Decompress the table first: put ${unpackers[compression]} FILE | before the command`;
    throw new DataError(`${command}: ${show(file)} must be text, but it contains ${compression} data. ${advice}.`);
  }
  if ((at(0) === 0xfe && at(1) === 0xff) || (at(0) === 0 && at(1) > 0 && at(2) === 0)) fail("big-endian UTF-16");
  if ((at(0) === 0xff && at(1) === 0xfe) || (at(0) > 0 && at(1) === 0 && at(3) === 0)) {
    return { encoding: "utf-16", text: withoutMark(top.toString("utf16le")) };
  }
  if (top.includes(0)) fail("binary data");
  return { encoding: "utf-8", text: withoutMark(top.toString("utf8")) };
}

const withoutMark = (text: string): string => (text.startsWith("\ufeff") ? text.slice(1) : text);

/** The lines before the header: blank lines, and a line such as "sep=;", which spreadsheets write. */
function beforeHeader(text: string): { skip: number; from: number; delimiter?: string } {
  const [before = ""] = /^(?:[ \t]*(?:\r\n|\n|\r))*/.exec(text) ?? [];
  const blank = before.match(/\r\n|\n|\r/g)?.length ?? 0;
  const separator = /^"?sep=(.)"?[ \t]*(?:\r\n|\n|\r)/i.exec(text.slice(before.length));
  if (separator === null) return { skip: blank, from: before.length };
  return { skip: blank + 1, from: before.length + separator[0].length, delimiter: separator[1]! };
}

/**
 * The delimiter that splits the header and the rows into cells, with the same number of cells in as many rows as possible.
 * For the header "length, in m;y" it is the semicolon.
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

/** Whether a list is greater than another in lexicographic order. */
function exceeds(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at >= 0 && a[at]! > b[at]!;
}

function firstRecords(text: string, delimiter: string) {
  const found = [];
  for (const record of records(text, delimiter)) {
    found.push(record);
    if (found.length > MAX_RECORDS) break;
  }
  // The end of the first megabyte may cut the last record.
  return text.length >= TOP_BYTES / 4 && found.length > 2 && found.length <= MAX_RECORDS ? found.slice(0, -1) : found;
}
