import type { ReadRule } from "./readRule.ts";

/** Values as numbers: row i is `values[start + i * step]`, and NaN is a missing cell. */
export interface NumberValues {
  /** The name of the column. */
  readonly name: string;
  /**
   * "boolean": 0 or 1; "ordinal": the position in the order; "date": milliseconds since 1970-01-01T00:00; "time": milliseconds
   * since midnight.
   */
  readonly kind: "number" | "boolean" | "ordinal" | "date" | "time";
  /** The memory that contains the values, and perhaps those of other columns. */
  readonly values: Float64Array;
  /** The position of the value of row 0. */
  readonly start: number;
  /** The distance between the values of two rows. */
  readonly step: number;
}

/** Categories, or texts with words: row i is `texts[codes[i]]`, and the code −1 is a missing cell. The texts are distinct and trimmed. */
export interface CategoryValues {
  /** The name of the column. */
  readonly name: string;
  /** The kind of the column. */
  readonly kind: "category" | "words";
  /** The position in `texts` of each row's value. */
  readonly codes: Int32Array;
  /** The different values. */
  readonly texts: readonly string[];
}

/** The values of a column whose kind is decided. */
export type TypedColumn = NumberValues | CategoryValues;

/** A column that is not used, and the reason as a sentence. */
export interface LeftOut {
  /** The name of the column. */
  readonly name: string;
  /** The reason. */
  readonly note: Note;
}

/** A sentence about a column, for people, with a code for programs. */
export interface Note {
  /** The kind of the note, such as "identifier" or "possible-leak". */
  readonly code: string;
  /** The column; null if the note is about the table. */
  readonly column: string | null;
  /** A whole sentence without its full stop. */
  readonly text: string;
  /** "warning": the result may be wrong or useless; "information": a decision that the user may want to change. */
  readonly level: "information" | "warning";
}

/** A table whose columns have kinds, and whose cells are values. */
export interface TypedTable {
  /** The number of rows. */
  readonly rows: number;
  /** The columns that can be used, in the order of the source. */
  readonly columns: readonly TypedColumn[];
  /** How each of these columns was read. */
  readonly rules: ReadonlyMap<string, ReadRule>;
  /** The columns that cannot be used. */
  readonly leftOut: readonly LeftOut[];
  /** Decisions and warnings about the columns that can be used. */
  readonly notes: readonly Note[];
}

/** Whether a table is read already. */
export const isTypedTable = (data: object): data is TypedTable => "rules" in data && data.rules instanceof Map;
