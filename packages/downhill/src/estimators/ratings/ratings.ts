// Ratings as a factorization takes them: checked, users and items by number, and which items each user has rated.
import { InputRangeError, InputTypeError, requireFinite, requireKnown, show } from "../../core/check.ts";
import { classesOf, type Label } from "../../core/label.ts";
import { type Lists, listsOf, withoutRepeats } from "../../core/lists.ts";
import type { Pairs } from "../../core/pairs.ts";
import type { Vector } from "../../core/vector.ts";

/**
 * One rating per entry: who, what, how much. A pair may occur more than once: each entry counts as a rating of its own,
 * so that the prediction of the pair goes towards their mean.
 */
export interface Ratings extends Pairs {
  /** A Float32Array trains in float32. */
  readonly ratings: ArrayLike<number>;
}

/** The different labels in order, and each row's position among them. */
export interface IndexedLabels {
  readonly labels: readonly Label[];
  readonly indices: Uint32Array;
  readonly positions: ReadonlyMap<Label, number>;
}

/** @throws RangeError for lists of different lengths or a rating that is not finite; TypeError for one that is no number */
export function checkedRatings(table: Ratings): Vector {
  requireKnown("fit", table, ["users", "items", "ratings"]);
  const { users, items, ratings } = table;
  if (users?.length !== ratings?.length || items?.length !== ratings?.length || !(ratings?.length > 0)) {
    throw new InputRangeError(
      "fit: users, items and ratings must be equally many and at least one, " +
        `got ${users?.length}, ${items?.length} and ${ratings?.length}. Give one of each per rating.`,
    );
  }
  for (let i = 0; i < ratings.length; i++) {
    if (typeof ratings[i] !== "number") {
      throw new InputTypeError(`fit: ratings must be numbers, got ${show(ratings[i])} in row ${i}. Convert them.`);
    }
  }
  const numbers = ratings instanceof Float32Array ? ratings : Float64Array.from(ratings);
  requireFinite("fit", "ratings", numbers);
  return numbers;
}

/** @throws TypeError for a label that is none */
export function indexed(labels: ArrayLike<Label>): IndexedLabels {
  const different = classesOf("fit", labels);
  const positions = new Map(different.map((label, i) => [label, i]));
  return {
    labels: different,
    indices: Uint32Array.from({ length: labels.length }, (_, i) => positions.get(labels[i]!)!),
    positions,
  };
}

/**
 * For each user the items rated, in the training ratings or in the further pairs.
 *
 * @throws RangeError for a further pair whose user or item has no training rating
 */
export function seenLists(users: IndexedLabels, items: IndexedLabels, further: Pairs | undefined): Lists {
  const more = further && positionsOf(users, items, further);
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

function positionsOf(users: IndexedLabels, items: IndexedLabels, seen: Pairs) {
  requireKnown("fit", seen, ["users", "items"]);
  if (seen.users?.length === undefined || seen.users.length !== seen.items?.length) {
    throw new InputRangeError(
      `fit: seen must have as many users as items, got ${seen.users?.length} and ${seen.items?.length}. Pair them.`,
    );
  }
  const at = (what: string, labels: ArrayLike<Label>, { positions }: IndexedLabels): Uint32Array =>
    Uint32Array.from({ length: labels.length }, (_, row) => {
      const position = positions.get(labels[row]!);
      if (position !== undefined) return position;
      throw new InputRangeError(
        `fit: seen must be pairs of users and items that have training ratings, got the ${what} ${show(labels[row])} ` +
          `in row ${row}, which has none. Divide the ratings with splitRatings, or leave this pair out.`,
      );
    });
  return { users: at("user", seen.users, users), items: at("item", seen.items, items) };
}

/** What is subtracted from a rating before training, and what it is then divided by. */
export interface RatingScale {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * The mean and the deviation √(Σ (r − mean)² / n) of the given rows; of equal ratings that rating and 1. The squares are of
 * numbers of at most 1, so that ratings of any size have a deviation.
 */
export function ratingScale(ratings: Vector, rows: Uint32Array): RatingScale {
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
      `fit: ratings must lie within 1.7e308 of their mean (${mean}), got one that does not. Rescale them.`,
    );
  }
  let squares = 0;
  for (const row of rows) {
    const part = (ratings[row]! - mean) / largest;
    squares += part * part;
  }
  return { mean, deviation: largest * Math.sqrt(squares / n) || largest };
}

/** Smallest and largest rating. */
export function rangeOf(ratings: Vector): readonly [number, number] {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const rating of ratings) {
    if (rating < lowest) lowest = rating;
    if (rating > highest) highest = rating;
  }
  return [lowest + 0, highest + 0]; // −0 becomes 0, as in a saved model: JSON knows no −0
}

/** (rating − mean) / deviation of the given rows, in float32 where the ratings are. */
export function standardized(ratings: Vector, rows: Uint32Array, { mean, deviation }: RatingScale): Vector {
  const out = ratings instanceof Float32Array ? new Float32Array(rows.length) : new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = (ratings[rows[i]!]! - mean) / deviation;
  return out;
}

/** The largest size of a number. */
export function largestOf(numbers: Vector): number {
  let largest = 0;
  for (const number of numbers) largest = Math.max(largest, Math.abs(number));
  return largest;
}
