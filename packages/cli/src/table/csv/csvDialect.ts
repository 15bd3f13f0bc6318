// The dialect of a CSV file: the lines before its header, its delimiter, and the names of its columns.
import { extname } from "node:path";
import { DataError } from "../../errors/errors.ts";
import { list, show } from "../../errors/quoting.ts";
import { firstBytes } from "../files/compression.ts";
import type { PlainFile } from "../files/plainFile.ts";
import type { CsvOptions } from "../files/source.ts";
import { records } from "./csvRecords.ts";
import { titleOf } from "./linesBeforeHeader.ts";

export interface CsvDialect {
  /** The number of lines before the header: blank lines, comments, and a line such as "sep=;". */
  readonly skip: number;
  readonly delimiter: string;
  /** Whether the first line after `skip` contains the names of the columns. */
  readonly header: boolean;
  /** The different names of the columns. A column without a name is "column" and its position from 0. */
  readonly names: readonly string[];
  /** Sentences about decisions that the user may want to change. */
  readonly notes: readonly string[];
}

const TOP_BYTES = 1 << 20; // enough for the header and some rows
const MAX_RECORDS = 100;
const delimiters: readonly string[] = [",", ";", "\t", "|"];

/**
 * Finds the dialect of a CSV file from its first megabyte.
 *
 * @throws DataError for a file that has no header
 */
export function readDialect(
  command: string,
  { path, name: file }: Pick<PlainFile, "path" | "name">,
  options: Pick<CsvOptions, "delimiter" | "header"> = {},
): CsvDialect {
  const text = withoutMark(firstBytes(path, TOP_BYTES).toString("utf8"));
  const before = beforeHeader(text);
  const isTabs = /\.(tsv|tab)$/i.test(extname(path));
  const delimiter = options.delimiter ?? before.delimiter ?? (isTabs ? "\t" : delimiterOf(text.slice(before.from)));
  const firstCells = (from: number): string[] =>
    records(text.slice(from), delimiter)
      .next()
      .value?.cells.map((name) => name.trim()) ?? [];
  const first = firstCells(before.from);
  if (options.header === false) {
    const names = first.map((_, i) => `c${i + 1}`);
    return { skip: before.skip, delimiter, header: false, names, notes: commentNotes(file, before.comments) };
  }
  // The names may follow a #, as in "# a,b".
  const marked = isNameless(first) && before.lastComment !== undefined ? firstCells(before.lastComment.from) : [];
  const isMarked = marked.length > 1 && marked.length === first.length;
  const cells = isMarked ? marked : first;
  if (isNameless(cells)) {
    throw new DataError(
      `${command}: the first line of ${show(file)} must contain the names of the columns, but it contains ${show(cells.join(", "))}. ` +
        "Add a line with names, or add --no-header, which names the columns c1, c2 and so on.",
    );
  }
  const title = titleOf(
    text.slice(before.from),
    options.delimiter === undefined && cells.length === 1 ? delimiters : [delimiter],
    isNameless,
  );
  if (title !== undefined && !isMarked) {
    const [line, header] = [before.skip + 1, before.skip + title.header];
    throw new DataError(
      `${command}: line ${line} of ${show(file)} must be the header, but it has ${title.cells} ${title.cells === 1 ? "cell" : "cells"}, ` +
        `and all lines from line ${header} have ${title.columns}. If line ${header} is the header, remove the lines before it; if ` +
        `line ${line} is the header, ${title.cells === 1 ? 'set the character between the cells, as in --delimiter ";"' : `correct the lines from line ${header}`}.`,
    );
  }
  if (options.header === undefined && looksLikeRow(cells)) {
    throw new DataError(
      `${command}: the first line of ${show(file)} looks like a row, because it contains ${show(cells.join(", "))}. ` +
        "If it is a row, add --no-header, which names the columns c1, c2 and so on; if it contains the names, add --header.",
    );
  }
  const { names, renamed, nameless } = differentNames(cells);
  const notes = commentNotes(file, before.comments - Number(isMarked));
  if (nameless.length > 0) {
    const some =
      nameless.length === 1
        ? "a column of FILE has no name; it is named"
        : "columns of FILE have no name; they are named";
    notes.push(`${some.replace("FILE", () => file)} ${list(nameless)}`);
  }
  if (renamed.length > 0) {
    notes.push(`columns of ${file} have equal names; the later ones are renamed to ${list(renamed)}`);
  }
  return { skip: isMarked ? before.lastComment!.skip : before.skip, delimiter, header: true, names, notes };
}

