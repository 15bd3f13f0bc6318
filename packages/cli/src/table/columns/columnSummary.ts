// The facts about a column that the report shows, so that its cells need not stay in memory.
import type { Column, Spread } from "./column.ts";

export type ColumnSummary =
  | { readonly name: string; readonly kind: "text"; readonly different: number }
  | ({ readonly name: string; readonly kind: "number" | "boolean" } & Spread);

/** The summary of a column. */
export const summaryOf = (column: Column): ColumnSummary =>
  column.kind === "text"
    ? { name: column.name, kind: column.kind, different: column.texts.length }
    : { name: column.name, kind: column.kind, ...column.spread };
