// The rows that a model is trained or evaluated on: features with targets, or ratings.
import { type AnyMatrix, type ClassPredictions, type Label, countLabels as newCounts, type Pairs } from "downhill";
import type { StoredRatingRows } from "./storedRatings.ts";
import type { StoredTable } from "./storedTable.ts";

/** Features with one label per row. */
export interface LabelledRows {
  readonly task: "classification";
  readonly X: AnyMatrix;
  /** The names of the columns in messages and in the report, if X has no names. */
  readonly columnNames?: readonly string[];
  readonly y: readonly Label[];
  /** The weight of each row in the training. */
  readonly weights?: Float64Array;
  /** All rows, if these are a sample. */
  readonly stored?: StoredTable;
}

/** Features with one number per row. */
export interface NumberedRows {
  readonly task: "regression";
  readonly X: AnyMatrix;
  /** The names of the columns in messages and in the report, if X has no names. */
  readonly columnNames?: readonly string[];
  readonly y: Float64Array;
  /** The weight of each row in the training. */
  readonly weights?: Float64Array;
  /** All rows, if these are a sample. */
  readonly stored?: StoredTable;
}

/** Ratings, or pairs of implicit feedback. */
export interface RatingRows extends Pairs {
  readonly task: "ratings";
  readonly users: readonly Label[];
  readonly items: readonly Label[];
  /** Null for implicit feedback. */
  readonly ratings: Float64Array | null;
  /** The held-out pairs of user and item. They are rated too, so they are not recommended. */
  readonly seen?: Pairs;
  /** All ratings, if these are those of some users. */
  readonly stored?: StoredRatingRows;
}

/** The predictions of rows with their targets, without the features. */
export type PredictedRows =
  | { readonly task: "classification"; readonly predictions: ClassPredictions; readonly y: readonly Label[] }
  | { readonly task: "regression"; readonly predictions: Float64Array; readonly y: Float64Array };

export type Rows = LabelledRows | NumberedRows | RatingRows;

/** The number of rows, of all rows if only a sample is in memory. */
export const countOf = (rows: Rows | PredictedRows): number => {
  if (rows.task === "ratings") return rows.stored?.rows ?? rows.users.length;
  return "X" in rows && rows.stored ? rows.stored.rows : rows.y.length;
};

const known = new WeakMap<ArrayLike<Label>, ReadonlyMap<Label, number>>();

/** The number of rows of each label, in the order of first appearance. The labels of an array are counted once. */
export function countLabels(labels: ArrayLike<Label>): ReadonlyMap<Label, number> {
  const counts = known.get(labels) ?? newCounts(labels);
  known.set(labels, counts);
  return counts;
}

/** The number of rows of each class, of all rows if only a sample is in memory. */
export const classCounts = ({ y, stored }: LabelledRows): ReadonlyMap<Label, number> =>
  stored?.counts ?? countLabels(y);

/** "rows", "ratings", or "pairs" for implicit feedback, for messages. */
export const rowWord = (rows: Rows | PredictedRows): string =>
  rows.task !== "ratings" ? "rows" : rows.ratings === null ? "pairs" : "ratings";
