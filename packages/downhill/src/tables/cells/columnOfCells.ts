import { InputRangeError, show } from "../../core/check.ts";
import type { CellColumn } from "./cellColumn.ts";

/** The kinds of values in a list of cells, as bits. */
const NUMBER = 1;
const BOOLEAN = 2;
const TEXT = 4;
const DATE = 8;
const BIGINT = 16;
const RECORD = 32;
const LIST = 64;
const BYTES = 128;
const OTHER = 256;
const CELLS = NUMBER | BOOLEAN | TEXT | DATE | BIGINT;

/** A column of values of any kind: row i has the value `at(i)`. */
export interface Values {
  readonly functionName: string;
  readonly name: string;
  readonly rows: number;
  at(row: number): unknown;
}

/** Whether a value is a record: an object of a literal, of JSON, or without prototype. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype as object) === null;
}

function kindOf(value: unknown): number {
  switch (typeof value) {
    case "number":
      return Number.isNaN(value) ? 0 : NUMBER;
    case "string":
      return value === "" ? 0 : TEXT;
    case "boolean":
      return BOOLEAN;
    case "bigint":
      return BIGINT;
    case "undefined":
      return 0;
    case "object":
      if (value === null) return 0;
      if (value instanceof Date) return DATE;
      if (Array.isArray(value)) return LIST;
      if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return BYTES;
      return isRecord(value) ? RECORD : OTHER;
    default:
      return OTHER;
  }
}

/** The kinds of values of a column. */
export function kindsIn({ rows, at }: Values): number {
  let kinds = 0;
  for (let row = 0; row < rows; row++) kinds |= kindOf(at(row));
  return kinds;
}

/** Whether all values of a column are records, except missing ones. */
export const areRecords = (kinds: number): boolean => kinds === RECORD;

const contents: readonly (readonly [number, string])[] = [
  [LIST, "lists"],
  [BYTES, "bytes"],
  [RECORD, "records"],
  [OTHER, "other objects"],
];

/**
 * The column of cells of any kind. Numbers mixed with text become text as they are written, and so does an integer beyond 2^53,
 * which a float64 cannot represent.
 *
 * @throws RangeError for an invalid Date
 */
export function columnOfCells(values: Values, kinds: number): CellColumn {
  const { rows, at } = values;
  if ((kinds & ~CELLS) !== 0) {
    const found = contents.filter(([kind]) => (kinds & kind) !== 0).map(([, text]) => text);
    return { type: "other", contents: [...found, ...((kinds & CELLS) === 0 ? [] : ["other cells"])].join(" and ") };
  }
  if ((kinds & DATE) !== 0) requireValidDates(values);
  if (kinds === DATE) {
    const milliseconds = new Float64Array(rows);
    for (let row = 0; row < rows; row++) milliseconds[row] = at(row) instanceof Date ? Number(at(row)) : Number.NaN;
    return { type: "instant", milliseconds };
  }
  const numbers = kinds !== 0 && (kinds & ~(NUMBER | BIGINT)) === 0 && ((kinds & BIGINT) === 0 || areSmall(values));
  if (!numbers && kinds !== BOOLEAN) return textColumn(values);
  const array = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const value = at(row);
    const isCell = typeof value === "number" || typeof value === "boolean" || typeof value === "bigint";
    array[row] = isCell ? Number(value) + 0 : Number.NaN; // −0 is 0, as in text
  }
  return { type: numbers ? "number" : "boolean", values: array, start: 0, step: 1 };
}

function areSmall({ rows, at }: Values): boolean {
  for (let row = 0; row < rows; row++) {
    const value = at(row);
    if (typeof value === "bigint" && !Number.isSafeInteger(Number(value))) return false;
  }
  return true;
}

function requireValidDates({ functionName, name, rows, at }: Values): void {
  for (let row = 0; row < rows; row++) {
    const value = at(row);
    if (!(value instanceof Date) || Number.isFinite(value.getTime())) continue;
    throw new InputRangeError(
      `${functionName}: column ${show(name)} must hold valid Dates, got an invalid Date in row ${row}. Correct the Date, or pass null for a missing cell.`,
    );
  }
}

function textColumn({ rows, at }: Values): CellColumn {
  const codes = new Int32Array(rows);
  const known = new Map<string, number>();
  for (let row = 0; row < rows; row++) {
    const value = at(row);
    if (value === null || value === undefined || value === "" || Number.isNaN(value)) {
      codes[row] = -1;
      continue;
    }
    const text = typeof value === "string" ? value : value instanceof Date ? value.toISOString() : String(value);
    const code = known.get(text);
    if (code === undefined) known.set(text, known.size);
    codes[row] = code ?? known.size - 1;
  }
  return { type: "text", codes, texts: [...known.keys()] };
}
