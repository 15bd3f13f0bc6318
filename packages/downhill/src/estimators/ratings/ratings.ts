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
  return withoutRepeats(listsOf(user, item, users.labels.length));
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

/**
 * The mean and the standard deviation √(Σ (r − mean)² / n) of some ratings; the deviation of equal ratings is 1. Differences are
 * divided by the largest one before they are squared, so ratings of any size are accurate.
 */
export function ratingScale(functionName: string, ratings: Vector, rows: Uint32Array): RatingScale {
  const n = rows.length;
  const first = ratings[rows[0]!]!;
  if (rows.every((row) => ratings[row] === first)) return { mean: first, deviation: 1 };
  let sum = 0;
  for (const row of rows) sum += ratings[row]!;
  const mean = Number.isFinite(sum) ? sum / n : rows.reduce((part, row) => part + ratings[row]! / n, 0);
  let largest = 0;
  for (const row of rows) largest = Math.max(largest, Math.abs(ratings[row]! - mean));
  if (!Number.isFinite(largest)) {
    throw new InputRangeError(
      `${functionName}: ratings must differ from their mean (${mean}) by at most 1.7e308, got a larger difference. Divide them by a constant.`,
    );
  }
  let squares = 0;
  for (const row of rows) {
    const part = (ratings[row]! - mean) / largest;
    squares += part * part;
  }
  return { mean, deviation: largest * Math.sqrt(squares / n) || largest };
}

/** The lowest and the highest rating. */
export function rangeOf(ratings: Vector): readonly [number, number] {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const rating of ratings) {
    if (rating < lowest) lowest = rating;
    if (rating > highest) highest = rating;
  }
  return [lowest + 0, highest + 0]; // −0 becomes 0, as in a saved model: JSON has no −0
}

/** (rating − mean) / deviation of some rows, in the element type of the ratings. */
export function standardized(ratings: Vector, rows: Uint32Array, { mean, deviation }: RatingScale): Vector {
  const out = ratings instanceof Float32Array ? new Float32Array(rows.length) : new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = (ratings[rows[i]!]! - mean) / deviation;
  return out;
}

/** The largest |x|. */
export function largestOf(numbers: Vector): number {
  let largest = 0;
  for (const number of numbers) largest = Math.max(largest, Math.abs(number));
  return largest;
}
