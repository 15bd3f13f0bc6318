import { show } from "../../../core/check.ts";
import { eachNumber, type TypedRows } from "../../reading/typedParts.ts";
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
  { column, statistics }: { readonly column: Pick<NumberValues, "name">; readonly statistics: ColumnStatistics },
  table: TypedRows,
  dialect: Dialect,
): Note | null {
  const { rows } = table;
  const { name } = column;
  const { missing, smallest, largest } = statistics;
  if (rows < FEWEST_ROWS || missing > 0 || !Number.isInteger(smallest) || !Number.isInteger(largest)) return null;
  if (largest - smallest < rows - 1) return null;
  const isDense = largest - smallest < WIDEST * rows && areDistinctIntegers(table, name, smallest, largest);
  if (!isDense && !areOrderedIntegers(table, name)) return null;
  return {
    code: "identifier",
    column: name,
    text:
      `${show(name)} has a different whole number in each row, like row numbers or identifiers: ` +
      `if it does not describe the row, leave it out with ${dialect.ignore(name)}`,
    level: "warning",
  };
}

/** Whether the numbers are integers that rise or fall from row to row. */
function areOrderedIntegers(table: TypedRows, name: string): boolean {
  let [previous, sign, isOrdered] = [Number.NaN, 0, true];
  eachNumber(table, name, (x, row) => {
    if (row === 1) sign = x > previous ? 1 : -1;
    isOrdered = Number.isInteger(x) && (row === 0 || sign * x > sign * previous);
    previous = x;
    return isOrdered;
  });
  return isOrdered;
}

const RANGE = 134_217_728; // integers that are compared in one pass over the rows: 16 MB of bits

/** Whether the numbers are integers that are all different. */
function areDistinctIntegers(table: TypedRows, name: string, smallest: number, largest: number): boolean {
  let isDistinct = true;
  for (let low = smallest; low <= largest && isDistinct; low += RANGE) {
    const seen = new Uint8Array(Math.ceil(Math.min(RANGE, largest - low + 1) / 8));
    eachNumber(table, name, (x) => {
      if (x < low || x >= low + RANGE) return true;
      const at = x - low;
      const [byte, bit] = [Math.floor(at / 8), 1 << (at % 8)];
      isDistinct = Number.isInteger(x) && (seen[byte]! & bit) === 0;
      seen[byte]! |= bit;
      return isDistinct;
    });
  }
  return isDistinct;
}
