import {
  InputRangeError,
  InputTypeError,
  requireKnown,
  requireLength,
  requireNumber,
  requireRows,
  requireSize,
} from "../../core/check.ts";
import type { Label } from "../../core/label.ts";
import type { Pairs } from "../../core/pairs.ts";
import { type ListScores, listScores, type RankedUser } from "../../metrics/ranking.ts";
import { requireNumbers } from "../fit/table.ts";
import type { FittedFactorization } from "./factorization.ts";
import { topItems } from "./topItems.ts";

/** Options of `rankingScores`. */
export interface RankingOptions {
  /** The length of each list [10]. */
  readonly k?: number;
  /** The lowest rating of a relevant item [the mean of the model, which is that of the training ratings]. */
  readonly relevantFrom?: number;
}

/** How well the recommendations of a model agree with held-out ratings. */
export interface RankingScores extends ListScores {
  /** The length of each list. */
  readonly k: number;
  /** The lowest rating of a relevant item; null if the held-out pairs have no ratings, so that all of them are relevant. */
  readonly relevantFrom: number | null;
  /** The number of users with a relevant item; the other users are left out. */
  readonly users: number;
  /** The scores of the baseline: the items with the most training ratings, the same for all users. A useful model is better. */
  readonly popular: ListScores;
}

/**
 * Compares the recommendations of a factorization with held-out ratings: precision, recall, NDCG and MAP of the `k` best items,
 * their coverage of the items, and the same scores of the most popular items.
 *
 * For each user with a relevant held-out item, the items that the user has not rated in the training are ranked, and the list
 * has the first k. An item is relevant if its held-out rating is at least `relevantFrom`; without held-out ratings all held-out
 * pairs are. The scores are means over these users. An item that the model does not know is never in a list.
 *
 * @param heldOut  pairs that were not used in the training; they may be among the pairs that were passed as `seen`
 * @throws RangeError if no user has a relevant item, for lists of different lengths, and for k below 1
 *
 * @example
 * ```ts
 * import { lowRankRatings, matrixFactorization, rankingScores, splitRatings } from "downhill";
 *
 * const { users, items, ratings } = lowRankRatings({ users: 60, items: 40, seed: 1 });
 * const part = (rows: Uint32Array) => ({
 *   users: Array.from(rows, (row) => users[row]!),
 *   items: Array.from(rows, (row) => items[row]!),
 *   ratings: Array.from(rows, (row) => ratings[row]!),
 * });
 * const { train, test } = splitRatings({ users, items }, { seed: 1 });
 * const model = matrixFactorization({ rank: 3, epochs: 100 }).fit(part(train));
 * const scores = rankingScores(model, part(test), { k: 5 });
 * scores.ndcg > scores.popular.ndcg; // true
 * ```
 */
export function rankingScores(
  model: FittedFactorization,
  heldOut: Pairs & { readonly ratings?: ArrayLike<number> },
  options: RankingOptions = {},
): RankingScores {
  const functionName = "rankingScores";
  requireKnown(functionName, options, ["k", "relevantFrom"]);
  const { k = 10 } = options;
  requireSize(functionName, "k", k);
  const { users, items, ratings } = heldOut;
  requireLength(functionName, "users", users, "item", items.length);
  requireRows(functionName, items);
  if (ratings !== undefined) {
    requireLength(functionName, "ratings", ratings, "item", items.length);
    requireNumbers(functionName, "ratings", ratings, "Convert all ratings to numbers.");
  }
  if (options.relevantFrom !== undefined) requireNumber(functionName, "relevantFrom", options.relevantFrom);
  if (ratings === undefined && options.relevantFrom !== undefined) {
    throw new InputTypeError(
      `${functionName}: relevantFrom needs held-out ratings, got pairs without ratings. Leave it out.`,
    );
  }
  const relevantFrom = ratings === undefined ? null : (options.relevantFrom ?? model.settings.mean);
  const isRelevant = (row: number): boolean => ratings === undefined || ratings[row]! >= relevantFrom!;
  const itemAt = new Map(model.items.map((item, at) => [item, at]));
  const unknown = { next: itemAt.size }; // items that the model does not know have numbers after those of the model
  const positionOf = (item: Label): number => itemAt.get(item) ?? added(itemAt, item, unknown);
  const held = new Map<Label, { readonly all: Set<number>; readonly relevant: Set<number> }>();
  for (let row = 0; row < items.length; row++) {
    const own = held.get(users[row]!) ?? { all: new Set(), relevant: new Set() };
    held.set(users[row]!, own);
    own.all.add(positionOf(items[row]!));
    if (isRelevant(row)) own.relevant.add(positionOf(items[row]!));
  }
  /** The items that a user has rated in the training. */
  const trainedOn = (user: Label): number[] => {
    const own = held.get(user)?.all;
    return model
      .ratedItems(user)
      .map(positionOf)
      .filter((item) => !own?.has(item));
  };
  const counts = new Float64Array(model.items.length);
  for (const user of model.users) for (const item of trainedOn(user)) counts[item]! += 1;
  const byCount = topItems(counts, new Uint32Array(0), counts.length);

  const own: RankedUser[] = [];
  const popular: RankedUser[] = [];
  for (const [user, { relevant }] of held) {
    if (relevant.size === 0) continue;
    const skipped = new Set(trainedOn(user));
    const best = model.recommend(user, { top: k + skipped.size, rated: true });
    own.push({
      list: firstOf(
        best.map(({ item }) => positionOf(item)),
        skipped,
        k,
      ),
      relevant,
    });
    popular.push({ list: firstOf(byCount, skipped, k), relevant });
  }
  if (own.length === 0) {
    throw new InputRangeError(
      `${functionName}: at least one held-out rating must be relevant, that is ${relevantFrom} or more, got none. ` +
        "Pass a lower relevantFrom.",
    );
  }
  const scoresOf = (lists: readonly RankedUser[]): ListScores => listScores(lists, k, model.items.length);
  return { k, relevantFrom, users: own.length, ...scoresOf(own), popular: scoresOf(popular) };
}

/** Gives the next number to an item. */
function added(numbers: Map<Label, number>, item: Label, unknown: { next: number }): number {
  numbers.set(item, unknown.next);
  return unknown.next++;
}

/** The first k items that are not skipped. */
function firstOf(items: readonly number[], skipped: ReadonlySet<number>, k: number): number[] {
  const list: number[] = [];
  for (const item of items) {
    if (list.length === k) break;
    if (!skipped.has(item)) list.push(item);
  }
  return list;
}
