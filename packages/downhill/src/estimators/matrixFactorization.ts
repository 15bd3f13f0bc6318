import { frozenCopy } from "../core/frozenCopy.ts";
import type { Pairs } from "../core/pairs.ts";
import { ownOptions } from "./fit/options.ts";
import { estimatorSpec } from "./fit/spec.ts";
import { eachStep, lastFitted, preparedFit } from "./fit/steps.ts";
import { checkFactorizationOptions } from "./ratings/checkOptions.ts";
import type { FactorizationEstimator } from "./ratings/factorizationEstimator.ts";
import type { FactorizationOptions } from "./ratings/factorizationOptions.ts";
import { startRatingFit } from "./ratings/fitRatings.ts";
import { fittedFactorization } from "./ratings/fittedFactorization.ts";
import { ratingPlan } from "./ratings/ratingPlan.ts";
import { ratingRun } from "./ratings/ratingRun.ts";
import { ratingStarts } from "./ratings/ratingStarts.ts";
import type { Ratings } from "./ratings/ratings.ts";

/**
 * Matrix factorization: the rating of user u for item i is predicted as mean + b_u + b_i + p_u · q_i, with a bias and a vector of
 * factors for each user and each item. It minimises mean ½ e² + penalty over the ratings, with e the error of a standardized
 * rating.
 *
 * By default it updates the parameters after each rating, in the order of a grid, for 30 epochs from a small random start. The
 * learning rate is 1/(2 t + 2 + l2) in the first half of the run: half of the largest stable learning rate at a prediction of t. With
 * standardized ratings r, t is the largest |r|, but at most 3 Σ r² / Σ |r| if this is above half of the largest |r|; otherwise
 * half of it. In the second half it falls along a cosine. For batches short runs find the first rate.
 * In full batch, the default for the penalty "uniform", it uses `automatic()` for
 * 100 epochs.
 *
 * With `feedback: "implicit"` a pair of a user and an item means that the user chose the item. The score is b_u + b_i + p_u · q_i,
 * and the loss compares the pairs with negative items, which are drawn anew in each epoch from the items that the user has no pair
 * with. It updates the parameters after each example, with the learning rate 0.05 (0.02 for the loss "logistic"), for 30 epochs.
 *
 * With `stop.validation` the validation ratings are chosen as by `splitRatings`: each user and each item has a training rating, so
 * there can be fewer validation ratings than the share.
 *
 * @throws TypeError or RangeError for an option that is not allowed
 *
 * @example
 * ```ts
 * import { matrixFactorization } from "downhill";
 *
 * const ratings = {
 *   users: ["ann", "ann", "bob", "bob", "cat", "cat"],
 *   items: ["tea", "jam", "tea", "ham", "jam", "ham"],
 *   ratings: [5, 4, 4, 1, 5, 2],
 * };
 * const model = matrixFactorization({ rank: 2, epochs: 200, seed: 1 }).fit(ratings);
 * model.recommend("ann")[0]!.item; // "ham"
 * model.predict(["ann"], ["ham"])[0]! < 4; // true
 * ```
 */
export function matrixFactorization(
  options: FactorizationOptions & { readonly feedback: "implicit" },
): FactorizationEstimator<Pairs>;
export function matrixFactorization(options?: FactorizationOptions): FactorizationEstimator;
export function matrixFactorization(userOptions: FactorizationOptions = {}): FactorizationEstimator<Ratings | Pairs> {
  const functionName = "matrixFactorization";
  const options = ownOptions(userOptions);
  checkFactorizationOptions(functionName, options);
  const made: FactorizationEstimator<Ratings | Pairs> = {
    *train(ratings, fitOptions = {}) {
      yield* eachStep(startRatingFit("fit", options, ratings, fitOptions));
    },
    fit: (ratings, fitOptions = {}) =>
      lastFitted(startRatingFit("fit", options, ratings, { ...fitOptions, every: "epoch" })),
    prepare: (ratings, fitOptions = {}) => preparedFit(startRatingFit("prepare", options, ratings, fitOptions)),
    spec: () => estimatorSpec(functionName, options),
    fitted: (fittedData) => fittedFactorization(frozenCopy(fittedData)),
  };
  ratingStarts.set(made, (ratingsFor, runOptions) => {
    const { facts, data } = ratingsFor(options);
    return ratingRun(options, facts, ratingPlan(options, data), runOptions);
  });
  return made;
}
