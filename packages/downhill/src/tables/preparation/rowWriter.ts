// Computes the features of rows, and counts missing and unseen cells.
import { show } from "../../core/check.ts";
import { calendarParts, DAY, HOUR, putCalendarParts } from "../reading/calendar.ts";
import type { CategoryValues, NumberValues, TypedColumn } from "../reading/typedTable.ts";
import type { Dialect } from "../tableOptions.ts";
import type { DateEncoding, DenseColumn, NumberEncoding, OneHotEncoding } from "./preparation.ts";

/** The number of missing cells in a column. */
export interface MissingCount {
  /** The name of the column. */
  readonly column: string;
  /** The number of its missing cells. */
  readonly count: number;
}

/** The cells of a column whose categories the training rows do not have. */
export interface UnseenCount {
  /** The name of the column. */
  readonly column: string;
  /** The number of these cells. */
  readonly count: number;
  /** The first of these cells. */
  readonly example: string;
  /** The index of its row. */
  readonly row: number;
}

/** Where features are written: row i begins at data[(i − from) · width + at]. */
export interface Target {
  readonly data: Float64Array;
  readonly width: number;
  /** The position of the column's first feature. */
  readonly at: number;
}

/** Some rows of a column. */
export interface Rows<C extends TypedColumn = TypedColumn> {
  readonly column: C;
  readonly from: number;
  readonly to: number;
  /** The index of row 0 of this part of the table. */
  readonly first: number;
}

/** Writes the features of a column. */
export interface ColumnWriter {
  /** Writes the rows from … to − 1. All entries are 0 before. */
  write(rows: Rows, target: Target): void;
  /** The counts of the rows that are written. */
  missing(): MissingCount | null;
  unseen(): UnseenCount | null;
  /** A sentence about the first cell that is an error. */
  problem(): string | null;
}

/** What the messages of a writer need. */
interface WriterOptions {
  readonly dialect: Dialect;
  readonly unseen: "other" | "error";
}

/** The writer of a column. */
export function columnWriter({ name, encoding }: DenseColumn, options: WriterOptions): ColumnWriter {
  if (encoding.type === "oneHot") return categoryWriter(encoding, name, options);
  return encoding.type === "number" ? numberWriter(encoding, name, options) : dateWriter(encoding, name, options);
}

const none = (): null => null;

/** Counts the missing cells of a column, and finds the first one. */
export function missingCells(name: string, isError: boolean, { dialect }: Pick<WriterOptions, "dialect">) {
  let count = 0;
  let first = -1;
  return {
    add(row: number): void {
      if (count === 0) first = row;
      count += 1;
    },
    missing: (): MissingCount | null => (count === 0 ? null : { column: name, count }),
    problem(): string | null {
      if (count === 0 || !isError) return null;
      const more = count === 1 ? "a cell is missing" : `${count} cells are missing, the first`;
      return (
        `column ${show(name)} must have no missing cells, but ${more} in ${dialect.locate(first)}. ` +
        "Supply the values, or leave out the rows."
      );
    },
  };
}

function numberWriter({ fill }: NumberEncoding, name: string, options: WriterOptions): ColumnWriter {
  const cells = missingCells(name, fill === null, options);
  let infinite: { readonly value: number; readonly row: number } | undefined;
  return {
    write({ column, from, to, first }, { data, width, at }) {
      const { values, start, step, kind } = column as NumberValues;
      const unit = kind === "time" ? HOUR : 1;
      for (let row = from, source = start + from * step, out = at; row < to; row++, source += step, out += width) {
        const x = values[source]!;
        if (x - x === 0) data[out] = unit === 1 ? x : x / unit;
        else if (!Number.isNaN(x)) infinite ??= { value: x, row: first + row };
        else {
          cells.add(first + row);
          if (fill === null) continue;
          data[out] = fill.value;
          if (fill.indicator) data[out + 1] = 1;
        }
      }
    },
    missing: cells.missing,
    unseen: none,
    problem() {
      if (infinite === undefined) return cells.problem();
      const cell = `${infinite.value} in ${options.dialect.locate(infinite.row)}`;
      return `column ${show(name)} must hold finite numbers, but it has ${cell}. Correct the cell.`;
    },
  };
}

