import { InputRangeError, InputTypeError, show } from "../../core/check.ts";
import type { Label } from "../../core/label.ts";
import type { Dialect } from "../tableOptions.ts";
import type { TypedColumn, TypedTable } from "./typedTable.ts";
import { isMissing } from "./valuesOf.ts";

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
  const lost = firstMissing(column, typed.rows);
  if (lost >= 0) {
    throw new InputRangeError(
      `${functionName}: the target ${show(name)} is missing at ${locate(lost)}. Remove the row or supply its target.`,
    );
  }
  if ("codes" in column) {
    const labels: Label[] = [];
    const { codes, texts } = column;
    for (let row = 0; row < typed.rows; row++) labels.push(texts[codes[row]!]!);
    return labels;
  }
  const { values, start, step, kind } = column;
  const at = (row: number): number => values[start + row * step]!;
  if (kind === "boolean") return Array.from({ length: typed.rows }, (_, row) => at(row) === 1);
  const numbers = new Float64Array(typed.rows);
  for (let row = 0; row < typed.rows; row++) numbers[row] = at(row);
  return numbers;
}

function firstMissing(column: TypedColumn, rows: number): number {
  if ("codes" in column) return column.codes.indexOf(-1);
  for (let row = 0; row < rows; row++) if (isMissing(column, row)) return row;
  return -1;
}
