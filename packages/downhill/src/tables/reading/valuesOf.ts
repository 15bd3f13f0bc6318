// The one way from cells to values, for the training rows and for all later rows.
import { allFinite } from "../../core/check.ts";
import type { CellColumn, NumberCells, TimeCells } from "../cells/cellColumn.ts";
import { type CleanCells, type CleanTexts, cleanTexts, markTest } from "./cleanTexts.ts";
import { type DateFormat, dateFormat } from "./dateFormat.ts";
import { isoDate, isoText, isoTime, timeText } from "./dates.ts";
import { isNotFinite, numberOf, plainFormat } from "./numberText.ts";
import { oncePerArray } from "./oncePerArray.ts";
import { isTextKind, type ReadRule } from "./readRule.ts";
import { truthOf } from "./truthText.ts";
import type { CategoryValues, NumberValues, TypedColumn } from "./typedTable.ts";

/** The cells of a column that its rule cannot read. */
export interface Misfits {
  /** The number of these cells. */
  readonly count: number;
  /** The row of the first one. */
  readonly row: number;
  /** Their different texts, the first one first; at most 4. */
  readonly texts: readonly string[];
  /** What the cells are, if the whole column has another kind, such as "dates". */
  readonly contents?: string;
  /** Whether they are infinite, or numbers too large for a float64. */
  readonly infinite: boolean;
}

/** The values of a column, or the cells that have none. */
export type ColumnValues = { readonly column: TypedColumn } | { readonly misfits: Misfits };

/** Whether an array has no infinite number. It is computed once for all columns that share an array. */
export type FiniteCheck = (values: Float64Array) => boolean;

/** A check that remembers its results. */
export const finiteCheck = (): FiniteCheck =>
  oncePerArray(
    (values: Float64Array) => allFinite(values) || !(values.includes(Infinity) || values.includes(-Infinity)),
  );

/** The values of cells by a rule. */
export function valuesOf(
  name: string,
  cells: CellColumn | CleanCells,
  { rule, rows, finite }: { readonly rule: ReadRule; readonly rows: number; readonly finite: FiniteCheck },
): ColumnValues {
  const missing = missingTest(rule);
  const source: Source = { name, rows, rule, missing, finite };
  if (cells.type === "other") return { misfits: whole(cells.contents) };
  if (cells.type === "text") return ofTexts(source, "counts" in cells ? cells : cleanTexts(cells));
  return "values" in cells ? ofNumbers(source, cells) : ofTimes(source, cells);
}

interface Source {
  readonly name: string;
  readonly rows: number;
  readonly rule: ReadRule;
  readonly missing: MissingTest;
  readonly finite: FiniteCheck;
}

interface MissingTest {
  readonly text: (text: string) => boolean;
  /** The numbers that are missing cells. */
  readonly numbers: ReadonlySet<number>;
}

function missingTest({ missing }: ReadRule): MissingTest {
  const numbers = missing.map((mark) =>
    isNotFinite(mark) ? (mark.startsWith("-") ? -Infinity : Infinity) : numberOf(mark, plainFormat),
  );
  return {
    text: markTest(missing),
    numbers: new Set(numbers.filter((_, i) => missing[i] !== "nan").filter((value) => value !== undefined)),
  };
}

const whole = (contents: string): Misfits => ({ count: 0, row: 0, texts: [], contents, infinite: false });

/** What texts become by a rule: categories with new codes (null if the codes stay), or numbers, Infinity for a misfit. */
export type TextValues =
  | { readonly texts: readonly string[]; readonly codes: Int32Array | null }
  | { readonly values: Float64Array };

/** What the different texts of a column become by a rule. */
export const textValues = (rule: ReadRule, texts: readonly string[]): TextValues =>
  valuesOfTexts(rule, missingTest(rule), texts);

function valuesOfTexts(rule: ReadRule, missing: MissingTest, texts: readonly string[]): TextValues {
  if (isTextKind(rule.kind)) {
    const isMissing = texts.map(missing.text);
    if (!isMissing.includes(true)) return { codes: null, texts };
    let kept = 0;
    const codes = Int32Array.from(isMissing, (gone) => (gone ? -1 : kept++));
    return { codes, texts: texts.filter((_, code) => !isMissing[code]) };
  }
  const read = textReader(rule);
  const values = Float64Array.from(texts, (text) => {
    if (missing.text(text)) return Number.NaN;
    const value = read(text);
    if (value === undefined) return Infinity;
    return rule.kind === "number" && missing.numbers.has(value) ? Number.NaN : value;
  });
  return { values };
}

function ofTexts(source: Source, cells: CleanTexts): ColumnValues {
  const { name, rows, rule, missing } = source;
  const found = valuesOfTexts(rule, missing, cells.texts);
  if ("texts" in found) {
    const { texts, codes } = found;
    const own = codes === null ? cells.codes : cells.codes.map((code) => (code < 0 ? -1 : codes[code]!));
    return { column: { name, kind: rule.kind as CategoryValues["kind"], codes: own, texts } };
  }
  const { values } = found;
  if (values.includes(Infinity)) {
    const row = cells.codes.findIndex((code) => code >= 0 && values[code] === Infinity);
    return { misfits: misfitTexts(cells, values, { row, code: cells.codes[row]! }, rule) };
  }
  const byRow = new Float64Array(rows);
  for (let row = 0; row < rows; row++) byRow[row] = cells.codes[row]! < 0 ? Number.NaN : values[cells.codes[row]!]!;
  return { column: { name, kind: rule.kind as NumberValues["kind"], values: byRow, start: 0, step: 1 } };
}

