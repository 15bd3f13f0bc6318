// How well a factorization recommends: ranking scores of its lists, beside those of the most popular items.
import { formatCount, formatNumber } from "@downhill/plots/format";
import { type FittedFactorization, type Label, type RankingScores, rankingScores } from "downhill";
import { isInputError } from "../errors/errors.ts";
import type { PredictedRows, RatingRows, Rows } from "./rows.ts";

const K = 10; // the length of the lists
const MAX_USERS = 2000; // each list takes time for all items

/**
 * The scores of lists of 10 items on some ratings, as metrics. NaN if no rating is relevant, that is at least the mean of the
 * training ratings. With more than 2000 users, they are the scores of every second, third, … user.
 */
export function rankingMetrics(
  fitted: FittedFactorization,
  { users, items, ratings }: RatingRows,
): Record<string, number> {
  const all = [...new Set(users)];
  const step = Math.ceil(all.length / MAX_USERS);
  const chosen = new Set<Label>(all.filter((_, at) => at % step === 0));
  const rows = Uint32Array.from(users.keys()).filter((row) => chosen.has(users[row]!));
  const scores = scoresOf(fitted, {
    users: Array.from(rows, (row) => users[row]!),
    items: Array.from(rows, (row) => items[row]!),
    ...(ratings && { ratings: Array.from(rows, (row) => ratings[row]!) }),
  });
  return {
    ndcgAt10: scores?.ndcg ?? Number.NaN,
    popularNdcgAt10: scores?.popular.ndcg ?? Number.NaN,
    mapAt10: scores?.map ?? Number.NaN,
    precisionAt10: scores?.precision ?? Number.NaN,
    recallAt10: scores?.recall ?? Number.NaN,
    coverageAt10: scores?.coverage ?? Number.NaN,
  };
}

/** Null if no rating is relevant. */
function scoresOf(fitted: FittedFactorization, heldOut: Parameters<typeof rankingScores>[1]): RankingScores | null {
  try {
    return rankingScores(fitted, heldOut, { k: K });
  } catch (error) {
    if (!isInputError(error)) throw error;
    return null;
  }
}

/** The comparison with the most popular items, and the share of the users that it covers; none for metrics without ranking scores. */
export function rankingLines(
  metrics: Readonly<Record<string, number>>,
  rows: Rows | PredictedRows,
  where: string,
): string[] {
  if (!("coverageAt10" in metrics)) return [];
  const users = rows.task === "ratings" ? new Set(rows.users).size : 0;
  const step = Math.ceil(users / MAX_USERS);
  const sampled = `The scores of lists are those of ${formatCount(Math.ceil(users / step))} of the ${formatCount(users)} users with ${where}.`;
  const ranking = rankingComparison(metrics, where);
  return [...(ranking === null ? [] : [ranking]), ...(step > 1 ? [sampled] : [])];
}

/** A sentence that compares the recommendations with the most popular items; null for metrics without ranking scores. */
function rankingComparison(metrics: Readonly<Record<string, number>>, where: string): string | null {
  const { ndcgAt10: own, popularNdcgAt10: popular } = metrics;
  if (own === undefined || popular === undefined || Number.isNaN(own)) return null;
  const numbers = `an NDCG@10 of ${formatNumber(own)} on the ${where}`;
  if (own === popular) return `As recommendations, no better than the most popular items: both have ${numbers}.`;
  const word = own > popular ? "better" : "worse";
  return `As recommendations, ${word} than the most popular items: the model has ${numbers}, and these items have ${formatNumber(popular)}.`;
}
