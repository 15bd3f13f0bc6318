// A column as read: numbers, truth values (0 or 1), or text as codes into its different values.

/** How a column's cells are to be understood. */
export type ColumnKind = "number" | "boolean" | "text";

export interface NumberColumn {
  readonly name: string;
  readonly kind: "number" | "boolean";
  readonly values: Float64Array;
}

export interface TextColumn {
  readonly name: string;
  readonly kind: "text";
  /** Per row a position in `texts`. */
  readonly codes: Uint32Array;
  /** The different values, in order of first appearance. */
  readonly texts: readonly string[];
}

export type Column = NumberColumn | TextColumn;

/** A table in memory, column by column, in the order of its rows. */
export interface DataTable {
  /** As the user named it: a file, or the query. */
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly Column[];
  /** Where a row (from 0) stands, for an error: "file.csv:17", or "row 17". */
  readonly place: (row: number) => string;
}

/** The cell of a row as a value of its own kind. */
export function cell(column: Column, row: number): string | number | boolean {
  if (column.kind === "text") return column.texts[column.codes[row]!]!;
  const value = column.values[row]!;
  return column.kind === "boolean" ? value === 1 : value;
}

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
