// The columns of a table before anything is decided about them.

/** A cell of a record. Null, undefined, NaN and the empty text are missing cells. */
export type Cell = number | string | boolean | bigint | Date | null | undefined;

/**
 * Numbers, or truth values as 0 and 1: row i is `values[start + i * step]`, and NaN is a missing cell. Columns that were read
 * together can share one row-major array.
 */
export interface NumberCells {
  /** Whether the values are numbers or truth values. */
  readonly type: "number" | "boolean";
  /** The cells of this column, and of others if columns share the array. */
  readonly values: Float64Array;
  /** The index of the first row's cell. */
  readonly start: number;
  /** The distance between the cells of neighbouring rows. */
  readonly step: number;
}

/** Texts: row i is `texts[codes[i]]`, and the code −1 is a missing cell. The texts are distinct and as they are written. */
export interface TextCells {
  /** The type of the cells. */
  readonly type: "text";
  /** The index of each row's text, or −1. */
  readonly codes: Int32Array;
  /** The different texts. */
  readonly texts: readonly string[];
}

/** Points in time. NaN is a missing cell. */
export interface TimeCells {
  /** "date" and "timestamp" have no time zone; the time of an "instant" is in UTC; "time" is a time of day. */
  readonly type: "date" | "timestamp" | "instant" | "time";
  /** Milliseconds since 1970-01-01T00:00, or since midnight for "time". */
  readonly milliseconds: Float64Array;
}

/** A column that has no cells of the kinds above: lists, structs, bytes. It can only be left out. */
export interface OtherCells {
  /** The type of the cells. */
  readonly type: "other";
  /** What the cells are, such as "lists". */
  readonly contents: string;
}

/** The cells of one column. */
export type CellColumn = NumberCells | TextCells | TimeCells | OtherCells;

/** A table in memory: its columns in the order of the source. */
export interface CellTable {
  /** The number of rows. */
  readonly rows: number;
  /** The columns by their names. */
  readonly columns: ReadonlyMap<string, CellColumn>;
  /** Whether the source is a file with semicolons as delimiters: there, the comma of 1,234 is a decimal comma [false]. */
  readonly semicolons?: boolean;
}
