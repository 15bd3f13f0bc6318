// What a table is read by: the columns that are wanted, and the reader of a file or a query.
import type { DataTable } from "../columns/column.ts";
import type { BadCells } from "./badCells.ts";

/** A column to read. */
export interface ColumnRequest {
  readonly name: string;
  /**
   * "text" is every cell as it is written; "written" is the same in a CSV file, and in others numbers stay numbers. "number"
   * is numbers where the cells are plain ones, else text. "exact" is the same, but text also where a number would not keep
   * the cells as they are written. "kept" is every cell as it is written, and an empty text where it is missing.
   */
  readonly as: "text" | "written" | "number" | "exact" | "kept";
  /** Whether the command cannot do without it. */
  readonly needed?: boolean;
  /** Whether it lies by itself rather than row by row with the features; a needed column does. */
  readonly apart?: boolean;
}

/** A file or a query whose columns are known. */
export interface Reader {
  readonly columns: readonly string[];
  /** Whether cells are parted by semicolons. */
  readonly semicolons: boolean;
  /** Reads columns to their end; those with bad cells have no meaning. */
  read(wanted: readonly ColumnRequest[]): Promise<Pick<DataTable, "rows" | "columns"> & { bad: readonly BadCells[] }>;
  /** Where a row (from 0) stands. */
  readonly place: (row: number) => string;
}
