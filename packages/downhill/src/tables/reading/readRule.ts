// How the cells of a column become values. A saved model contains these rules, so that it reads other rows in the same way.

/** The format of the numbers in a column of text. */
export interface NumberFormat {
  /** The mark before the digits of the fraction. */
  readonly decimal: "." | ",";
  /** The mark between groups of three digits; "" for none. */
  readonly group: string;
  /** The percent sign, currency sign or currency code of every number; "" for none. */
  readonly unit: string;
}

/**
 * The kind of a column. "date" has dates and timestamps, "time" has times of day, "ordinal" has categories with an order, and "words" has
 * texts whose words are counted.
 */
export type ColumnKind = "number" | "boolean" | "category" | "ordinal" | "date" | "time" | "words";

/** Whether the values of a column are its texts. */
export const isTextKind = (kind: ColumnKind): kind is "category" | "words" => kind === "category" || kind === "words";

/** How the cells of a column become values. JSON. */
export interface ReadRule {
  /** The kind of the column. */
  readonly kind: ColumnKind;
  /** The format of numbers that are written as text, if it is not the plain format. */
  readonly numbers?: NumberFormat;
  /** The format of dates or times that are not ISO 8601, such as "%d/%m/%Y". */
  readonly dates?: string;
  /** The order of the categories of an ordinal column; the first has the value 0. */
  readonly order?: readonly string[];
  /** The texts that are missing cells, in lower case and without spaces around them; the empty text always is one. */
  readonly missing: readonly string[];
}
