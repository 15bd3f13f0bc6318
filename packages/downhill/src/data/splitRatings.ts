import { InputRangeError, InputTypeError, requireKnown, requireLength } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import { listsOf } from "../core/lists.ts";
import type { Pairs } from "../core/pairs.ts";
import type { Random } from "../core/random.ts";
import { type Seed, seeded } from "./seeded.ts";
import { latestRatings, type TimeRule } from "./splitRatingsByTime.ts";
import { type SplitRows, testRowCount } from "./trainTestSplit.ts";

/** Options of `splitRatings`. */
export interface SplitRatingsOptions {
  /** Share of the ratings that become test ratings, above 0 and below 1 [0.2]. */
  readonly testShare?: number;
  /** Seed of the random numbers, a whole number, or a stream of `random(seed)` to draw from [0]. */
  readonly seed?: Seed;
  /** The time of each rating, as numbers or Dates. The latest ratings then become test ratings, without random numbers [none]. */
  readonly times?: ArrayLike<number | Date>;
  /** With `times`, instead of `testShare`: the test ratings are this many of the last ratings of each user [none]. */
  readonly lastPerUser?: number;
}

/** Indices of training ratings and test ratings. */
export interface RatingSplit extends SplitRows {
  /**
   * With `times`: the late ratings that are no fair test, because the user or the item has no training rating, or because the
   * pair has one. Without `times` there are none.
   */
  readonly leftOut: Uint32Array;
}

/**
 * Divides ratings into training ratings and test ratings, such that each user and each item of a test rating has a training
 * rating. By default the split is random; with `times` the latest ratings become test ratings.
 *
 * At random, all ratings of a pair (user, item) go to the same part, and each user and each item has a training rating. The
 * pairs are processed in a random order. The ratings of a pair become test ratings if its user and its item each keep
 * another pair for training, and if there are then at most round(testShare · n) test ratings. So there can be fewer test
 * ratings than this: at most n minus the number of users, and at most n minus the number of items.
 *
 * With `times`, the last round(testShare · n) ratings are late, or fewer if the first of these has the same time as an earlier
 * one; with `lastPerUser` the last ratings of each user that has more ratings. A late rating becomes a test rating if its user
 * and its item have training ratings and its pair has none. `leftOut` has the other late ratings.
 *
 * @returns indices of the ratings of both parts, in random order; with `times` in the order of time
 * @throws RangeError if there would be no training or no test rating; TypeError for a time that is not a number or a Date
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
export function splitRatings({ users, items }: Pairs, options: SplitRatingsOptions = {}): RatingSplit {
  const functionName = "splitRatings";
  requireKnown(functionName, options, ["testShare", "seed", "times", "lastPerUser"]);
  const { testShare = 0.2, seed = 0, times, lastPerUser } = options;
  requireLength(functionName, "users", users, "item", items.length);
  if (times === undefined && lastPerUser !== undefined) {
    throw new InputTypeError(`${functionName}: lastPerUser needs the times of the ratings, got none. Pass times.`);
  }
  if (lastPerUser !== undefined && options.testShare !== undefined) {
    throw new InputTypeError(
      `${functionName}: only one of testShare and lastPerUser can be set. Leave out one of them.`,
    );
  }
  return times === undefined
    ? splitAtRandom(functionName, { users, items }, testShare, seed)
    : splitByTime(functionName, indexedPairs(users, items), { times, testShare, lastPerUser });
}

/** The user and the item of each rating, as integers from 0, and the numbers of different users and items. */
interface IndexedPairs {
  readonly user: Uint32Array;
  readonly item: Uint32Array;
  readonly users: number;
  readonly items: number;
}

function splitAtRandom(functionName: string, given: Pairs, testShare: number, seed: Seed): RatingSplit {
  const n = given.users.length;
  const most = testRowCount(functionName, testShare, n);
  const stream = seeded(seed, functionName);
  const isTest = drawnTests(given, most, stream);
  if (!isTest.includes(1)) {
    throw new InputRangeError(
      `${functionName}: ratings must hold a pair whose user and item have other ratings, got none among ${n}. ` +
        "Train on all of them, or supply more ratings.",
    );
  }
  const order = stream.permutation(n);
  const train = new Uint32Array(n); // `filter` would make a list first
  const test = new Uint32Array(most);
  let [trainRows, testRows] = [0, 0];
  for (const row of order) {
    if (isTest[row]) test[testRows++] = row;
    else train[trainRows++] = row;
  }
  return { train: train.subarray(0, trainRows), test: test.subarray(0, testRows), leftOut: new Uint32Array(0) };
}

