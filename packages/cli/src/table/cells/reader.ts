// The interface of the readers of files and queries.
import type { CellTable } from "downhill";

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
  readonly columns: readonly string[];
  /** DuckDB's types of the columns; empty for a CSV file, whose cells have no types. */
  readonly types: ReadonlyMap<string, string>;
  /** Whether the delimiter is a semicolon. */
  readonly semicolons: boolean;
  /** Reads all rows of some columns as cells of the library; with `shared` into memory that threads can share. */
  readCells(requests: readonly CellRequest[], shared?: boolean): Promise<CellTable>;
  /** Advice for a table in which a column is not found, such as the option for another delimiter. */
  readonly hint?: string | undefined;
  /** The location of a row (from 0) for messages. */
  readonly locate: (row: number) => string;
}
