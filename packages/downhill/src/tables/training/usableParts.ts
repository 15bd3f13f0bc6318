// The rows of a table in parts that a model can be trained on.
import type { Label } from "../../core/label.ts";
import { libraryDialect } from "../libraryDialect.ts";
import { takeRows } from "../reading/takeRows.ts";
import { targetOf } from "../reading/targetOf.ts";
import { partsOf, type TypedParts } from "../reading/typedParts.ts";
import type { TypedTable } from "../reading/typedTable.ts";
import { isMissing } from "../reading/valuesOf.ts";
import type { TableOptions } from "../tableOptions.ts";
import { dialectOfRows, leavesOut, type UsableRows, usableRowsWith } from "./usableRows.ts";
import { weightsOf } from "./weightsOf.ts";

/** The rows of a part that a model can be trained on. */
export interface UsablePart extends UsableRows {
  /** The columns, with these rows only. */
  readonly typed: TypedTable;
  /** One label or number per row. */
  readonly y: Float64Array | readonly Label[];
  /** One weight per row; undefined without a column of weights. */
  readonly weights: Float64Array | undefined;
}

/**
 * The parts of a table with the rows that a model can be trained on: those whose target is known, and whose cells are not missing in a
 * column with the rule "leaveOut".
 *
 * @param table  made by `readTableInParts` with the same options
 * @param names  the columns that the parts need besides the target
 * @throws TypeError or RangeError for a wrong weight
 */
export function* usableParts(
  table: TypedParts,
  names: readonly string[],
  options: TableOptions,
): Generator<UsablePart, void> {
  const { target, weight, group, dialect = libraryDialect("fit") } = options;
  const roles = [target, weight, group].filter((name) => name !== undefined);
  const required = table.columns.filter((column) => !roles.includes(column.name) && leavesOut(column, options));
  const filled = required.map(({ name }) => name).filter((name) => hasValue(table, name));
  const own = weight === undefined ? [target] : [target, weight];
  let first = 0;
  for (const part of table.parts([...new Set([...own, ...filled, ...names])])) {
    const usable = usableRowsWith(part, { target, required: filled });
    const typed = usable.rows === null ? part : takeRows(part, usable.rows);
    const start = first;
    const rowOf = (row: number): number => table.rowOf?.(start + row) ?? start + row;
    const at = { ...dialect, locate: (row: number) => dialect.locate(rowOf(row)) };
    const located = usable.rows === null ? at : dialectOfRows(at, usable.rows);
    yield {
      ...usable,
      typed,
      y: targetOf(typed, target, located),
      weights: weight === undefined ? undefined : weightsOf(typed, weight, located),
    };
    first += part.rows;
  }
}

function hasValue(table: TypedParts, name: string): boolean {
  for (const { rows, columns } of partsOf(table, [name])) {
    for (let row = 0; row < rows; row++) if (!isMissing(columns[0]!, row)) return true;
  }
  return false;
}
