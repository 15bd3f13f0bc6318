// Ratings that are in a file. Those of some users are in memory.
import {
  type FittedFactorization,
  meanAbsoluteError,
  rootMeanSquaredError,
  type StoredRatings,
  storedRows,
} from "downhill";
import type { StoredRange } from "./storedTable.ts";

/** All ratings, of which those in memory are a part. */
export interface StoredRatingRows {
  /** The number of ratings. */
  readonly rows: number;
  /** Calls `visit` with all ratings, part by part. */
  each(visit: (part: RatingPart) => void): void;
  /** For training ratings: the file, and what the training needs to know of it. */
  readonly training: StoredRatingTraining | null;
}

/** Some ratings with their labels. */
export interface RatingPart {
  readonly users: string[];
  readonly items: string[];
  readonly ratings: Float64Array;
}

/** The ratings of a training. */
export interface StoredRatingTraining {
  readonly training: StoredRatings;
  readonly validation: StoredRatings | null;
  readonly heldOut: StoredRatings | null;
  /** The mean of the training ratings. */
  readonly answer: number;
}

/** How ratings are stored. */
export const ratingColumns = { columns: 2, pairs: true } as const;

/** A file with its ids. */
export interface RatingFile {
  readonly users: readonly string[];
  readonly items: readonly string[];
  /** Overwrites `into` by bytes of the file; returns their number. */
  read(position: number, into: Uint8Array): number;
}

/** Some ratings of a file. */
export const storedRatingsAt = (
  { users, items, read }: RatingFile,
  { position, rows }: StoredRange,
): StoredRatings => ({
  rows: storedRows({ ...ratingColumns, rows }, (at, into) => read(position + at, into)),
  users,
  items,
});

/** Calls `visit` with the ratings, part by part. The next part overwrites the numbers. */
export function eachRatingPart(
  { rows: stored, users, items }: StoredRatings,
  visit: (part: RatingPart, user: Uint32Array) => void,
): void {
  const { rows, rowsPerChunk } = stored;
  for (let chunk = 0; chunk * rowsPerChunk < rows; chunk++) {
    const count = Math.min(rowsPerChunk, rows - chunk * rowsPerChunk);
    const pairs = new Uint32Array(2 * count);
    const ratings = new Float64Array(count);
    stored.load(chunk, pairs, ratings, null);
    const user = Uint32Array.from({ length: count }, (_, i) => pairs[2 * i]!);
    visit(
      {
        users: Array.from(user, (position) => users[position] as string),
        items: Array.from(user, (_, i) => items[pairs[2 * i + 1]!] as string),
        ratings,
      },
      user,
    );
  }
}

/** The errors of a model, and of a constant answer, on all ratings. */
export function errorsOfAll(fitted: FittedFactorization, { rows, each }: StoredRatingRows, answer: number) {
  const parts: { readonly share: number; readonly rmse: number; readonly mae: number; readonly baseline: number }[] =
    [];
  each(({ users, items, ratings }) => {
    const prediction = fitted.predict(users, items);
    parts.push({
      share: ratings.length / rows,
      rmse: rootMeanSquaredError(prediction, ratings),
      mae: meanAbsoluteError(prediction, ratings),
      baseline: rootMeanSquaredError(new Float64Array(ratings.length).fill(answer), ratings),
    });
  });
  const rootMean = (name: "rmse" | "baseline"): number => {
    const largest = Math.max(...parts.map((part) => part[name])); // so that no square overflows
    if (!(largest > 0 && largest < Infinity)) return largest;
    return largest * Math.sqrt(parts.reduce((sum, part) => sum + part.share * (part[name] / largest) ** 2, 0));
  };
  return {
    rmse: rootMean("rmse"),
    mae: parts.reduce((sum, { share, mae }) => sum + share * mae, 0),
    baseline: rootMean("baseline"),
  };
}