/** For each rating 1 if it is drawn as a test rating; there are at most `most`. */
function drawnTests(given: Pairs, most: number, stream: Random): Uint8Array {
  const pairs = indexedPairs(given.users, given.items);
  const { user, item } = pairs;
  const { rows, starts } = rowsByPair(pairs);
  const pairsOfUser = new Uint32Array(pairs.users);
  const pairsOfItem = new Uint32Array(pairs.items);
  for (let pair = 0; pair + 1 < starts.length; pair++) {
    pairsOfUser[user[rows[starts[pair]!]!]!]! += 1;
    pairsOfItem[item[rows[starts[pair]!]!]!]! += 1;
  }
  const isTest = new Uint8Array(user.length);
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
  return isTest;
}

function splitByTime(functionName: string, pairs: IndexedPairs, rule: TimeRule): RatingSplit {
  const { user, item } = pairs;
  const { order, latest } = latestRatings(functionName, user, rule);
  const train = order.filter((row) => !latest[row]);
  const knownUser = new Uint8Array(user.length);
  const knownItem = new Uint8Array(item.length);
  for (const row of train) {
    knownUser[user[row]!] = 1;
    knownItem[item[row]!] = 1;
  }
  const isFair = Uint8Array.from(user, (u, row) => (knownUser[u] && knownItem[item[row]!] ? 1 : 0));
  const { rows, starts } = rowsByPair(pairs);
  for (let pair = 0; pair + 1 < starts.length; pair++) {
    const own = rows.subarray(starts[pair]!, starts[pair + 1]!);
    if (own.some((row) => !latest[row])) for (const row of own) isFair[row] = 0;
  }
  const test = order.filter((row) => latest[row] && isFair[row]);
  if (test.length > 0) return { train, test, leftOut: order.filter((row) => latest[row] && !isFair[row]) };
  throw new InputRangeError(
    `${functionName}: a late rating must have a user and an item with earlier ratings, got none among ${order.length - train.length}. ` +
      "Hold out more ratings, or leave out times.",
  );
}

function indexedPairs(users: ArrayLike<Label>, items: ArrayLike<Label>): IndexedPairs {
  const [user, item] = [integersOf(users), integersOf(items)];
  return { user: user.integers, item: item.integers, users: user.count, items: item.count };
}

/** An integer for each label: labels are counted from 0 in the order of their first appearance. */
function integersOf(labels: ArrayLike<Label>): { readonly integers: Uint32Array; readonly count: number } {
  const numbers = new Map<Label, number>();
  const integers = new Uint32Array(labels.length);
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!;
    const known = numbers.get(label) ?? numbers.size;
    if (known === numbers.size) numbers.set(label, known);
    integers[row] = known;
  }
  return { integers, count: numbers.size };
}

/** The rows sorted by pair, and the start of each pair; the last entry of `starts` is the number of rows. */
function rowsByPair({ user, item, users }: IndexedPairs): { rows: Uint32Array; starts: Uint32Array } {
  const { starts, entries: rows } = listsOf(user, users);
  for (let u = 0; u + 1 < starts.length; u++) {
    rows.subarray(starts[u]!, starts[u + 1]!).sort((a, b) => item[a]! - item[b]! || a - b);
  }
  const begins = new Uint32Array(rows.length + 1);
  let pairs = 0;
  for (let at = 0; at < rows.length; at++) {
    const [row, before] = [rows[at]!, rows[at - 1]!];
    if (at === 0 || user[row] !== user[before] || item[row] !== item[before]) begins[pairs++] = at;
  }
  begins[pairs] = rows.length;
  return { rows, starts: begins.subarray(0, pairs + 1) };
}
