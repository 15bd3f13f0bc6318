// The rows that a model can be trained on.

import type { ColumnHead } from "../reading/typedParts.ts";
import type { Note, TypedColumn, TypedTable } from "../reading/typedTable.ts";
import { isMissing } from "../reading/valuesOf.ts";
import type { Dialect, TableOptions } from "../tableOptions.ts";

/** The rows to train on, and the numbers of the others. */
export interface UsableRows {
  /** Their indices; null for all rows. */
  readonly rows: Uint32Array | null;
  /** The number of rows that were left out, because their target is missing. */
  readonly withoutTarget: number;
  /** The number of rows that were left out by the rule "leaveOut". */
  readonly leftOut: number;
}

/** The rows whose target is known and whose cells are not missing in a column with the rule "leaveOut". */
export function usableRows(typed: TypedTable, options: TableOptions): UsableRows {
  const { target, weight, group } = options;
  const required = typed.columns.filter(
    (column) =>
      ![target, weight, group].includes(column.name) && leavesOut(column, options) && !isEmpty(column, typed.rows),
  );
  return usableRowsWith(typed, { target, required: required.map(({ name }) => name) });
}

/** The rows whose target is known and that have a value in some other columns. */
export function usableRowsWith(
  typed: TypedTable,
  { target, required }: { readonly target: string; readonly required: readonly string[] },
): UsableRows {
  const isUnusable = new Uint8Array(typed.rows);
  const markMissing = (column: TypedColumn): number => {
    let count = 0;
    for (let row = 0; row < typed.rows; row++) {
      if (isUnusable[row] === 1 || !isMissing(column, row)) continue;
      isUnusable[row] = 1;
      count++;
    }
    return count;
  };
  const total = (columns: readonly TypedColumn[]): number =>
    columns.reduce((sum, column) => sum + markMissing(column), 0);
  const withoutTarget = total(typed.columns.filter(({ name }) => name === target));
  const leftOut = total(typed.columns.filter(({ name }) => required.includes(name)));
  if (withoutTarget + leftOut === 0) return { rows: null, withoutTarget, leftOut };
  const rows = new Uint32Array(typed.rows - withoutTarget - leftOut);
  let count = 0;
  for (let row = 0; row < typed.rows; row++) if (isUnusable[row] === 0) rows[count++] = row;
  return { rows, withoutTarget, leftOut };
}

/** Whether the rows with a missing cell in a column are left out. */
export function leavesOut({ name }: ColumnHead, { columns = {}, missing }: TableOptions): boolean {
  const own = Object.hasOwn(columns, name) ? columns[name]! : {};
  return ((typeof own === "object" ? own.missing : undefined) ?? missing) === "leaveOut";
}

/** Whether all cells are missing. Such a column is not used, so that it leaves out no rows. */
function isEmpty(column: TypedColumn, rows: number): boolean {
  for (let row = 0; row < rows; row++) if (!isMissing(column, row)) return false;
  return true;
}

/** The sentences about rows that were left out. */
export function notesOnRows({ withoutTarget, leftOut }: UsableRows, target: string): Note[] {
  const note = (count: number, code: string, column: string | null, why: string): Note[] => {
    if (count === 0) return [];
    const text = count === 1 ? `1 row is left out, because ${why}` : `${count} rows are left out, because ${why}`;
    return [{ code, column, text, level: "information" }];
  };
  return [
    ...note(withoutTarget, "missing-target", target, "the target is missing"),
    ...note(leftOut, "missing-cell", null, 'a cell is missing in a column with the rule "leaveOut"'),
  ];
}

/** The dialect for some rows: it locates row i as the original row `rows[i]`. */
export const dialectOfRows = (dialect: Dialect, rows: Uint32Array): Dialect => ({
  ...dialect,
  locate: (row) => dialect.locate(rows[row]!),
});