/** Whether the cells are numbers, and not names. Some of them can be missing, such as ? and NA. */
const isNameless = (cells: readonly string[]): boolean => {
  const others = cells.filter((name) => name === "" || Number.isNaN(Number(name)));
  if (others.length === cells.length) return cells.every((name) => name === "");
  return others.every((name) => /^(?:|[?.-]|na|n\/a|nan|null|none)$/i.test(name));
};

/** Whether the numbers among the cells are unlike names. Years and positions, whole numbers in ascending order, can be names. */
const looksLikeRow = (cells: readonly string[]): boolean => {
  const numbers = cells
    .filter((name) => name !== "")
    .map(Number)
    .filter((x) => !Number.isNaN(x));
  return numbers.some((x, i) => !Number.isInteger(x) || (i > 0 && x <= numbers[i - 1]!));
};

function commentNotes(file: string, comments: number): string[] {
  if (comments === 0) return [];
  return [
    comments === 1
      ? `line 1 of ${file} begins with #, so it is skipped`
      : `the first ${comments} lines of ${file} begin with #, so they are skipped`,
  ];
}

/** Different names for columns: the second "x" is "x_1", and a column without a name is "column" and its position, as in DuckDB. */
function differentNames(cells: readonly string[]): { names: string[]; renamed: string[]; nameless: string[] } {
  const plain = cells.map((name, i) => (name === "" ? `column${i}` : name));
  const taken = new Set(plain);
  const seen = new Set<string>();
  const renamed: string[] = [];
  const names = plain.map((name) => {
    if (!seen.has(name)) {
      seen.add(name);
      return name;
    }
    let number = 1;
    while (taken.has(`${name}_${number}`)) number += 1;
    const other = `${name}_${number}`;
    taken.add(other);
    renamed.push(other);
    return other;
  });
  return { names, renamed, nameless: names.filter((_, i) => cells[i] === "") };
}

const withoutMark = (text: string): string => (text.startsWith("\ufeff") ? text.slice(1) : text);

/** A position in the text, and the number of lines before it. */
interface Start {
  readonly skip: number;
  readonly from: number;
}

interface BeforeHeader extends Start {
  /** The number of lines that begin with #, and the start of the last. */
  readonly comments: number;
  readonly lastComment?: Start;
  readonly delimiter?: string;
}

/** The lines before the header: blank lines, lines that begin with #, and a line such as "sep=;", which spreadsheets write. */
function beforeHeader(text: string): BeforeHeader {
  const lines = /([^\r\n]*)(?:\r\n|\n|\r)/y;
  for (let found: BeforeHeader = { skip: 0, from: 0, comments: 0 }; ; ) {
    lines.lastIndex = found.from;
    const line = lines.exec(text)?.[1];
    if (line === undefined) return found;
    const separator = /^"?sep=(.)"?[ \t]*$/i.exec(line);
    const next = { ...found, skip: found.skip + 1, from: lines.lastIndex };
    if (separator !== null) found = { ...next, delimiter: separator[1]! };
    else if (line.trim() === "") found = next;
    else if (line.startsWith("#")) found = { ...next, comments: found.comments + 1, lastComment: found };
    else return found;
  }
}

/**
 * The delimiter that splits the header and the rows into cells, with the same number of cells in as many rows as possible.
 * For the header "length, in m;y" it is the semicolon.
 */
function delimiterOf(top: string): string {
  const scored = delimiters.map((delimiter) => {
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
