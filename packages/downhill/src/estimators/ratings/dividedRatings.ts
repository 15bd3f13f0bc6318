// The training ratings and the validation ratings of a fit.
import { integersBelow } from "../../core/lists.ts";
import { splitRatings } from "../../data/splitRatings.ts";
import { requireValidationShare } from "../fit/rowSubsets.ts";
import { type DistinctRatings, distinctRatings } from "./duplicates.ts";
import type { FactorizationOptions } from "./factorizationOptions.ts";

type DivisionOptions = Pick<FactorizationOptions, "duplicates" | "seed" | "stop">;

/** The positions of the training ratings and of the validation ratings, if there are any. */
interface Division {
  readonly train: Uint32Array;
  readonly validation: Uint32Array | undefined;
}

/** Ratings of different pairs, and their division. */
export type DividedRatings = DistinctRatings & Division;

/**
 * Makes one rating of those of each pair, and chooses the validation ratings.
 *
 * @throws RangeError with the rule "error", if a pair has several ratings, and for a share that leaves a part empty
 */
export function dividedRatings(
  functionName: string,
  ratings: Parameters<typeof distinctRatings>[1],
  options: DivisionOptions,
): DividedRatings {
  const distinct = distinctRatings(functionName, ratings, options.duplicates ?? "mean");
  return { ...distinct, ...division(functionName, distinct.user.length, () => distinct, options) };
}

/**
 * Chooses the validation ratings.
 *
 * @param count  the number of ratings
 * @param pairs  makes the users and the items of the ratings
 * @throws RangeError for a share that leaves a part empty
 */
export function division(
  functionName: string,
  count: number,
  pairs: () => Pick<DistinctRatings, "user" | "item">,
  { seed = 0, stop = {} }: DivisionOptions,
): Division {
  const share = stop.validation?.share;
  if (share === undefined) return { train: integersBelow(count), validation: undefined };
  requireValidationShare(functionName, share, count);
  const { user, item } = pairs();
  const { train, test } = splitRatings({ users: user, items: item }, { testShare: share, seed });
  return { train, validation: test };
}
