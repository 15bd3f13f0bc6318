// Pairs of a user and an item that have several ratings.
import { InputRangeError, show } from "../../core/check.ts";
import { listAt, listsOf } from "../../core/lists.ts";
import type { Vector } from "../../core/vector.ts";
import type { IndexedLabels } from "./ratings.ts";

/** What several ratings of a pair become: their mean, the last one in the list, or an error. */
export type Duplicates = "mean" | "last" | "error";

/** The names of the rules. */
export const duplicateRules = ["mean", "last", "error"] as const;

/** Ratings whose pairs are different. */
export interface DistinctRatings {
  /** The position of the user of each rating. */
  readonly user: Uint32Array;
  /** The position of the item of each rating. */
  readonly item: Uint32Array;
  readonly ratings: Vector;
}

type Indexed = Pick<IndexedLabels, "labels" | "indices">;

/** Ratings whose pairs are different, by their positions. */
export interface DistinctRows {
  readonly rows: Uint32Array;
  readonly ratings: Vector;
}

/**
 * Makes one rating of the ratings of each pair. It has the location of the first of them, so that ratings of different pairs stay
 * as they are.
 *
 * @param given  the positions of the ratings [all]
 * @throws RangeError with the rule "error", if a pair has several ratings
 */
export function distinctRows(
  functionName: string,
  [users, items, ratings]: readonly [users: Indexed, items: Indexed, ratings: Vector],
  rule: Duplicates,
  given?: Uint32Array,
): DistinctRows {
  const merged = given ? new Float64Array(given.length) : ratings.slice();
  for (let at = 0; given && at < given.length; at++) merged[at] = ratings[given[at]!]!; // `from` would make a list first
  const itemAt = (at: number): number => items.indices[given ? given[at]! : at]!;
  const ofUser = listsOf(given?.map((row) => users.indices[row]!) ?? users.indices, users.labels.length);
  const firstOfItem = new Int32Array(items.labels.length).fill(-1); // the first rating of the current user for each item
  const counts = new Uint32Array(merged.length); // the number of ratings that a kept one stands for; 0 for the others
  let kept = 0;
  for (let u = 0; u < users.labels.length; u++) {
    const own = listAt(ofUser, u);
    for (const at of own) {
      const item = itemAt(at);
      const first = firstOfItem[item]!;
      if (first < 0) {
        firstOfItem[item] = at;
        counts[at] = 1;
        kept++;
        continue;
      }
      if (rule === "error") {
        throw new InputRangeError(
          `${functionName}: each pair of a user and an item must have one rating, got two for ${show(users.labels[u])} and ` +
            `${show(items.labels[item])}, in rows ${given?.[first] ?? first} and ${given?.[at] ?? at}. Pass duplicates: "mean" or "last".`,
        );
      }
      counts[first]! += 1;
      const rating = ratings[given ? given[at]! : at]!;
      merged[first] = rule === "last" ? rating : merged[first]! + (rating - merged[first]!) / counts[first]!;
    }
    for (const at of own) firstOfItem[itemAt(at)] = -1;
  }
  const rows = new Uint32Array(kept);
  let next = 0;
  for (let at = 0; at < merged.length; at++) {
    if (counts[at] === 0) continue;
    rows[next] = given ? given[at]! : at;
    merged[next++] = merged[at]!;
  }
  return { rows, ratings: merged.subarray(0, kept) };
}

/**
 * Makes one rating of the ratings of each pair, as `distinctRows`.
 *
 * @throws RangeError with the rule "error", if a pair has several ratings
 */
export function distinctRatings(
  functionName: string,
  [users, items, ratings]: readonly [users: Indexed, items: Indexed, ratings: Vector],
  rule: Duplicates,
): DistinctRatings {
  const { rows, ratings: merged } = distinctRows(functionName, [users, items, ratings], rule);
  if (rows.length === ratings.length) return { user: users.indices, item: items.indices, ratings };
  return {
    user: rows.map((row) => users.indices[row]!),
    item: rows.map((row) => items.indices[row]!),
    ratings: merged,
  };
}
