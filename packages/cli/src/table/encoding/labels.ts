// Columns as labels (targets, users, items) or as numbers.
import type { Label } from "downhill";
import { DataError } from "../../errors/errors.ts";
import { show } from "../../errors/quoting.ts";
import { shellWord } from "../../terminal/shellWord.ts";
import { type Column, cell, type DataTable, kindNames, numberAt } from "../columns/column.ts";

/** The facts about a target that the choice of the model depends on. */
export interface TargetFacts {
  /** The number of different values; at most 10,001. */
  readonly distinct: number;
  /** Whether all values are whole numbers. */
  readonly integers: boolean;
  readonly rows: number;
  /** NaN for text. */
  readonly smallest: number;
  readonly largest: number;
}

const MAX_COUNTED = 10_001;

/** The facts about a column. */
export function targetFactsOf(column: Column): TargetFacts {
  if (column.kind === "text") {
    const [distinct, rows] = [column.texts.length, column.codes.length];
    return { distinct, integers: false, rows, smallest: Number.NaN, largest: Number.NaN };
  }
  let [smallest, largest] = [Infinity, -Infinity];
  const seen = new Set<number>();
  let integers = true;
  const rows = column.values.length / column.step;
  for (let row = 0; row < rows; row++) {
    const value = numberAt(column, row);
    if (seen.size < MAX_COUNTED) seen.add(value);
    if (!Number.isInteger(value)) integers = false;
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
  }
  return { distinct: seen.size, integers, rows, smallest, largest };
}

/**
 * The cells as labels.
 *
 * @throws DataError for a number beyond ±2^53, where a float64 cannot represent every whole number
 */
export function labelsOf(command: string, column: Column, { rows, locate }: DataTable): Label[] {
  if (column.kind === "number") {
    for (let row = 0; row < rows; row++) {
      const value = numberAt(column, row);
      if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) continue;
      throw new DataError(
        `${command}: labels in column ${show(column.name)} must be within ±2^53, but ${value} at ${locate(row)} is not. ` +
          (command === "train"
            ? `Read the column as categories with --column ${shellWord(`${column.name}:category`)}.`
            : "Correct the cell."),
      );
    }
  }
  return Array.from({ length: rows }, (_, row) => cell(column, row));
}

/**
 * The cells as numbers.
 *
 * @throws DataError for a column that does not hold numbers
 */
export function numbersOf(command: string, column: Column): Float64Array {
  if (column.kind === "number") {
    const { values, start, step } = column;
    return step === 1
      ? values.subarray(start)
      : Float64Array.from({ length: values.length / step }, (_, row) => numberAt(column, row));
  }
  throw new DataError(
    `${command}: column ${show(column.name)} must contain numbers, but it contains ${kindNames[column.kind]}. ` +
      "Use another column, or correct the cells.",
  );
}
