import { show } from "../../../core/check.ts";
import type { Note, NumberValues } from "../../reading/typedTable.ts";
import type { Dialect } from "../../tableOptions.ts";
import type { ColumnStatistics } from "../columnStatistics.ts";

const FEWEST_ROWS = 50;
const WIDEST = 4; // a table that was divided at random keeps at least a quarter of its row numbers

/**
 * A warning about whole numbers that are all different and rise or fall from row to row, or that are so close together as row
 * numbers of a table whose rows were divided at random.
 */
export function identifierWarning(
  { column, statistics }: { readonly column: NumberValues; readonly statistics: ColumnStatistics },
  rows: number,
  dialect: Dialect,
): Note | null {
  const { missing, smallest, largest } = statistics;
  if (rows < FEWEST_ROWS || missing > 0 || !Number.isInteger(smallest) || !Number.isInteger(largest)) return null;
  if (largest - smallest < rows - 1) return null;
  const isDense = largest - smallest < WIDEST * rows && areDistinctIntegers(column, smallest, largest, rows);
  if (!isDense && !areOrderedIntegers(column, rows)) return null;
  const { name } = column;
  return {
    code: "identifier",
    column: name,
    text:
      `${show(name)} has a different whole number in each row, like row numbers or identifiers: ` +
      `if it does not describe the row, leave it out with ${dialect.ignore(name)}`,
    level: "warning",
  };
}

function areOrderedIntegers({ values, start, step }: NumberValues, rows: number): boolean {
  const sign = values[start + step]! > values[start]! ? 1 : -1;
  let previous = -Infinity;
  for (let row = 0, at = start; row < rows; row++, at += step) {
    const x = sign * values[at]!;
    if (!Number.isInteger(x) || x <= previous) return false;
    previous = x;
  }
  return true;
}

function areDistinctIntegers(
  { values, start, step }: NumberValues,
  smallest: number,
  largest: number,
  rows: number,
): boolean {
  const seen = new Uint8Array(largest - smallest + 1);
  for (let row = 0, at = start; row < rows; row++, at += step) {
    const x = values[at]!;
    if (!Number.isInteger(x) || seen[x - smallest] === 1) return false;
    seen[x - smallest] = 1;
  }
  return true;
}
