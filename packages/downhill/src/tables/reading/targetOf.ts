import { InputRangeError, InputTypeError, show } from "../../core/check.ts";
import type { Label } from "../../core/label.ts";
import type { Dialect } from "../tableOptions.ts";
import type { TypedColumn, TypedTable } from "./typedTable.ts";
import { categoryAt, isMissing } from "./valuesOf.ts";

/** A column of a table by its name. @throws TypeError if the table does not have it */
export function columnOf({ columns }: TypedTable, name: string, functionName: string): TypedColumn {
  const column = columns.find((each) => each.name === name);
  if (column !== undefined) return column;
  throw new InputTypeError(`${functionName}: the table must have the column ${show(name)}. Add this column.`);
}

/**
 * The target of each row: numbers of a column of numbers, true and false of a column of booleans, or text.
 *
 * @throws RangeError for a missing cell
 */
export function targetOf(typed: TypedTable, name: string, { functionName, locate }: Dialect): Float64Array | Label[] {
  const column = columnOf(typed, name, functionName);
  for (let row = 0; row < typed.rows; row++) {
    if (!isMissing(column, row)) continue;
    throw new InputRangeError(
      `${functionName}: the target ${show(name)} is missing at ${locate(row)}. Remove the row or supply its target.`,
    );
  }
  if (column.kind === "category") {
    const labels: Label[] = [];
    for (let row = 0; row < typed.rows; row++) labels.push(categoryAt(column, row)!);
    return labels;
  }
  const { values, start, step, kind } = column;
  const at = (row: number): number => values[start + row * step]!;
  if (kind === "boolean") return Array.from({ length: typed.rows }, (_, row) => at(row) === 1);
  const numbers = new Float64Array(typed.rows);
  for (let row = 0; row < typed.rows; row++) numbers[row] = at(row);
  return numbers;
}
