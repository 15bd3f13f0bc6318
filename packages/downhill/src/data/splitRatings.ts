import { InputRangeError, requireKnown, show } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import { listsOf } from "../core/lists.ts";
import type { Pairs } from "../core/pairs.ts";
import { type Seed, seeded } from "./seeded.ts";
import type { SplitRows } from "./trainTestSplit.ts";

export interface SplitRatingsOptions {
  /** Share of the ratings that is held out, in (0, 1) [0.2]. */
  readonly heldOut?: number;
  readonly seed?: Seed;
}

/**
 * Ratings divided at random into training and test ratings, such that every user and every item keeps a training rating,
 * and the ratings of one pair stay on one side.
 *
 * The pairs are visited in a random order. A pair is held out if its user and its item each have another pair that is not
 * held out, and if no more than round(heldOut · n) ratings are then held out. So fewer ratings than this may be held out: at
 * most n minus the number of users, and at most n minus the number of items.
 *
 * @returns  row indices of both sides, in random order
 * @throws RangeError when heldOut leaves a side empty, or when every rating is the only one of its user or of its item
 */
export function splitRatings(
  { users, items }: Pairs,
  { heldOut = 0.2, seed = 0, ...others }: SplitRatingsOptions = {},
): SplitRows {
  const functionName = "splitRatings";
  requireKnown(functionName, others, ["heldOut", "seed"]);
  const n = users.length;
  if (items.length !== n) {
    throw new InputRangeError(
      `${functionName}: users must be as many as items (${items.length}), got ${n}. Pair them.`,
    );
  }
  const wanted = Math.round(heldOut * n);
  if (!(wanted >= 1 && wanted < n)) {
    throw new InputRangeError(
      `${functionName}: heldOut must be a share that leaves a rating of ${n} on each side, got ${show(heldOut)}. Choose another.`,
    );
  }
  const stream = seeded(seed, functionName);
  const user = numbered(users);
  const item = numbered(items);
  const { rows, starts } = rowsByPair(user, item);
  const pairsOfUser = new Uint32Array(n);
  const pairsOfItem = new Uint32Array(n);
  for (let pair = 0; pair + 1 < starts.length; pair++) {
    pairsOfUser[user[rows[starts[pair]!]!]!]! += 1;
    pairsOfItem[item[rows[starts[pair]!]!]!]! += 1;
  }
  const isHeldOut = new Uint8Array(n);
  let count = 0;
  for (const pair of stream.permutation(starts.length - 1)) {
    const own = rows.subarray(starts[pair]!, starts[pair + 1]!);
    const [u, i] = [user[own[0]!]!, item[own[0]!]!];
    if (count + own.length > wanted || pairsOfUser[u]! < 2 || pairsOfItem[i]! < 2) continue;
    for (const row of own) isHeldOut[row] = 1;
    count += own.length;
    pairsOfUser[u]! -= 1;
    pairsOfItem[i]! -= 1;
  }
  if (count === 0) {
    throw new InputRangeError(
      `${functionName}: ratings must hold a pair whose user and item have other ratings, got none among ${n}. ` +
        "Hold out none, or supply more ratings.",
    );
  }
  const order = stream.permutation(n);
  return { train: order.filter((row) => !isHeldOut[row]), test: order.filter((row) => isHeldOut[row]) };
}

/** Each label's number, in the order in which the labels first appear. */
function numbered(labels: ArrayLike<Label>): Uint32Array {
  const numbers = new Map<Label, number>();
  return Uint32Array.from({ length: labels.length }, (_, row) => {
    const label = labels[row]!;
    const known = numbers.get(label);
    if (known !== undefined) return known;
    numbers.set(label, numbers.size);
    return numbers.size - 1;
  });
}

/** The rows with those of one pair side by side, and where each pair begins; the last entry is the number of rows. */
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
