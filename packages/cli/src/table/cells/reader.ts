// The interface of the readers of files and queries.
import type { CellTable } from "downhill";
import type { DataTable } from "../columns/column.ts";
import type { FileKind } from "../files/source.ts";
import type { BadCells } from "./badCells.ts";

/** A column to read. */
export interface ColumnRequest {
  readonly name: string;
  /**
   * The form of the column in memory:
   * - "text": every cell as text, as it is written;
   * - "written": the same for a CSV file; numbers of other files stay numbers;
   * - "number": numbers if all cells are plain numbers, otherwise text;
   * - "exact": the same, but text if a float64 would not keep the cells as they are written;
   * - "kept": every cell as text; a missing cell is an empty text.
   */
  readonly as: "text" | "written" | "number" | "exact" | "kept";
  /** Whether the command needs the column. */
  readonly needed?: boolean;
  /** Whether its numbers are stored in an array of their own, not in the matrix of the features. Needed columns always are. */
  readonly separate?: boolean;
}

/** A column to read as cells of the library. */
export interface CellRequest {
  readonly name: string;
  /**
   * Whether every cell is read as text, also if all cells are numbers. A fraction that is a whole number, such as 7.0, is "7" in a
   * source with types, unless it is read "asWritten" [false].
   */
  readonly asText?: boolean | "asWritten";
  /** Whether its numbers are stored in an array of their own, because the column will not be a feature [false]. */
  readonly separate?: boolean;
}

/** An open file or query. */
export interface Reader {
  readonly kind: FileKind | "query";
  readonly columns: readonly string[];
  /** DuckDB's types of the columns; empty for a CSV file, whose cells have no types. */
  readonly types: ReadonlyMap<string, string>;
  /** Whether the delimiter is a semicolon. */
  readonly semicolons: boolean;
  /** Reads all rows of some columns. The contents of columns with bad cells are undefined. */
  read(requests: readonly ColumnRequest[]): Promise<Pick<DataTable, "rows" | "columns"> & { bad: readonly BadCells[] }>;
  /** Reads all rows of some columns as cells of the library. */
  readCells(requests: readonly CellRequest[]): Promise<CellTable>;
  /** The location of a row (from 0) for messages. */
  readonly locate: (row: number) => string;
}
