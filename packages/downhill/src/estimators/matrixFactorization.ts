import { frozenCopy } from "../core/frozenCopy.ts";
import type { Pairs } from "../core/pairs.ts";
import type { Step } from "../training/train.ts";
import { ownOptions } from "./fit/options.ts";
import { type EstimatorSpec, estimatorSpec } from "./fit/spec.ts";
import { eachStep, lastFitted, type PreparedFit, preparedFit } from "./fit/steps.ts";
import { checkFactorizationOptions } from "./ratings/checkOptions.ts";
import type { FactorizationData, FittedFactorization } from "./ratings/factorization.ts";
import type {
  FactorizationFitOptions,
  FactorizationOptions,
  FactorizationStepOptions,
} from "./ratings/factorizationOptions.ts";
import { startRatingFit } from "./ratings/fitRatings.ts";
import { fittedFactorization } from "./ratings/fittedFactorization.ts";
import type { Ratings } from "./ratings/ratings.ts";

/** A step of a factorization's training. */
export interface FactorizationStep extends Step {
  /** The fitted model at this step. With validation ratings it has the parameters with the lowest validation loss so far. */
  fitted(): FittedFactorization;
  /** The fitted model at this step as plain data, which can be sent to another thread. */
  fittedData(): FactorizationData;
}

/** A factorization with its options, before it is fitted. R is the type of the data: ratings, or pairs for implicit feedback. */
export interface FactorizationEstimator<R extends Pairs = Ratings> {
  /** Fits step by step, as an iterator over the updates. `break` ends the training; `step.fitted()` is the model so far. */
  train(ratings: R, options?: FactorizationStepOptions): Generator<FactorizationStep, void>;
  /** Fits the model: finds parameters with a low objective for these ratings. */
  fit(ratings: R, options?: FactorizationFitOptions): FittedFactorization;
  /** What a fit to these ratings minimises, with which optimizer and options, before its first update. */
  prepare(ratings: R, options?: FactorizationStepOptions): PreparedFit<FactorizationStep>;
  /** The estimator as JSON data, for `estimatorFromSpec`. Throws TypeError if an option is code of your own. */
  spec(): EstimatorSpec;
  /** Makes a fitted model of the data that `step.fittedData()` returned. */
  fitted(fittedData: FactorizationData): FittedFactorization;
}

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
  return {
    *train(ratings, fitOptions = {}) {
      yield* eachStep(startRatingFit("fit", options, ratings, fitOptions));
    },
    fit: (ratings, fitOptions = {}) =>
      lastFitted(startRatingFit("fit", options, ratings, { ...fitOptions, every: "epoch" })),
    prepare: (ratings, fitOptions = {}) => preparedFit(startRatingFit("prepare", options, ratings, fitOptions)),
    spec: () => estimatorSpec(functionName, options),
    fitted: (fittedData) => fittedFactorization(frozenCopy(fittedData)),
  };
}
