// A column in a few numbers, for the report: its cells need not be kept for it.
import { type Column, numberAt } from "./column.ts";

export type ColumnSummary =
  | { readonly name: string; readonly kind: "text"; readonly different: number }
  | {
      readonly name: string;
      readonly kind: "number" | "boolean";
      readonly smallest: number;
      readonly mean: number;
      readonly largest: number;
    };

/** The summary of a column of so many rows. */
export function summaryOf(column: Column, rows: number): ColumnSummary {
  const { name, kind } = column;
  if (column.kind === "text") return { name, kind: "text", different: column.texts.length };
  let [smallest, largest, mean] = [Infinity, -Infinity, 0];
  for (let row = 0; row < rows; row++) {
    const value = numberAt(column, row);
    smallest = Math.min(smallest, value);
    largest = Math.max(largest, value);
    mean += value / rows;
  }
  return { name, kind: kind as "number" | "boolean", smallest, mean, largest };
}
