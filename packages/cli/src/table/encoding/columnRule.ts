// What a column holds, decided once, by its role and by every row: numbers, true and false, or categories. The model file
// keeps the decision, so that `predict` and `evaluate` decide nothing again.
import { DataError } from "../../errors/errors.ts";
import { show } from "../../errors/quoting.ts";
import { shellWord } from "../../terminal/shellWord.ts";
import { notFinite } from "../cells/badCells.ts";
import { type Column, type DataTable, numberColumn, type TextColumn } from "../columns/column.ts";
import { leaveOut } from "../columns/leaveOut.ts";
import {
  formatOf,
  hasLeadingZero,
  isNotFinite,
  isPlain,
  isTooLong,
  looksLikeNumber,
  type NumberFormat,
  numberOf,
  plainFormat,
} from "../columns/numberText.ts";

/** What the user says that a column holds. */
export type RequestedKind = "number" | "category";

/** A column, understood. */
export interface Decided {
  readonly column: Column;
  /** The format of its numbers, if it is not the one that programs use. */
  readonly format?: NumberFormat;
  /** What was decided, in words, if the cells could be read in more than one way. */
  readonly note?: string;
}

/** What the rule needs to know beside the cells. */
export interface RuleFacts {
  readonly table: DataTable;
  readonly kind: RequestedKind | undefined;
  /** A feature can be dropped, a target cannot; ratings can only be numbers. */
  readonly role: "feature" | "target" | "rating";
}

const command = "train";
const MOST_CATEGORIES = 1000;
const ALWAYS_FINE = 10; // in a table of a few rows, half of them is not many
const FEW = 20;
const FEW_MARKS = 3; // texts such as "n/a" and "?" that stand for missing values
const RARE = 0.05;

/** Whether so many different values are few enough to be categories. */
export const areCategories = (different: number, rows: number): boolean =>
  different <= ALWAYS_FINE || (different <= MOST_CATEGORIES && different <= rows / 2);

/**
 * Decides what a feature or a target holds.
 *
 * Text that is numbers in every row, all in one format, is numbers; "true" and "false" are truth values; other text is
 * categories. Categories are also whole numbers that a number would not keep as they are written: with leading zeros, or
 * beyond 2^53 with more digits than a float64 holds. Numbers beside other text are categories where there are at most 20
 * different values, each in two rows on average, or where other text is in two rows and 5 % of them at least. They are an
 * error where it is rarer, or is at most three texts without a digit, such as "n/a".
 *
 * @throws DataError for a cell that does not fit
 */
export function decide(column: Column, facts: RuleFacts): Decided {
  if (column.kind !== "text" || facts.kind === "category") return { column };
  const { name, texts } = column;
  const { table, kind } = facts;
  if (kind === undefined && texts.every((text) => truth.has(text))) return { column: mapped(column, "boolean", truth) };
  const finite = texts.filter((text) => !isNotFinite(text));
  const found = formatOf(finite, table.semicolons);
  if (found !== undefined || finite.length === 0) rejectNotFinite(column, facts);
  if (found === undefined) return mixed(column, facts);
  const { format, ambiguous } = found;
  const asNumbers = `--column ${shellWord(`${name}:number`)}`;
  if (kind === undefined) {
    const zero = texts.some((text) => /[.,e]/i.test(text)) ? undefined : texts.find(hasLeadingZero);
    if (zero !== undefined) {
      return {
        column,
        note: `${name} holds codes with leading zeros, such as ${zero}, and is read as categories; ${asNumbers} reads them as numbers`,
      };
    }
    const long = texts.find(isTooLong);
    if (long !== undefined) {
      return {
        column,
        note: `${name} holds whole numbers beyond 2^53, such as ${long}, and is read as categories; ${asNumbers} rounds them to numbers`,
      };
    }
  }
  const numbers = new Map(texts.map((text) => [text, numberOf(text, format)!]));
  const decided = { column: mapped(column, "number", numbers) };
  if (isPlain(format) && ambiguous === undefined) {
    const usual = table.kind === "csv" || kind !== undefined;
    return usual ? decided : { ...decided, note: `${name} holds numbers written as text, and is read as numbers` };
  }
  const example = texts.find((text) => (ambiguous ? /[.,]/.test(text) : numberOf(text, plainFormat) === undefined))!;
  const doubt = ambiguous
    ? `; in every cell the ${ambiguous} could be a decimal ${ambiguous} or could separate thousands (see docs/command.md)`
    : "";
  return {
    ...decided,
    ...(isPlain(format) ? {} : { format }),
    note: `${name} is read as numbers: ${show(example)} is ${numbers.get(example)}${doubt}`,
  };
}

