// Columns that only number the rows. In a table sorted by its target such a column would seem to predict the target.
import { type Column, numberAt } from "./column.ts";

const names = new RegExp(
  [
    /column0|unnamed: ?\d+|(?:__)?index(?:_level_\d+(?:__)?)?|level_0|id|nr|no\.?|num|number|\.\.\.1|#/,
    /row[ ._-]?(?:names?|numbers?|num|nr|no|ids?|index)?s?\.?/,
    /(?:s|sl|sr|serial|line|seq|sequence|obs|observation|case|rec|record|sample)[ ._-]?(?:number|num|nr|no|id|index)\.?/,
    /.*[ ._-]id/,
  ]
    .map(({ source }) => `^(?:${source})$`)
    .join("|"),
  "i",
);
const endsInId = /[a-z]I[dD]$/; // PassengerId

/** Whether the name of a column is a usual name for row numbers. */
export const mayNumberRows = (name: string): boolean => names.test(name.trim()) || endsInId.test(name.trim());

/** Whether a column has a usual name for row numbers, and counts up or down by 1 from any whole number. */
export function numbersRows(column: Column, rows: number): boolean {
  if (column.kind !== "number" || rows < 2 || !mayNumberRows(column.name)) return false;
  const first = numberAt(column, 0);
  const step = numberAt(column, 1) - first;
  if (!Number.isInteger(first) || Math.abs(step) !== 1) return false;
  for (let row = 1; row < rows; row++) if (numberAt(column, row) !== first + step * row) return false;
  return true;
}
