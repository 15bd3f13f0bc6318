// Scores of lists of recommended items.
import { log } from "../core/elementary.ts";

/** How well lists of the k best items contain the items that matter. Each number is from 0 to 1; larger is better. */
export interface ListScores {
  /** Mean over users of hits / k, with hits the number of relevant items in the list. */
  readonly precision: number;
  /** Mean over users of hits / number of relevant items. */
  readonly recall: number;
  /** Mean over users of DCG / largest possible DCG, with DCG = Σ 1 / log₂(r + 1) over the ranks r of the hits. */
  readonly ndcg: number;
  /** Mean over users of Σ precision at r / min(k, number of relevant items), over the ranks r of the hits. */
  readonly map: number;
  /** The share of the items that are in the list of at least one user. */
  readonly coverage: number;
}

/** The list of a user: at most k items, the best first, and the relevant items. Items are integers from 0. */
export interface RankedUser {
  readonly list: readonly number[];
  readonly relevant: ReadonlySet<number>;
}

/**
 * The mean scores of some lists.
 *
 * Source: Järvelin and Kekäläinen, “Cumulated gain-based evaluation of IR techniques”, 2002 (DCG).
 *
 * @param items  the number of items
 */
export function listScores(users: Iterable<RankedUser>, k: number, items: number): ListScores {
  const discounts = Float64Array.from({ length: k }, (_, rank) => log(2) / log(rank + 2));
  const listed = new Set<number>();
  const sum = { precision: 0, recall: 0, ndcg: 0, map: 0 };
  let count = 0;
  for (const { list, relevant } of users) {
    let [hits, gain, precisions, best] = [0, 0, 0, 0];
    list.forEach((item, rank) => {
      listed.add(item);
      if (!relevant.has(item)) return;
      hits++;
      gain += discounts[rank]!;
      precisions += hits / (rank + 1);
    });
    const most = Math.min(k, relevant.size);
    for (let rank = 0; rank < most; rank++) best += discounts[rank]!;
    sum.precision += hits / k;
    sum.recall += hits / relevant.size;
    sum.ndcg += gain / best;
    sum.map += precisions / most;
    count++;
  }
  return {
    precision: sum.precision / count,
    recall: sum.recall / count,
    ndcg: sum.ndcg / count,
    map: sum.map / count,
    coverage: listed.size / items,
  };
}