/** The misfits among texts, whose values are Infinity. */
export function misfitTexts(
  { texts, counts }: Pick<CleanTexts, "texts" | "counts">,
  values: Float64Array,
  { row, code: firstCode }: { readonly row: number; readonly code: number },
  { kind }: ReadRule,
): Misfits {
  const isWrong = (code: number): boolean => values[code] === Infinity;
  const first = texts[firstCode]!;
  const others = texts.filter((text, code) => isWrong(code) && text !== first);
  return {
    count: counts.reduce((sum, count, code) => sum + (isWrong(code) ? count : 0), 0),
    row,
    texts: [first, ...others.slice(0, 3)],
    infinite: kind === "number" && texts.every((text, code) => !isWrong(code) || isNotFinite(text)),
  };
}

/** The function that reads the text of a cell. */
export function textReader({
  kind,
  numbers = plainFormat,
  dates,
  order = [],
}: ReadRule): (text: string) => number | undefined {
  if (kind === "number") return (text) => numberOf(text, numbers);
  if (kind === "boolean") return truthOf;
  if (kind === "ordinal") {
    const positions = new Map(order.map((text, i) => [text, i]));
    return (text) => positions.get(text);
  }
  if (dates !== undefined) return (dateFormat(dates) as DateFormat).read;
  return kind === "date" ? isoDate : isoTime;
}

function ofNumbers(source: Source, cells: NumberCells): ColumnValues {
  const { name, rows, rule, missing, finite } = source;
  const { values, start, step, type } = cells;
  const at = (row: number): number => values[start + row * step]!;
  const isBoolean = type === "boolean";
  const shown = isBoolean ? (value: number) => (value === 1 ? "true" : "false") : String;
  if (isTextKind(rule.kind) || rule.kind === "ordinal" || (rule.dates !== undefined && !isBoolean)) {
    return ofTexts(source, cleanTexts(textsOf(rows, at, shown)));
  }
  const fits = rule.kind === "number" && !isBoolean;
  const isWrong = (value: number): boolean => {
    if (Number.isNaN(value) || missing.numbers.has(value)) return false;
    if (rule.kind === "boolean") return value !== 0 && value !== 1;
    return !(fits && Number.isFinite(value));
  };
  if (fits && missing.numbers.size === 0 && finite(values)) {
    return { column: { name, kind: "number", ...fromFirstRow(cells) } };
  }
  const misfits = misfitRows(rows, at, { isWrong, shown });
  if (misfits !== undefined) {
    if (rule.kind === "number" && isBoolean) return { misfits: whole("true and false") };
    return { misfits: rule.kind === "date" || rule.kind === "time" ? { ...misfits, contents: "numbers" } : misfits };
  }
  const kind = rule.kind as NumberValues["kind"];
  if (missing.numbers.size === 0) return { column: { name, kind, ...fromFirstRow(cells) } };
  const own = Float64Array.from({ length: rows }, (_, row) => (missing.numbers.has(at(row)) ? Number.NaN : at(row)));
  return { column: { name, kind, values: own, start: 0, step: 1 } };
}

/** The same cells in an array that begins with the first row. */
function fromFirstRow({ values, start, step }: NumberCells): Pick<NumberValues, "values" | "start" | "step"> {
  const column = start % step;
  return { values: values.subarray(start - column), start: column, step };
}

interface RowTest {
  isWrong(value: number): boolean;
  shown(value: number): string;
}

function misfitRows(rows: number, at: (row: number) => number, { isWrong, shown }: RowTest): Misfits | undefined {
  let [count, first, infinite] = [0, 0, true];
  const texts = new Set<string>();
  for (let row = 0; row < rows; row++) {
    const value = at(row);
    if (!isWrong(value)) continue;
    if (count === 0) first = row;
    count++;
    if (Number.isFinite(value)) infinite = false;
    if (texts.size < 4) texts.add(shown(value));
  }
  return count === 0 ? undefined : { count, row: first, texts: [...texts], infinite };
}

/** Numbers as the shortest texts that give them again. */
function textsOf(rows: number, at: (row: number) => number, shown: (value: number) => string) {
  const known = new Map<number, number>();
  const codes = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const value = at(row);
    if (Number.isNaN(value)) {
      codes[row] = -1;
      continue;
    }
    const code = known.get(value);
    if (code === undefined) known.set(value, known.size);
    codes[row] = code ?? known.size - 1;
  }
  return { type: "text", codes, texts: [...known.keys()].map(shown) } as const;
}

function ofTimes(source: Source, { type, milliseconds }: TimeCells): ColumnValues {
  const { name, rows, rule } = source;
  const at = (row: number): number => milliseconds[row]!;
  const shown = type === "time" ? timeText : isoText;
  if (isTextKind(rule.kind) || rule.kind === "ordinal") {
    return ofTexts(
      source,
      cleanTexts(textsOf(rows, at, (value) => (Number.isFinite(value) ? shown(value) : String(value)))),
    );
  }
  const fits = rule.kind === (type === "time" ? "time" : "date");
  const isWrong = (value: number): boolean => !Number.isNaN(value) && !(fits && Number.isFinite(value));
  const misfits = misfitRows(rows, at, {
    isWrong,
    shown: (value) => (Number.isFinite(value) ? shown(value) : String(value)),
  });
  if (misfits !== undefined)
    return { misfits: fits ? misfits : { ...misfits, contents: type === "time" ? "times" : "dates" } };
  return { column: { name, kind: rule.kind as "date" | "time", values: milliseconds, start: 0, step: 1 } };
}

/** Whether the cell of a row is missing. */
export const isMissing = (column: TypedColumn, row: number): boolean =>
  "codes" in column ? column.codes[row] === -1 : Number.isNaN(column.values[column.start + row * column.step]!);

/** The text of a category; undefined for a missing cell. */
export const categoryAt = ({ codes, texts }: CategoryValues, row: number): string | undefined => texts[codes[row]!];
