// Some rows of a table in parts.
import { takeRows } from "./takeRows.ts";
import type { TypedParts } from "./typedParts.ts";
import type { TypedTable } from "./typedTable.ts";

/** Which rows of a table are chosen: for each row from `first` on, 1 or 0. Valid until the next call. */
export type RowChoice = (first: number, rows: number) => Uint8Array;

/** The chosen rows of a table in parts. */
export function chosenRows(table: TypedParts, count: number, chosen: RowChoice): TypedParts {
  return {
    ...table,
    rows: count,
    rowOf: (index) => (table.rowOf ?? ((row) => row))(rowAt(table.rows, chosen, index)),
    *parts(names) {
      let first = 0;
      for (const part of table.parts(names)) {
        const rows = indicesOf(chosen(first, part.rows));
        first += part.rows;
        if (rows.length > 0) yield rows.length === part.rows ? part : (takeRows(part, rows) as TypedTable);
      }
    },
  };
}

/** The positions of the ones. */
function indicesOf(flags: Uint8Array): Uint32Array {
  const rows = new Uint32Array(flags.length);
  let count = 0;
  for (let row = 0; row < flags.length; row++) if (flags[row] === 1) rows[count++] = row;
  return rows.subarray(0, count);
}

const BLOCK = 65_536;

/** The row with an index among the chosen rows. */
function rowAt(rows: number, chosen: RowChoice, index: number): number {
  let left = index;
  for (let first = 0; first < rows; first += BLOCK) {
    const found = indicesOf(chosen(first, Math.min(BLOCK, rows - first)));
    if (left < found.length) return first + found[left]!;
    left -= found.length;
  }
  return rows;
}
