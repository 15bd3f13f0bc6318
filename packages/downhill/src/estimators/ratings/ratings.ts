// Ratings for a factorization: checks, indices of users and items, scaling, and the items that each user has rated.
import {
  InputRangeError,
  InputTypeError,
  requireFinite,
  requireKnown,
  requireLength,
  requireRows,
  show,
} from "../../core/check.ts";
import { classesOf, type Label } from "../../core/label.ts";
import { type Lists, listsOf, withoutRepeats } from "../../core/lists.ts";
import type { Pairs } from "../../core/pairs.ts";
import type { Vector } from "../../core/vector.ts";
import { requireNumbers } from "../fit/table.ts";

/**
 * Ratings: the user users[k] rates the item items[k] with the number ratings[k].
 */
export interface Ratings extends Pairs {
  /** The rating of each pair. Training is in float32 for a Float32Array, otherwise in float64. */
  readonly ratings: ArrayLike<number>;
}

/** The distinct labels in order, and for each row the position of its label. */
export interface IndexedLabels {
  readonly labels: readonly Label[];
  readonly indices: Uint32Array;
  readonly positions: ReadonlyMap<Label, number>;
}

/** @throws RangeError for lists of different lengths or a rating that is not finite; TypeError for a rating that is not a number */
export function checkedRatings(functionName: string, table: Ratings): Vector {
  if (!(table?.ratings?.length >= 0)) {
    throw new InputTypeError(
      `${functionName}: ratings must be an object { users, items, ratings }, got ${show(table)}. Pass one list of each.`,
    );
  }
  requireKnown(functionName, table, ["users", "items", "ratings"], "property");
  const { users, items, ratings } = table;
  requireLength(functionName, "users", users, "rating", ratings?.length);
  requireLength(functionName, "items", items, "rating", ratings.length);
  requireRows(functionName, ratings);
  requireNumbers(functionName, "ratings", ratings, "Convert all ratings to numbers.");
  const numbers = ratings instanceof Float32Array ? ratings : Float64Array.from(ratings);
  requireFinite(functionName, "ratings", numbers);
  return numbers;
}

/**
 * The rating 1 for each pair of implicit feedback.
 *
 * @throws TypeError for ratings, which implicit feedback has not; RangeError for lists of different lengths
 */
export function positiveRatings(functionName: string, table: Pairs): Vector {
  if (!(table?.items?.length >= 0)) {
    throw new InputTypeError(
      `${functionName}: pairs must be an object { users, items }, got ${show(table)}. Pass one list of each.`,
    );
  }
  if ("ratings" in table) {
    throw new InputTypeError(
      `${functionName}: ratings must be left out with implicit feedback, where each pair is a positive example, got ` +
        `${show(table.ratings)}. Keep the pairs that are positive, for example those with a rating of at least 4, and pass { users, items }.`,
    );
  }
  requireKnown(functionName, table, ["users", "items"], "property");
  requireLength(functionName, "users", table.users, "item", table.items.length);
  requireRows(functionName, table.items);
  return new Float64Array(table.items.length).fill(1);
}

/** @throws TypeError for a label that is not allowed */
export function indexed(functionName: string, name: string, labels: ArrayLike<Label>): IndexedLabels {
  const distinct = classesOf(functionName, labels, name);
  const positions = new Map(distinct.map((label, i) => [label, i]));
  return {
    labels: distinct,
    indices: Uint32Array.from({ length: labels.length }, (_, i) => positions.get(labels[i]!)!),
    positions,
  };
}

/**
 * The items that each user has rated, in the training ratings or in the further pairs.
 *
 * @throws RangeError for a further pair whose user or item has no training rating
 */
export function seenLists(
  functionName: string,
  users: IndexedLabels,
  items: IndexedLabels,
  further: Pairs | undefined,
): Lists {
  const more = further && positionsOf(functionName, users, items, further);
  const user = more ? joined(users.indices, more.users) : users.indices;
  const item = more ? joined(items.indices, more.items) : items.indices;
  return withoutRepeats(listsOf(user, users.labels.length, item));
}

function joined(first: Uint32Array, second: Uint32Array): Uint32Array {
  const both = new Uint32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function positionsOf(functionName: string, users: IndexedLabels, items: IndexedLabels, seen: Pairs) {
  requireKnown(functionName, seen, ["users", "items"], "property of seen");
  requireLength(functionName, "seen.users", seen.users, "item of seen", seen.items?.length ?? 0);
  const positionsIn = (kind: string, labels: ArrayLike<Label>, { positions }: IndexedLabels): Uint32Array =>
    Uint32Array.from({ length: labels.length }, (_, row) => {
      const position = positions.get(labels[row]!);
      if (position !== undefined) return position;
      throw new InputRangeError(
        `${functionName}: seen must hold users and items with training ratings, got the ${kind} ${show(labels[row])} in row ${row}. ` +
          "Leave out this pair.",
      );
    });
  return { users: positionsIn("user", seen.users, users), items: positionsIn("item", seen.items, items) };
}

/** The scaling of ratings for training: (rating − mean) / deviation. */
export interface RatingScale {
  readonly mean: number;
  readonly deviation: number;
}

/** Ratings that come in parts, always in the same order. */
export interface RatingParts {
  /** The number of ratings. */
  readonly rows: number;
  /** Calls `visit` with each part. The next part may overwrite it. */
  each(visit: (ratings: Vector) => void): void;
}

/**
 * The mean and the standard deviation √(Σ (r − mean)² / n) of some ratings; the deviation of equal ratings is 1. Differences are
 * divided by the largest one before they are squared, so ratings of any size are accurate.
 */
export function ratingScale(functionName: string, { rows: n, each }: RatingParts): RatingScale {
  let first = Number.NaN;
  let equal = true;
  let sum = 0;
  each((ratings) => {
    if (Number.isNaN(first)) first = ratings[0]!;
    for (const rating of ratings) {
      if (rating !== first) equal = false;
      sum += rating;
    }
  });
  if (equal) return { mean: first, deviation: 1 };
  let mean = sum / n;
  if (!Number.isFinite(sum)) {
    mean = 0;
    each((ratings) => {
      for (const rating of ratings) mean += rating / n;
    });
  }
  let largest = 0;
  each((ratings) => {
    for (const rating of ratings) largest = Math.max(largest, Math.abs(rating - mean));
  });
  if (!Number.isFinite(largest)) {
    throw new InputRangeError(
      `${functionName}: ratings must differ from their mean (${mean}) by at most 1.7e308, got a larger difference. Divide them by a constant.`,
    );
  }
  let squares = 0;
  each((ratings) => {
    for (const rating of ratings) {
      const part = (rating - mean) / largest;
      squares += part * part;
    }
  });
  return { mean, deviation: largest * Math.sqrt(squares / n) || largest };
}

/** The lowest and the highest rating. */
export function rangeOf(parts: readonly RatingParts[]): readonly [number, number] {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const { each } of parts) {
    each((ratings) => {
      for (const rating of ratings) {
        if (rating < lowest) lowest = rating;
        if (rating > highest) highest = rating;
      }
    });
  }
  return [lowest + 0, highest + 0]; // −0 becomes 0, as in a saved model: JSON has no −0
}

/** (rating − mean) / deviation, in the element type of the ratings. */
export const standardized = (ratings: Vector, { mean, deviation }: RatingScale): Vector =>
  ratings.map((rating) => (rating - mean) / deviation);

/** The largest |x|. */
export function largestOf({ each }: RatingParts): number {
  let largest = 0;
  each((ratings) => {
    for (const rating of ratings) largest = Math.max(largest, Math.abs(rating));
  });
  return largest;
}
