import { InputRangeError, requireKnown, requireLength } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import { listsOf } from "../core/lists.ts";
import type { Pairs } from "../core/pairs.ts";
import { type Seed, seeded } from "./seeded.ts";
import { type SplitRows, testRowCount } from "./trainTestSplit.ts";

/** Options of `splitRatings`. */
export interface SplitRatingsOptions {
  /** Share of the ratings that become test ratings, above 0 and below 1 [0.2]. */
  readonly testShare?: number;
  /** Seed of the random numbers, a whole number, or a stream of `random(seed)` to draw from [0]. */
  readonly seed?: Seed;
}

/**
 * Divides ratings at random into training ratings and test ratings, such that each user and each item has a training rating.
 * All ratings of a pair (user, item) go to the same part.
 *
 * The pairs are processed in a random order. The ratings of a pair become test ratings if its user and its item each keep
 * another pair for training, and if there are then at most round(testShare · n) test ratings. So there can be fewer test
 * ratings than this: at most n minus the number of users, and at most n minus the number of items.
 *
 * @returns indices of the ratings of both parts, in random order
 * @throws RangeError if testShare would leave a part empty, or if each rating is the only one of its user or of its item
 *
 * @example
 * ```ts
 * import { lowRankRatings, splitRatings } from "downhill";
 *
 * const ratings = lowRankRatings({ seed: 1 }); // 720 ratings
 * const { train, test } = splitRatings(ratings, { testShare: 0.25, seed: 1 });
 * train.length; // 540
 * test.length; // 180
 * ```
 */
export function splitRatings(
  { users, items }: Pairs,
  { testShare = 0.2, seed = 0, ...others }: SplitRatingsOptions = {},
): SplitRows {
  const functionName = "splitRatings";
  requireKnown(functionName, others, ["testShare", "seed"]);
  const n = users.length;
  requireLength(functionName, "users", users, "item", items.length);
  const most = testRowCount(functionName, testShare, n);
  const stream = seeded(seed, functionName);
  const user = integersOf(users);
  const item = integersOf(items);
  const { rows, starts } = rowsByPair(user, item);
  const pairsOfUser = new Uint32Array(n);
  const pairsOfItem = new Uint32Array(n);
  for (let pair = 0; pair + 1 < starts.length; pair++) {
    pairsOfUser[user[rows[starts[pair]!]!]!]! += 1;
    pairsOfItem[item[rows[starts[pair]!]!]!]! += 1;
  }
  const isTest = new Uint8Array(n);
  let count = 0;
  for (const pair of stream.permutation(starts.length - 1)) {
    const own = rows.subarray(starts[pair]!, starts[pair + 1]!);
    const [u, i] = [user[own[0]!]!, item[own[0]!]!];
    if (count + own.length > most || pairsOfUser[u]! < 2 || pairsOfItem[i]! < 2) continue;
    for (const row of own) isTest[row] = 1;
    count += own.length;
    pairsOfUser[u]! -= 1;
    pairsOfItem[i]! -= 1;
  }
  if (count === 0) {
    throw new InputRangeError(
      `${functionName}: ratings must hold a pair whose user and item have other ratings, got none among ${n}. ` +
        "Train on all of them, or supply more ratings.",
    );
  }
  const order = stream.permutation(n);
  return { train: order.filter((row) => !isTest[row]), test: order.filter((row) => isTest[row]) };
}

/** An integer for each label: labels are counted from 0 in the order of their first appearance. */
function integersOf(labels: ArrayLike<Label>): Uint32Array {
  const numbers = new Map<Label, number>();
  return Uint32Array.from({ length: labels.length }, (_, row) => {
    const label = labels[row]!;
    const known = numbers.get(label);
    if (known !== undefined) return known;
    numbers.set(label, numbers.size);
    return numbers.size - 1;
  });
}

/** The rows sorted by pair, and the start of each pair; the last entry of `starts` is the number of rows. */
function rowsByPair(user: Uint32Array, item: Uint32Array): { rows: Uint32Array; starts: number[] } {
  const { starts, entries: rows } = listsOf(user, Uint32Array.from(user.keys()), user.length);
  for (let u = 0; u + 1 < starts.length; u++) {
    rows.subarray(starts[u]!, starts[u + 1]!).sort((a, b) => item[a]! - item[b]! || a - b);
  }
  const begins: number[] = [];
  for (let at = 0; at < rows.length; at++) {
    const [row, before] = [rows[at]!, rows[at - 1]!];
    if (at === 0 || user[row] !== user[before] || item[row] !== item[before]) begins.push(at);
  }
  return { rows, starts: [...begins, rows.length] };
}