function dateWriter({ origin, parts, levels, fill }: DateEncoding, name: string, options: WriterOptions): ColumnWriter {
  const cells = missingCells(name, fill === null, options);
  const own = new Float64Array(calendarParts.length);
  const positions = parts.map((part) => (part === "elapsed" ? -1 : calendarParts.indexOf(part)));
  const ofLevels = levels.map(({ part, value }) => ({ position: calendarParts.indexOf(part), value }));
  return {
    write({ column, from, to, first }, { data, width, at }) {
      const { values, start, step } = column as NumberValues;
      for (let row = from, source = start + from * step, out = at; row < to; row++, source += step, out += width) {
        let milliseconds = values[source]!;
        if (Number.isNaN(milliseconds)) {
          cells.add(first + row);
          if (fill === null) continue;
          milliseconds = fill.value;
          if (fill.indicator) data[out + parts.length + levels.length] = 1;
        }
        putCalendarParts(milliseconds, own);
        for (let k = 0; k < positions.length; k++) {
          const position = positions[k]!;
          data[out + k] = position < 0 ? (milliseconds - origin) / DAY : own[position]!;
        }
        for (let k = 0; k < ofLevels.length; k++) {
          const { position, value } = ofLevels[k]!;
          if (own[position] === value) data[out + positions.length + k] = 1;
        }
      }
    },
    missing: cells.missing,
    unseen: none,
    problem: cells.problem,
  };
}

function categoryWriter(
  { categories, rare, missing }: OneHotEncoding,
  name: string,
  options: WriterOptions,
): ColumnWriter {
  const cells = missingCells(name, missing === null, options);
  const positions = new Map(categories.map((text, position) => [text, position]));
  const isRare = new Set(rare);
  const others = rare.length > 0 ? categories.length : -1; // −1: all zeros
  const positionOf = (text: string): number => positions.get(text) ?? others;
  let known: readonly string[] | undefined;
  let ofCode = new Int32Array(0);
  let isUnseen: readonly boolean[] = [];
  let ofMissing = -1;
  if (missing === "feature") ofMissing = categories.length + (rare.length > 0 ? 1 : 0);
  else if (missing !== null && missing !== "zeros") ofMissing = positionOf(missing.category);
  let count = 0;
  let firstUnseen = { example: "", row: -1 };
  return {
    write({ column, from, to, first }, { data, width, at }) {
      const { codes, texts } = column as CategoryValues;
      if (texts !== known) {
        ofCode = Int32Array.from(texts, positionOf);
        isUnseen = texts.map((text) => !positions.has(text) && !isRare.has(text));
        known = texts;
      }
      for (let row = from, out = at; row < to; row++, out += width) {
        const code = codes[row]!;
        let position = ofMissing;
        if (code < 0) cells.add(first + row);
        else {
          position = ofCode[code]!;
          if (isUnseen[code]) {
            if (count === 0) firstUnseen = { example: texts[code]!, row: first + row };
            count += 1;
          }
        }
        if (position >= 0) data[out + position] = 1;
      }
    },
    missing: cells.missing,
    unseen: () => (count === 0 ? null : { column: name, count, ...firstUnseen }),
    problem() {
      if (count === 0 || options.unseen === "other") return cells.problem();
      const { dialect } = options;
      return (
        `column ${show(name)} must hold only categories of the training rows, but it has ${show(firstUnseen.example)} ` +
        `in ${dialect.locate(firstUnseen.row)}${count > 1 ? ` and ${count - 1} more such cells` : ""}. ` +
        `Correct the cells, or train with ${dialect.option("unseen", "other")}.`
      );
    },
  };
}
