// The dialect of a CSV text: the lines before its header, its delimiter and the names of its columns. The rules are those of the
// command.
import { type CsvRecord, csvRecords } from "./csvRecords.ts";

/** The dialect of a text. */
export interface CsvDialect {
  /** The number of lines before the header: blank lines, comments, and a line such as "sep=;". */
  readonly skip: number;
  readonly delimiter: string;
  readonly names: readonly string[];
  readonly notes: readonly string[];
}

const MAX_RECORDS = 100;
const delimiters: readonly string[] = [",", ";", "\t", "|"];

/** What the user has chosen. */
export interface DialectChoices {
  readonly name: string;
  readonly delimiter?: string;
  readonly header?: boolean;
}

/** Finds the dialect, or a sentence about what is wrong. */
export function csvDialect(
  text: string,
  { name, delimiter: chosen, header }: DialectChoices,
): CsvDialect | { readonly problem: string } {
  const before = beforeHeader(text);
  const rest = text.slice(before.from);
  const isTabs = /\.(tsv|tab)$/i.test(name);
  const delimiter = chosen ?? before.delimiter ?? (isTabs ? "\t" : delimiterOf(rest));
  const first = firstRecords(rest, delimiter)[0]?.cells.map((cell) => cell.trim());
  if (first === undefined) return { problem: `${name} has no rows. Choose a file with a header and rows.` };
  const comments =
    before.comments === 0 ? [] : [`the first ${before.comments} lines of ${name} begin with #, so they are skipped`];
  if (header === false) {
    return { skip: before.skip, delimiter, names: first.map((_, i) => `c${i + 1}`), notes: comments };
  }
  if (isNameless(first)) {
    return {
      problem: `The first line of ${name} must contain the names of the columns, but it contains ${first.join(", ")}. Add a line with names, or set that there is no header.`,
    };
  }
  if (header === undefined && looksLikeRow(first)) {
    return {
      problem: `The first line of ${name} looks like a row, because it contains ${first.join(", ")}. Set whether there is a header.`,
    };
  }
  const { names, renamed, nameless } = differentNames(first);
  return {
    ...{ skip: before.skip, delimiter, names },
    notes: [
      ...comments,
      ...(nameless.length === 0 ? [] : [`columns of ${name} have no name; they are named ${nameless.join(", ")}`]),
      ...(renamed.length === 0
        ? []
        : [`columns of ${name} have equal names; the later ones are renamed to ${renamed.join(", ")}`]),
    ],
  };
}

/** Whether the cells are numbers, and not names. Some of them can be missing, such as ? and NA. */
function isNameless(cells: readonly string[]): boolean {
  const others = cells.filter((cell) => cell === "" || Number.isNaN(Number(cell)));
  if (others.length === cells.length) return cells.every((cell) => cell === "");
  return others.every((cell) => /^(?:|[?.-]|na|n\/a|nan|null|none)$/i.test(cell));
}

/** Whether the numbers among the cells are unlike names. Years and positions, whole numbers in ascending order, can be names. */
function looksLikeRow(cells: readonly string[]): boolean {
  const numbers = cells
    .filter((cell) => cell !== "")
    .map(Number)
    .filter((value) => !Number.isNaN(value));
  return numbers.some((value, i) => !Number.isInteger(value) || (i > 0 && value <= numbers[i - 1]!));
}

/** Different names: the second "x" is "x_1", and a column without a name is "column" and its position. */
function differentNames(cells: readonly string[]) {
  const plain = cells.map((cell, i) => (cell === "" ? `column${i}` : cell));
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

interface BeforeHeader {
  readonly skip: number;
  readonly from: number;
  readonly comments: number;
  readonly delimiter?: string;
}

/** The lines before the header: blank lines, lines that begin with #, and a line such as "sep=;", which spreadsheets write. */
function beforeHeader(text: string): BeforeHeader {
  const lines = /([^\r\n]*)(?:\r\n|\n|\r)/y;
  for (let found: BeforeHeader = { skip: 0, from: text.startsWith("\ufeff") ? 1 : 0, comments: 0 }; ; ) {
    lines.lastIndex = found.from;
    const line = lines.exec(text)?.[1];
    if (line === undefined) return found;
    const separator = /^"?sep=(.)"?[ \t]*$/i.exec(line);
    const next = { ...found, skip: found.skip + 1, from: lines.lastIndex };
    if (separator !== null) found = { ...next, delimiter: separator[1]! };
    else if (line.trim() === "") found = next;
    else if (line.startsWith("#")) found = { ...next, comments: found.comments + 1 };
    else return found;
  }
}

/** The delimiter with the same number of cells in the header and in as many rows as possible. */
function delimiterOf(text: string): string {
  const scored = delimiters.map((delimiter) => {
    const [header, ...rows] = firstRecords(text, delimiter);
    const columns = header?.cells.length ?? 1;
    const agreeing = rows.filter(({ cells }) => cells.length === columns).length;
    const split = columns > 1 && rows.filter(({ cells }) => cells.length > 1).length * 2 >= rows.length;
    return { delimiter, score: [Number(split), rows.length === 0 ? 1 : agreeing / rows.length, columns] };
  });
  return scored.reduce((best, each) => (exceeds(each.score, best.score) ? each : best)).delimiter;
}

/** Whether a list is greater than another in lexicographic order. */
function exceeds(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at >= 0 && a[at]! > b[at]!;
}

/** The first records, up to one with a wrong quote. */
function firstRecords(text: string, delimiter: string): readonly CsvRecord[] {
  const read = csvRecords(text, { delimiter, most: MAX_RECORDS });
  return "records" in read ? read.records : read.before;
}
