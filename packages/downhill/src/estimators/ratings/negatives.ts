// Negative examples for implicit feedback: items that a user has no pair with.
import { InputRangeError, show } from "../../core/check.ts";
import { type Lists, listAt } from "../../core/lists.ts";
import type { Random } from "../../core/random.ts";
import type { IndexedLabels } from "./ratings.ts";

/**
 * The item with number `rank` (from 0) among those that are not in an ascending list.
 */
export function itemOutside(list: Uint32Array, rank: number): number {
  let [low, high] = [0, list.length]; // list[k] − k items outside the list are below list[k]
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list[middle]! - middle > rank) high = middle;
    else low = middle + 1;
  }
  return rank + low;
}

/** Draws uniformly one of the items that are not in an ascending list. */
export const drawOutside = (list: Uint32Array, items: number, stream: Random): number =>
  itemOutside(list, Math.floor(stream.uniform() * (items - list.length)));

/** @throws RangeError for a user that has a pair with every item, so that there is no negative example */
export function requireNegatives(functionName: string, users: IndexedLabels, items: number, positives: Lists): void {
  const full = users.labels.findIndex((_, user) => listAt(positives, user).length === items);
  if (full < 0) return;
  throw new InputRangeError(
    `${functionName}: with implicit feedback each user must leave out at least one of the ${items} items, but the user ` +
      `${show(users.labels[full])} has all of them. Leave out this user.`,
  );
}
