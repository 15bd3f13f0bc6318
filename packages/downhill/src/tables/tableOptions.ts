import type { ColumnKind } from "./reading/readRule.ts";

/** What replaces the missing cells of a column; "leaveOut" leaves out the rows, "error" throws. */
export type MissingRule =
  | "median"
  | "mean"
  | "mostFrequent"
  | "category"
  | "leaveOut"
  | "error"
  | {
      /** The value of a missing cell, as a cell of the column has it: a number, a category, or the text of a date. */
      readonly constant: number | string;
    };

/** Options of one column. */
export interface ColumnOptions {
  /** The kind [decided from all cells]. */
  readonly kind?: ColumnKind;
  /** The format of dates or times, such as "%d/%m/%Y" [ISO 8601]; `dateCodes` are its codes. */
  readonly format?: string;
  /** The categories of an ordinal column, the lowest first. */
  readonly order?: readonly string[];
  /**
   * What replaces missing cells [numbers, dates and times: the median of the training rows, and a column that shows where
   * cells were missing; booleans: the most frequent value and such a column; categories: a category of their own; words: no words].
   */
  readonly missing?: MissingRule;
  /** The largest number of categories; the rarer ones become one category "other" [64]. */
  readonly maxCategories?: number;
  /** The number of buckets of the words, a power of two [262144]. */
  readonly buckets?: number;
  /** Seed of the hash that gives each word its bucket, a whole number [0]. */
  readonly seed?: number;
}

/** How a table is read and prepared. */
export interface TableOptions {
  /** The column to predict. */
  readonly target: string;
  /** Columns that are not used. */
  readonly ignore?: readonly string[];
  /** A column whose equal values belong together: a split never divides a group. It is not a feature. */
  readonly group?: string;
  /** A column with the weight of each row, numbers ≥ 0. It is not a feature. */
  readonly weight?: string;
  /** The kind of a column, or its options, by the name of the column. */
  readonly columns?: Readonly<Record<string, ColumnKind | ColumnOptions>>;
  /** The rule for the missing cells of all columns that have no rule of their own. */
  readonly missing?: MissingRule;
  /** Further texts that are missing cells in every column, such as "unknown". */
  readonly na?: readonly string[];
  /** An unseen category: "other" encodes it as the other category, or as zeros; "error" throws ["other"]. */
  readonly unseen?: "other" | "error";
  /** Further columns: "quadratic" for squares and products, "splines" for natural cubic splines of the numbers [none]. */
  readonly expand?: "quadratic" | "splines";
  /** How messages name rows and options [as in the library]. The command has its own. */
  readonly dialect?: Dialect;
}

/** How messages name a row and the options that help. */
export interface Dialect {
  /** The start of each message, such as "fit". */
  readonly functionName: string;
  /** The location of a row (from 0), such as "row 3" or "people.csv:5". */
  locate(row: number): string;
  /** How to set an option of a column: `columns: { zip: "category" }`, or `--column zip:category`. */
  column(name: string, option: "kind" | "format" | "missing", value: string): string;
  /** How to leave columns out: `ignore: ["id"]`, or `--drop id`. */
  ignore(...names: readonly string[]): string;
  /** How to set another option: `na: ["unknown"]`, or `--na unknown`. Only "na" can have several values. */
  option(name: "na" | "unseen", ...values: readonly string[]): string;
}
