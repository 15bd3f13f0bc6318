// The interface of the readers of files and queries.
import type { RunRanks } from "../../ranks/join.ts";
import type { CellSql } from "./cellSql.ts";

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

/** A column that was read. C is the form of its cells. */
export interface ReadColumn<C> {
  readonly name: string;
  readonly column: C;
  /** Whether a number is beyond ±2^53. There, a float64 cannot represent every whole number. */
  readonly large: boolean;
  /** Whether a cell is NaN or infinite. */
  readonly special: boolean;
}

/** The columns that were read, in the order of the request. */
export interface ReadTable<C> {
  readonly rows: number;
  readonly columns: readonly ReadColumn<C>[];
}

/** A column to read. */
export interface NamedCells {
  readonly name: string;
  readonly cells: CellSql;
  /** Whether its numbers are stored in an array of their own. */
  readonly separate: boolean;
}

/** The ranks that divide the rows of a table. */
export interface Division {
  readonly ranks: RunRanks;
  /** Runs the work in which a rank reads its rows. If it fails on one rank, it throws on all. */
  attempt<T>(work: () => Promise<T>): Promise<T>;
}

/** The rows to read. */
export interface RowsToRead {
  readonly relation: string;
  /** If it is set, the relation has only the rows of this rank. */
  readonly division?: Division | undefined;
}

/** Reads all rows of columns, those of other ranks too; throws DuckDB's error if they cannot be read. */
export type CellsReading<C> = (columns: readonly NamedCells[], rows: RowsToRead) => Promise<ReadTable<C>>;

/** Columns by their names. */
export interface ColumnsRead<C> {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, C>;
}

/** The columns by their names; those of `again` replace those of the same name. */
export function columnsOf<C>({ rows, columns }: ReadTable<C>, again: readonly ReadColumn<C>[]): ColumnsRead<C> {
  const table = new Map(columns.map(({ name, column }) => [name, column]));
  for (const { name, column } of again) table.set(name, column);
  return { rows, columns: table };
}

/** Reads columns a second time; reads nothing if there are none. */
export async function readAgain<C>(
  read: CellsReading<C>,
  columns: readonly NamedCells[],
  rows: RowsToRead,
): Promise<readonly ReadColumn<C>[]> {
  return columns.length === 0 ? [] : (await read(columns, rows)).columns;
}

/** An open file or query. */
export interface Reader {
  readonly columns: readonly string[];
  /** DuckDB's types of the columns; empty for a CSV file, whose cells have no types. */
  readonly types: ReadonlyMap<string, string>;
  /** Whether the delimiter is a semicolon. */
  readonly semicolons: boolean;
  /** Reads all rows of some columns, those of other ranks too. A column may be read twice, if its first cells look like numbers and later ones do not. */
  readColumns<C>(requests: readonly CellRequest[], read: CellsReading<C>): Promise<ColumnsRead<C>>;
  /** Advice for a table in which a column is not found, such as the option for another delimiter. */
  readonly hint?: string | undefined;
  /** The location of a row (from 0) for messages. */
  readonly locate: (row: number) => string;
}
