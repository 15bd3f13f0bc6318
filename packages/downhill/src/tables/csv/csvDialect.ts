import { show } from "../../core/check.ts";
import { beforeHeader } from "./beforeHeader.ts";
import { CsvError, type CsvFault } from "./csvError.ts";
import { csvRecords } from "./csvRecords.ts";
import { differentNames } from "./differentNames.ts";
import { firstRecords } from "./firstRecords.ts";
import { titleAbove } from "./titleAbove.ts";

/** What is known about a CSV text. */
export interface CsvDialectOptions {
  /** The name of the file, for messages; the ending .tsv or .tab means tabs ["the text"]. */
  readonly name?: string;
  /** The character between the cells [found in the text]. */
  readonly delimiter?: string;
  /** Whether the first line contains the names of the columns [true, if it does not look like a row]. */
  readonly header?: boolean;
  /** Whether a quote begins a cell that may contain delimiters [true]. */
  readonly quotes?: boolean;
  /** Whether the text is the start of a longer one, so that its last record may be cut [false]. */
  readonly isStart?: boolean;
}

/** How a CSV text is written. */
export interface CsvDialect {
  /** The number of lines before the header: blank lines, comments, and a line such as "sep=;". */
  readonly skip: number;
  /** The character between the cells. */
  readonly delimiter: string;
  /** Whether the first line after `skip` contains the names of the columns. */
  readonly header: boolean;
  /** The different names of the columns. A column without a name is "column" and its position from 0; without a header, c1, c2 … */
  readonly names: readonly string[];
  /** Sentences about decisions that the user may want to change. */
  readonly notes: readonly string[];
}

const delimiters: readonly string[] = [",", ";", "\t", "|"];

/**
 * Finds how a CSV text is written: its delimiter, the lines before its header, and different names of its columns. The delimiter is
 * the one of , ; tab | with the same number of cells in the header and in as many of the first 100 rows as possible.
 *
 * @throws CsvError if the text has no header that can be used
 *
 * @example
 * ```ts
 * import { csvDialect } from "downhill";
 *
 * const { skip, delimiter, names } = csvDialect("# prices\nsize;price\n1,5;20\n2,5;30\n");
 * skip; // 1
 * delimiter; // ";"
 * names; // ["size", "price"]
 * ```
 */
export function csvDialect(text: string, options: CsvDialectOptions = {}): CsvDialect {
  const { name = "the text", quotes = true, isStart = false } = options;
  const fail = (...fault: readonly [CsvFault, string, (readonly number[])?]): never => {
    throw new CsvError("csvDialect", ...fault);
  };
  const before = beforeHeader(text);
  const rest = text.slice(before.from);
  const known = options.delimiter ?? before.delimiter ?? (/\.(tsv|tab)$/i.test(name) ? "\t" : undefined);
  const delimiter = known ?? delimiterOf(rest, { quotes, isStart });
  const cellsAt = (from: number): string[] | undefined =>
    csvRecords(text.slice(from), { delimiter, quotes })
      .next()
      .value?.cells.map((cell) => cell.trim());
  const first = cellsAt(before.from);
  if (first === undefined) return fail("empty", `${show(name)} has no rows`);
  if (options.header === false) {
    const names = first.map((_, i) => `c${i + 1}`);
    return { skip: before.skip, delimiter, header: false, names, notes: commentNotes(name, before.comments) };
  }
  // The names may follow a #, as in "# a,b".
  const marked = isNameless(first) && before.lastComment !== undefined ? (cellsAt(before.lastComment.from) ?? []) : [];
  const isMarked = marked.length > 1 && marked.length === first.length;
  const cells = isMarked ? marked : first;
  const joined = show(cells.join(", "));
  if (isNameless(cells)) {
    fail("numbers", `the first line of ${show(name)} must contain the names of the columns, but it contains ${joined}`);
  }
  const found = options.delimiter === undefined && cells.length === 1 ? delimiters : [delimiter];
  const title = isMarked ? undefined : titleAbove(rest, found, { quotes, isStart, isNameless });
  if (title !== undefined) {
    const [line, headerLine] = [before.skip + 1, before.skip + title.header];
    const wrong =
      `line ${line} of ${show(name)} must be the header, but it has ${title.cells} ${title.cells === 1 ? "cell" : "cells"}, ` +
      `and all lines from line ${headerLine} have ${title.columns}`;
    fail("title", wrong, [line, headerLine]);
  }
  if (options.header === undefined && looksLikeRow(cells)) {
    fail("row", `the first line of ${show(name)} looks like a row, because it contains ${joined}`);
  }
  const { names, renamed, nameless } = differentNames(cells);
  const notes = commentNotes(name, before.comments - Number(isMarked));
  if (nameless.length === 1) notes.push(`a column of ${name} has no name; it is named ${nameless[0]}`);
  if (nameless.length > 1) notes.push(`columns of ${name} have no name; they are named ${list(nameless)}`);
  if (renamed.length > 0) {
    notes.push(`columns of ${name} have equal names; the later ones are renamed to ${list(renamed)}`);
  }
  return { skip: isMarked ? before.lastComment!.skip : before.skip, delimiter, header: true, names, notes };
}

const MOST_NAMES = 12; // in a note

const list = (names: readonly string[]): string =>
  names.length > MOST_NAMES ? `${names.slice(0, MOST_NAMES).join(", ")}, … (${names.length})` : names.join(", ");

/** Whether the cells are numbers, and not names. Some of them can be missing, such as ? and NA. */
const isNameless = (cells: readonly string[]): boolean => {
  const others = cells.filter((name) => name === "" || Number.isNaN(Number(name)));
  if (others.length === cells.length) return cells.every((name) => name === "");
  return others.every((name) => /^(?:|[?.-]|na|n\/a|nan|null|none)$/i.test(name));
};

/** Whether the numbers among the cells are unlike names. Years and positions, integers in ascending order, can be names. */
const looksLikeRow = (cells: readonly string[]): boolean => {
  const numbers = cells
    .filter((name) => name !== "")
    .map(Number)
    .filter((value) => !Number.isNaN(value));
  return numbers.some((value, i) => !Number.isInteger(value) || (i > 0 && value <= numbers[i - 1]!));
};

function commentNotes(name: string, comments: number): string[] {
  if (comments === 0) return [];
  return [
    comments === 1
      ? `line 1 of ${name} begins with #, so it is skipped`
      : `the first ${comments} lines of ${name} begin with #, so they are skipped`,
  ];
}

/**
 * The delimiter that splits the header and the rows into cells, with the same number of cells in as many rows as possible.
 * For the header "length, in m;y" it is the semicolon.
 */
function delimiterOf(text: string, options: { readonly quotes: boolean; readonly isStart: boolean }): string {
  const scored = delimiters.map((delimiter) => {
    const [header, ...rows] = firstRecords(text, { delimiter, ...options });
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
