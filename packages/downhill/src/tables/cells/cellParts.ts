// A table before anything is decided about its columns, whose rows come in parts.
import type { CellTable, NumberCells, OtherCells, TextCells, TimeCells } from "./cellColumn.ts";

/** The different texts of a column. */
export interface TextFacts {
  /** The type of the cells. */
  readonly type: TextCells["type"];
  /** The different texts as they are written, in the order of their first rows. */
  readonly texts: readonly string[];
  /** The number of cells of each text. */
  readonly counts: Uint32Array;
  /** The first row of each text. */
  readonly firstRows: Float64Array;
}

/** Facts about the cells of a column of numbers, truth values or times. */
export interface ValueFacts {
  /** The type of the cells. */
  readonly type: NumberCells["type"] | TimeCells["type"];
  /** Whether at least one cell is not missing. */
  readonly present: boolean;
  /** Whether no cell is infinite. */
  readonly finite: boolean;
}

/** What is known of all cells of a column. */
export type CellColumnFacts = TextFacts | ValueFacts | OtherCells;

/** A table in parts. */
export interface CellParts {
  /** The number of rows. */
  readonly rows: number;
  /** The columns in the order of the source. */
  readonly columns: ReadonlyMap<string, CellColumnFacts>;
  /** Whether the source is a file with semicolons as delimiters [false]. */
  readonly semicolons?: boolean;
  /**
   * The parts in the order of the rows, each with the columns of these names. The codes of texts are indices of `texts` of the
   * column's facts. Each call begins with the first row.
   */
  parts(names: readonly string[]): Iterable<CellTable>;
  /** How processes that have the same parts divide work [each process does all work]. */
  readonly share?: ShareWork;
}

/**
 * Divides work on items, such as columns, among processes that call it with the same items: `work` returns a result for each item of this
 * process. Returns the results of all items.
 */
export type ShareWork = <T, R>(items: readonly T[], work: (items: readonly T[]) => readonly R[]) => readonly R[];
