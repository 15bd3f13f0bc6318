// A column as read: numbers, truth values (0 or 1), or text as codes into its different values.

/** How a column's cells are to be understood. */
export type ColumnKind = "number" | "boolean" | "text";

/** How the numbers of a column are spread. */
export interface Spread {
  readonly smallest: number;
  readonly mean: number;
  readonly largest: number;
}

/** Numbers, one per row, every `step` places of `values` from `start`: columns that are read together lie row by row. */
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
  /** Per row a position in `texts`. */
  readonly codes: Uint32Array;
  /** The different values, in order of first appearance; of a column that is only written again, one for each row. */
  readonly texts: readonly string[];
}

export type Column = NumberColumn | TextColumn;

/** A table in memory, column by column, in the order of its rows. */
export interface DataTable {
  /** As the user named it: a file, or the query. */
  readonly name: string;
  readonly kind: "csv" | "parquet" | "json" | "query";
  /** Whether it is a CSV file whose cells are parted by semicolons, as where numbers have decimal commas. */
  readonly semicolons: boolean;
  readonly rows: number;
  readonly columns: readonly Column[];
  /** Where a row (from 0) stands, for an error: "file.csv:17", or "row 17". */
  readonly place: (row: number) => string;
}

/** What each kind of column holds, in words. */
export const kindNames = { number: "numbers", boolean: "true and false", text: "text" } as const;

/** A column of numbers that lie one after another. */
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

/** The column of a name, which the table has. */
export const columnOf = ({ columns }: DataTable, wanted: string): Column =>
  columns.find(({ name }) => name === wanted)!;

/** Text order by code points, the same everywhere. */
export function byCodePoints(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const off = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!;
    if (off !== 0) return off;
  }
  return left.length - right.length;
}
