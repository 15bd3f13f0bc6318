// Columns as labels: of a target, of users, of items. Numbers stay numbers, true and false stay what they are.
import type { Label } from "downhill";
import { DataError } from "../../errors/errors.ts";
import { show } from "../../errors/quoting.ts";
import { shellWord } from "../../terminal/shellWord.ts";
import { type Column, cell, type DataTable, kindNames, numberAt } from "../columns/column.ts";

/** What there is to know of a target before a model is chosen. */
export interface TargetFacts {
  /** Different values; counting ends at 10 001. */
  readonly distinct: number;
  readonly whole: boolean;
  readonly rows: number;
  /** Of numbers; NaN of text. */
  readonly smallest: number;
  readonly largest: number;
}

const ENOUGH = 10_001;

/** Looks through the values of a column. */
export function targetFactsOf(column: Column): TargetFacts {
  if (column.kind === "text") {
    const [distinct, rows] = [column.texts.length, column.codes.length];
    return { distinct, whole: false, rows, smallest: Number.NaN, largest: Number.NaN };
  }
  let [smallest, largest] = [Infinity, -Infinity];
  const seen = new Set<number>();
  let whole = true;
  const rows = column.values.length / column.step;
  for (let row = 0; row < rows; row++) {
    const value = numberAt(column, row);
    if (seen.size < ENOUGH) seen.add(value);
    if (!Number.isInteger(value)) whole = false;
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
  }
  return { distinct: seen.size, whole, rows, smallest, largest };
}

/**
 * The cells as labels.
 *
 * @throws DataError for a whole number too large for a double to tell from its neighbours
 */
export function labelsOf(command: string, column: Column, { rows, place }: DataTable): Label[] {
  if (column.kind === "number") {
    for (let row = 0; row < rows; row++) {
      const value = numberAt(column, row);
      if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) continue;
      throw new DataError(
        `${command}: labels in ${show(column.name)} must lie within ±2^53, got ${value} at ${place(row)}. ` +
          `Take them for categories with --column ${shellWord(`${column.name}:category`)}.`,
      );
    }
  }
  return Array.from({ length: rows }, (_, row) => cell(column, row));
}

/**
 * The cells as numbers.
 *
 * @throws DataError for another kind of column
 */
export function numbersOf(command: string, column: Column): Float64Array {
  if (column.kind === "number") {
    const { values, start, step } = column;
    return step === 1
      ? values.subarray(start)
      : Float64Array.from({ length: values.length / step }, (_, row) => numberAt(column, row));
  }
  throw new DataError(
    `${command}: column ${show(column.name)} must hold numbers, got ${kindNames[column.kind]}. ` +
      "Name another column, or correct the cells.",
  );
}
