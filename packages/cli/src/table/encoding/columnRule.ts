// Decides from all rows whether a column holds numbers, truth values or categories. Only `train` decides; the model file
// stores the decision for `predict` and `evaluate`.
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

/** The kind that the user requested with --column. */
export type RequestedKind = "number" | "category";

/** A column whose kind is decided. */
export interface DecidedColumn {
  readonly column: Column;
  /** The format of its numbers, if it is not the plain format. */
  readonly format?: NumberFormat;
  /** A sentence about the decision, if the cells could be read in more than one way. */
  readonly note?: string;
}

/** The facts that the decision needs besides the cells. */
export interface RuleFacts {
  readonly table: DataTable;
  readonly kind: RequestedKind | undefined;
  /** A feature can be left out, a target cannot; ratings must be numbers. */
  readonly role: "feature" | "target" | "rating";
}

const command = "train";
const MAX_CATEGORIES = 1000;
const ALWAYS_CATEGORIES = 10; // up to this number, even if it is more than half of the rows of a small table
const MAX_OBVIOUS_CATEGORIES = 20; // at most this number of different texts are clearly categories
const MAX_MARKS = 3; // different texts such as "n/a" and "?" that mark missing values
const RARE = 0.05;

/** Whether this number of different values is small enough for categories. */
export const areCategories = (different: number, rows: number): boolean =>
  different <= ALWAYS_CATEGORIES || (different <= MAX_CATEGORIES && different <= rows / 2);

/**
 * Decides the kind of a feature, a target or the ratings.
 *
 * - A column whose cells are all numbers in one format holds numbers. Exceptions: whole numbers with leading zeros, and
 *   whole numbers beyond 2^53 that a float64 cannot represent, are categories.
 * - A column whose cells are all "true" or "false" holds truth values.
 * - A column without numbers holds categories.
 * - A column of numbers and other text holds categories in two cases: it has at most 20 different values, each in two rows
 *   on average; or other text is in at least two rows and at least 5 % of them. Otherwise, and always if the other text is
 *   at most three different texts without a digit, such as "n/a", the other text is an error.
 *
 * @throws DataError for cells that are not of the column's kind
 */
export function decide(column: Column, facts: RuleFacts): DecidedColumn {
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
        note: `${name} is read as categories, because it contains codes with leading zeros, such as ${zero} (${asNumbers} reads it as numbers)`,
      };
    }
    const long = texts.find(isTooLong);
    if (long !== undefined) {
      return {
        column,
        note: `${name} is read as categories, because it contains whole numbers beyond 2^53, such as ${long} (${asNumbers} rounds them to numbers)`,
      };
    }
  }
  const numbers = new Map(texts.map((text) => [text, numberOf(text, format)!]));
  const decided = { column: mapped(column, "number", numbers) };
  if (isPlain(format) && ambiguous === undefined) {
    const isUsual = table.kind === "csv" || kind !== undefined;
    return isUsual ? decided : { ...decided, note: `${name} is read as numbers, which are written as text` };
  }
  const example = texts.find((text) => (ambiguous ? /[.,]/.test(text) : numberOf(text, plainFormat) === undefined))!;
  const isDecimal = format.decimal === (ambiguous === "comma" ? "," : ".");
  const other = isDecimal ? "separate thousands" : `be a decimal ${ambiguous}`;
  const doubt = ambiguous ? `; every ${ambiguous} could also ${other} (see docs/command.md)` : "";
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

/** A column of texts as the column of their values. */
function mapped({ name, codes, texts }: TextColumn, kind: "number" | "boolean", values: ReadonlyMap<string, number>) {
  const byCode = Float64Array.from(texts, (text) => values.get(text)!);
  return numberColumn(
    name,
    kind,
    Float64Array.from(codes, (code) => byCode[code]!),
  );
}

/** Decides about a column in which not all cells are numbers of one format. */
function mixed(column: TextColumn, { table, kind, role }: RuleFacts): DecidedColumn {
  const { name, texts } = column;
  const { rows } = table;
  const numeric = texts.filter(looksLikeNumber);
  const format = formatOf(numeric, table.semicolons)?.format ?? plainFormat;
  const isOdd = texts.map((text) => isNotFinite(text) || numberOf(text, format) === undefined);
  const odd = texts.filter((_, code) => isOdd[code]);
  if (odd.length === texts.length && kind === undefined) {
    const tooMany = role === "feature" && !areCategories(texts.length, rows);
    if (tooMany || texts.length <= MAX_OBVIOUS_CATEGORIES || !texts.every((text) => /\d/.test(text))) return { column };
    const note = `${name} is read as ${texts.length} categories; its text contains numbers, such as ${show(texts[0])}`;
    return { column, note };
  }
  const oddRows = column.codes.reduce((count, code) => count + Number(isOdd[code]), 0);
  const marks = odd.length <= MAX_MARKS && odd.every((text) => !/\d/.test(text));
  const areObvious = texts.length <= MAX_OBVIOUS_CATEGORIES && texts.length * 2 <= rows;
  if (kind === undefined && !marks && (areObvious || oddRows >= Math.max(2, RARE * rows))) {
    return {
      column,
      note: `${name} is read as categories, because it contains numbers and other text, such as ${show(odd[0])}`,
    };
  }
  const first = column.codes.findIndex((code) => isOdd[code]!);
  const advice = [
    oddRows === 1 ? "Correct the cell" : "Correct the cells",
    ...(role !== "rating" && areCategories(texts.length, rows)
      ? [`read the column as categories with --column ${shellWord(`${name}:category`)}`]
      : []),
    ...(role === "feature" ? [leaveOut(command, name)] : []),
  ];
  const text = `${show(texts[column.codes[first]!]!)} at ${table.locate(first)}`;
  const cells =
    oddRows === 1 ? `1 cell is not a number: ${text}` : `${oddRows} cells are not numbers; the first is ${text}`;
  throw new DataError(`${command}: column ${show(name)} must contain numbers, but ${cells}. ${alternatives(advice)}.`);
}

/** "a", "a, or b", "a, b, or c". */
const alternatives = (all: readonly string[]): string =>
  all.length === 1 ? all[0]! : `${all.slice(0, -1).join(", ")}, or ${all.at(-1)}`;

function rejectNotFinite({ name, codes, texts }: TextColumn, { table: { locate }, role }: RuleFacts): void {
  const bad = texts.map(isNotFinite);
  const row = codes.findIndex((code) => bad[code]!);
  if (row < 0) return;
  const count = codes.reduce((sum, code) => sum + Number(bad[code]), 0);
  throw notFinite(command, { name, needed: role !== "feature", count, row, value: texts[codes[row]!]! }, locate);
}
