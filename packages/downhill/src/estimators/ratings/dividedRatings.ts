// The training ratings and the validation ratings of a fit.
import { integersBelow } from "../../core/lists.ts";
import { splitRatings } from "../../data/splitRatings.ts";
import { requireValidationShare } from "../fit/rowSubsets.ts";
import { type DistinctRatings, distinctRatings } from "./duplicates.ts";
import type { FactorizationOptions } from "./factorizationOptions.ts";

/** Ratings of different pairs, and the positions of the training ratings and of the validation ratings, if there are any. */
export interface DividedRatings extends DistinctRatings {
  readonly train: Uint32Array;
  readonly validation: Uint32Array | undefined;
}

/**
 * Makes one rating of those of each pair, and chooses the validation ratings.
 *
 * @throws RangeError with the rule "error", if a pair has several ratings, and for a share that leaves a part empty
 */
export function dividedRatings(
  functionName: string,
  [users, items, ratings]: readonly [
    users: Parameters<typeof distinctRatings>[1],
    items: Parameters<typeof distinctRatings>[2],
    ratings: Parameters<typeof distinctRatings>[3],
  ],
  { duplicates = "mean", seed = 0, stop = {} }: Pick<FactorizationOptions, "duplicates" | "seed" | "stop">,
): DividedRatings {
  const distinct = distinctRatings(functionName, users, items, ratings, duplicates);
  const { user, item } = distinct;
  const share = stop.validation?.share;
  if (share === undefined) return { ...distinct, train: integersBelow(user.length), validation: undefined };
  requireValidationShare(functionName, share, user.length);
  const { train, test } = splitRatings({ users: user, items: item }, { testShare: share, seed });
  return { ...distinct, train, validation: test };
}
