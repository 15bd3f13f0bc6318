// A column that only numbers the rows. In a table that is sorted by its target, it would be the best of all features.
import { type Column, numberAt } from "./column.ts";

const names =
  /^(?:column0|unnamed: ?\d+|(?:__)?index(?:_level_\d+(?:__)?)?|level_0|row[ ._-]?(?:name|number|num|nr|no|id|index)?s?|id|nr|no|\.\.\.1|#)$/i;

/** Whether a column's name is one that programs and people give to the numbers of rows. */
export const mayNumberRows = (name: string): boolean => names.test(name.trim());

/** Whether a column is named for the numbers of rows and holds 0, 1, 2, … or 1, 2, 3, … in order. */
export function numbersRows(column: Column, rows: number): boolean {
  if (column.kind !== "number" || !mayNumberRows(column.name)) return false;
  const first = numberAt(column, 0);
  if (first !== 0 && first !== 1) return false;
  for (let row = 1; row < rows; row++) if (numberAt(column, row) !== first + row) return false;
  return true;
}
