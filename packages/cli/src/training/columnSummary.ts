// The facts about a column that the report shows, so that its cells need not stay in memory.
import type { TypedColumn, TypedTable } from "downhill";

/** The kind of a column with its range and mean, or with the number of its different values. */
export type ColumnSummary =
  | { readonly name: string; readonly kind: "category" | "words"; readonly different: number }
  | {
      readonly name: string;
      readonly kind: Exclude<TypedColumn["kind"], "category" | "words">;
      readonly smallest: number;
      readonly mean: number;
      readonly largest: number;
    };

const BLOCK = 1024; // rows that are processed for all columns before the next rows, so that a shared array stays in the cache

/** The summaries of the columns of a table. Missing cells do not count. */
export function summariesOf({ columns, rows }: TypedTable): ColumnSummary[] {
  const found = columns.map(startSummary);
  for (let from = 0; from < rows; from += BLOCK) {
    for (const { add } of found) add(from, Math.min(rows, from + BLOCK));
  }
  return found.map(({ summary }) => summary());
}

interface StartedSummary {
  /** Adds the rows from … to − 1. */
  add(from: number, to: number): void;
  summary(): ColumnSummary;
}

function startSummary(column: TypedColumn): StartedSummary {
  if ("codes" in column) {
    const { name, kind, texts } = column;
    return { add() {}, summary: () => ({ name, kind, different: texts.length }) };
  }
  const { name, kind, values, start, step } = column;
  let total = { smallest: Infinity, largest: -Infinity, sum: 0, count: 0 };
  return {
    add(from, to) {
      let { smallest, largest, sum, count } = total;
      for (let at = start + from * step, end = start + to * step; at < end; at += step) {
        const value = values[at]!;
        if (Number.isNaN(value)) continue;
        if (value < smallest) smallest = value;
        if (value > largest) largest = value;
        sum += value;
        count++;
      }
      total = { smallest, largest, sum, count };
    },
    summary: () => ({ name, kind, smallest: total.smallest, mean: total.sum / total.count, largest: total.largest }),
  };
}
