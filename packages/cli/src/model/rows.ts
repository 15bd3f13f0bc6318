// The rows a model is trained on or judged by: features with targets, or ratings.
import type { Label, Matrix, Pairs, Ratings } from "downhill";
import type { Task } from "../options/modelNames.ts";

/** Rows of features with a label each. */
export interface LabelledRows {
  readonly task: "classification";
  readonly X: Matrix;
  readonly y: readonly Label[];
}

/** Rows of features with a number each. */
export interface NumberedRows {
  readonly task: "regression";
  readonly X: Matrix;
  readonly y: Float64Array;
}

export interface RatingRows extends Ratings {
  readonly task: "ratings";
  readonly users: readonly Label[];
  readonly items: readonly Label[];
  readonly ratings: Float64Array;
  /** Pairs that are held out of these: rated too, so they are not to be recommended. */
  readonly seen?: Pairs;
}

export type Rows = LabelledRows | NumberedRows | RatingRows;

/** How many there are. */
export const countOf = (rows: Rows): number => (rows.task === "ratings" ? rows.ratings.length : rows.y.length);

/** How often each label occurs, in the order of their first appearance. */
export function countLabels(labels: Iterable<Label>): Map<Label, number> {
  const counts = new Map<Label, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

/** The same rows under another task's name, for messages. */
export const rowWord = (task: Task): string => (task === "ratings" ? "ratings" : "rows");