const truth: ReadonlyMap<string, number> = new Map([
  ...["true", "True", "TRUE"].map((text) => [text, 1] as const),
  ...["false", "False", "FALSE"].map((text) => [text, 0] as const),
]);

/** A column of texts as the numbers that they stand for. */
function mapped({ name, codes, texts }: TextColumn, kind: "number" | "boolean", values: ReadonlyMap<string, number>) {
  const byCode = Float64Array.from(texts, (text) => values.get(text)!);
  return numberColumn(
    name,
    kind,
    Float64Array.from(codes, (code) => byCode[code]!),
  );
}

/** Text of which not all is numbers of one format. */
function mixed(column: TextColumn, { table, kind, role }: RuleFacts): Decided {
  const { name, texts } = column;
  const { rows } = table;
  const numeric = texts.filter(looksLikeNumber);
  const format = formatOf(numeric, table.semicolons)?.format ?? plainFormat;
  const isOdd = texts.map((text) => isNotFinite(text) || numberOf(text, format) === undefined);
  const odd = texts.filter((_, code) => isOdd[code]);
  if (odd.length === texts.length && kind === undefined) {
    const refused = role === "feature" && !areCategories(texts.length, rows);
    if (refused || texts.length <= FEW || !texts.every((text) => /\d/.test(text))) return { column };
    const note = `${name} holds text with numbers in it, such as ${show(texts[0])}, and is read as ${texts.length} categories`;
    return { column, note };
  }
  const oddRows = column.codes.reduce((count, code) => count + Number(isOdd[code]), 0);
  const marks = odd.length <= FEW_MARKS && odd.every((text) => !/\d/.test(text));
  const few = texts.length <= FEW && texts.length * 2 <= rows;
  if (kind === undefined && !marks && (few || oddRows >= Math.max(2, RARE * rows))) {
    return { column, note: `${name} holds numbers and other text, such as ${show(odd[0])}, and is read as categories` };
  }
  const first = column.codes.findIndex((code) => isOdd[code]!);
  const advice = [
    "Correct the cells",
    ...(role !== "rating" && areCategories(texts.length, rows)
      ? [`take the column for categories with --column ${shellWord(`${name}:category`)}`]
      : []),
    ...(role === "feature" ? [leaveOut(command, name)] : []),
  ];
  throw new DataError(
    `${command}: column ${show(name)} must hold numbers in every row, got ${oddRows} of other text, ` +
      `the first ${show(texts[column.codes[first]!]!)} at ${table.place(first)}. ${alternatives(advice)}.`,
  );
}

/** "a", "a, or b", "a, b, or c". */
const alternatives = (all: readonly string[]): string =>
  all.length === 1 ? all[0]! : `${all.slice(0, -1).join(", ")}, or ${all.at(-1)}`;

function rejectNotFinite({ name, codes, texts }: TextColumn, { table: { place }, role }: RuleFacts): void {
  const bad = texts.map(isNotFinite);
  const row = codes.findIndex((code) => bad[code]!);
  if (row < 0) return;
  const count = codes.reduce((sum, code) => sum + Number(bad[code]), 0);
  throw notFinite(command, { name, needed: role !== "feature", count, row, value: texts[codes[row]!]! }, place);
}
