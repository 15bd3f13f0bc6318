// A column in memory: numbers, truth values (0 or 1), or text as codes into the list of its different values.

/** The kind of a column's cells. */
export type ColumnKind = "number" | "boolean" | "text";

/** The range and the mean of a column of numbers. */
export interface Spread {
  readonly smallest: number;
  readonly mean: number;
  readonly largest: number;
}

/** Numbers, one per row: row i is `values[start + i * step]`. Columns that are read together share one row-major array. */
export interface NumberColumn {
  readonly name: string;
  readonly kind: "number" | "boolean";
  readonly values: Float64Array;
  readonly start: number;
  readonly step: number;
  readonly spread: Spread;
}

export interface TextColumn {
  readonly name: string;
  readonly kind: "text";
  /** The index in `texts` of each row. */
  readonly codes: Uint32Array;
  /** The different values, in order of first appearance; of a column that is only written again, one for each row. */
  readonly texts: readonly string[];
}

export type Column = NumberColumn | TextColumn;

/** A table in memory. */
export interface DataTable {
  /** DATA as the user wrote it: a file, or the query. */
  readonly name: string;
  readonly kind: "csv" | "parquet" | "json" | "query";
  /** Whether it is a CSV file with semicolons as delimiters. Such files often have decimal commas. */
  readonly semicolons: boolean;
  readonly rows: number;
  readonly columns: readonly Column[];
  /** The location of a row (from 0) for an error message: "file.csv:17", or "row 17". */
  readonly locate: (row: number) => string;
}

/** The content of each kind of column, for messages. */
export const kindNames = { number: "numbers", boolean: "true and false", text: "text" } as const;

/** A column of numbers in an array of its own. */
export const numberColumn = (name: string, kind: NumberColumn["kind"], values: Float64Array): NumberColumn => ({
  name,
  kind,
  values,
  start: 0,
  step: 1,
  spread: spreadOf(values),
});

function spreadOf(values: Float64Array): Spread {
  let [smallest, largest, sum] = [Infinity, -Infinity, 0];
  for (const value of values) {
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
    sum += value;
  }
  return { smallest, mean: sum / values.length, largest };
}

/** The number of a row. */
export const numberAt = ({ values, start, step }: NumberColumn, row: number): number => values[start + row * step]!;

/** The cell of a row as a value of its own kind. */
export function cell(column: Column, row: number): string | number | boolean {
  if (column.kind === "text") return column.texts[column.codes[row]!]!;
  const value = numberAt(column, row);
  return column.kind === "boolean" ? value === 1 : value;
}

/** The column of a name; the table must have it. */
export const columnOf = (table: DataTable, name: string): Column =>
  table.columns.find((column) => column.name === name)!;

/** Compares texts by code points, so that the order does not depend on the system's language. */
export function byCodePoints(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
