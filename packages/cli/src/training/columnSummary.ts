// The facts about a column that the report shows, so that its cells need not stay in memory.
import type { TypedColumn, TypedTable } from "downhill";

/** The kind of a column with its range and mean, or with the number of its different values. */
export type ColumnSummary =
  | { readonly name: string; readonly kind: "category"; readonly different: number }
  | {
      readonly name: string;
      readonly kind: Exclude<TypedColumn["kind"], "category">;
      readonly smallest: number;
      readonly mean: number;
      readonly largest: number;
    };

/** The summary of a column. Missing cells do not count. */
export function summaryOf(column: TypedColumn): ColumnSummary {
  const { name, kind } = column;
  if (kind === "category") return { name, kind, different: column.texts.length };
  const { values, start, step } = column;
  let [smallest, largest, sum, count] = [Infinity, -Infinity, 0, 0];
  for (let at = start; at < values.length; at += step) {
    const value = values[at]!;
    if (Number.isNaN(value)) continue;
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
    sum += value;
    count++;
  }
  return { name, kind, smallest, mean: sum / count, largest };
}

/** The summaries of the columns of a table. */
export const summariesOf = ({ columns }: TypedTable): ColumnSummary[] => columns.map(summaryOf);
