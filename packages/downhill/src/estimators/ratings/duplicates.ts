// Pairs of a user and an item that have several ratings.
import { InputRangeError, show } from "../../core/check.ts";
import { integersBelow, listAt, listsOf } from "../../core/lists.ts";
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

/**
 * Makes one rating of the ratings of each pair. It has the location of the first of them, so that ratings of different pairs stay
 * as they are.
 *
 * @throws RangeError with the rule "error", if a pair has several ratings
 */
export function distinctRatings(
  functionName: string,
  users: Pick<IndexedLabels, "labels" | "indices">,
  items: Pick<IndexedLabels, "labels" | "indices">,
  ratings: Vector,
  rule: Duplicates,
): DistinctRatings {
  const n = ratings.length;
  const rowsOfUser = listsOf(users.indices, integersBelow(n), users.labels.length);
  const firstOfItem = new Int32Array(items.labels.length).fill(-1); // the first row of the current user for each item
  const counts = new Uint32Array(n); // the number of ratings that a kept row stands for; 0 for the other rows
  const merged = ratings.slice();
  let kept = 0;
  for (let u = 0; u < users.labels.length; u++) {
    const own = listAt(rowsOfUser, u);
    for (const row of own) {
      const first = firstOfItem[items.indices[row]!]!;
      if (first < 0) {
        firstOfItem[items.indices[row]!] = row;
        counts[row] = 1;
        kept++;
        continue;
      }
      if (rule === "error") {
        throw new InputRangeError(
          `${functionName}: each pair of a user and an item must have one rating, got two for ${show(users.labels[u])} and ` +
            `${show(items.labels[items.indices[row]!])}, in rows ${first} and ${row}. Pass duplicates: "mean" or "last".`,
        );
      }
      counts[first]! += 1;
      merged[first] =
        rule === "last" ? ratings[row]! : merged[first]! + (ratings[row]! - merged[first]!) / counts[first]!;
    }
    for (const row of own) firstOfItem[items.indices[row]!] = -1;
  }
  if (kept === n) return { user: users.indices, item: items.indices, ratings };
  const isKept = (_: number, row: number): boolean => counts[row]! > 0;
  return {
    user: users.indices.filter(isKept),
    item: items.indices.filter(isKept),
    ratings: merged.filter(isKept),
  };
}
