// The columns of the data that a run uses.
import type { TableData, TableOptions } from "downhill";
import { kindEntry, tables } from "./dataFields.ts";
import { drawnTable, generatedTable } from "./generatedTable.ts";
import { holdsOf } from "./holdsOf.ts";
import type { DataState, LabState } from "./labState.ts";

/** The columns of ratings. */
export interface RatingColumnNames {
  readonly user: string;
  readonly item: string;
  readonly rating: string;
}

/** The column to predict. */
export function targetOf(data: DataState): string {
  if (data.kind === "table") return tables[data.table].target;
  if (data.kind === "file") return data.target;
  return { classes: "class", numbers: "y", ratings: "rating" }[holdsOf(data)];
}

/** The columns of the ratings. */
export const ratingColumns = (data: DataState): RatingColumnNames =>
  data.kind === "file"
    ? { user: data.user, item: data.item, rating: data.target }
    : { user: "user", item: "item", rating: targetOf(data) };

/** The table of generated and drawn data; null for a table or a file, which the page reads. */
export function ownTable({ data, seeds }: LabState): TableData | null {
  if (data.kind === "generated") return generatedTable(data.generator, seeds.data);
  return data.kind === "drawn" ? drawnTable(data) : null;
}

/** The columns of a table that are neither features nor the target. */
export function unusedColumns(data: DataState, names: readonly string[]): string[] {
  if ((data.kind !== "table" && data.kind !== "file") || data.features.length === 0) return [];
  const used = new Set([...data.features, targetOf(data)]);
  return names.filter((name) => !used.has(name));
}

/** The options with which the library reads the table. A target of classes is read as categories, also if it has numbers. */
export function tableOptionsOf(data: DataState, names: readonly string[]): TableOptions {
  const target = targetOf(data);
  const kind = holdsOf(data) === "classes" ? "category" : "number";
  const { na = [], kinds = [] } = data.kind === "file" ? data : {};
  const ignore = unusedColumns(data, names);
  const others = kinds.flatMap((entry) => {
    const [column, other] = kindEntry(entry) ?? [];
    return column === undefined || column === target || ignore.includes(column) ? [] : [[column, other!] as const];
  });
  return {
    target,
    ignore,
    ...(na.length > 0 && { na }),
    columns: Object.fromEntries([...others, [target, kind] as const]),
  };
}
