// The rows a model is trained on or judged by: features with targets, or ratings.
import { type Label, type Matrix, type Ratings, takeRows, trainTestSplit } from "downhill";
import { DataError, show, UsageError } from "../errors.ts";
import type { Task } from "./names.ts";

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
}

export type Rows = LabelledRows | NumberedRows | RatingRows;

/** How many there are. */
export const countOf = (rows: Rows): number => (rows.task === "ratings" ? rows.ratings.length : rows.y.length);

/** Rows to train on, and those held out. */
export interface Parts {
  readonly train: Rows;
  readonly heldOut: Rows | null;
}

/**
 * Holds out a share of the rows, of classes the same share each; 0 holds out none.
 *
 * @throws UsageError when a side would be empty; DataError when a class is only on the held-out side
 */
export function partsOf(all: Rows, heldOut: number, seed: number): Parts {
  const rows = countOf(all);
  if (heldOut === 0) return { train: all, heldOut: null };
  const size = Math.round(heldOut * rows);
  if (rows < 2 || size < 1 || size >= rows) {
    throw new UsageError(
      `train: --hold-out must leave rows on both sides of ${rows}, got ${heldOut}. Choose another share, or 0 for none.`,
    );
  }
  const split =
    all.task === "classification"
      ? trainTestSplit(all.y, { heldOut, seed, stratify: true })
      : trainTestSplit(rows, { heldOut, seed });
  const parts = { train: take(all, split.train), heldOut: take(all, split.test) };
  if (parts.train.task === "classification" && parts.heldOut.task === "classification") {
    const known = new Set(parts.train.y);
    const lost = parts.heldOut.y.find((label) => !known.has(label));
    if (lost !== undefined) {
      throw new DataError(
        `train: every class must have rows on both sides of the split, got only held-out ones of ${show(lost)}. ` +
          "Add rows of it, or train with --hold-out 0.",
      );
    }
  }
  return parts;
}

function take(all: Rows, rows: Uint32Array): Rows {
  if (all.task === "ratings") {
    return {
      task: all.task,
      users: Array.from(rows, (row) => all.users[row]!),
      items: Array.from(rows, (row) => all.items[row]!),
      ratings: Float64Array.from(rows, (row) => all.ratings[row]!),
    };
  }
  const X = takeRows(all.X, rows);
  return all.task === "classification"
    ? { task: all.task, X, y: Array.from(rows, (row) => all.y[row]!) }
    : { task: all.task, X, y: Float64Array.from(rows, (row) => all.y[row]!) };
}

/** The same rows under another task's name, for messages. */
export const rowWord = (task: Task): string => (task === "ratings" ? "ratings" : "rows");
