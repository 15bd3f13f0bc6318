import { InputRangeError, requireNumber, requireOneOf, requireSize, show } from "../core/check.ts";
import { frozenCopy } from "../core/frozenCopy.ts";
import { orderNames } from "../training/order/rowOrder.ts";
import type { Step } from "../training/train.ts";
import { checkDescentOptions, ownOptions } from "./fit/options.ts";
import { type EstimatorSpec, estimatorSpec } from "./fit/spec.ts";
import { eachStep, lastFitted } from "./fit/steps.ts";
import { duplicateRules } from "./ratings/duplicates.ts";
import type { FactorizationData, FittedFactorization } from "./ratings/factorization.ts";
import type {
  FactorizationFitOptions,
  FactorizationOptions,
  FactorizationStepOptions,
} from "./ratings/factorizationOptions.ts";
import { startRatingFit } from "./ratings/fitRatings.ts";
import { fittedFactorization } from "./ratings/fittedFactorization.ts";
import type { Ratings } from "./ratings/ratings.ts";

const ownNames = ["duplicates", "rank", "penalty", "biases", "mean", "scale"];

/** A step of a factorization's training. */
export interface FactorizationStep extends Step {
  /** The fitted model at this step. With validation ratings it has the parameters with the lowest validation loss so far. */
  fitted(): FittedFactorization;
  /** The fitted model at this step as plain data, which can be sent to another thread. */
  fittedData(): FactorizationData;
}

/** A factorization with its options, before it is fitted. */
export interface FactorizationEstimator {
  /** Fits step by step, as an iterator over the updates. `break` ends the training; `step.fitted()` is the model so far. */
  train(ratings: Ratings, options?: FactorizationStepOptions): Generator<FactorizationStep, void>;
  /** Fits the model: finds parameters with a low objective for these ratings. */
  fit(ratings: Ratings, options?: FactorizationFitOptions): FittedFactorization;
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
 * learning rate is 0.01, or 1/(2 t + 2 + l2) if this is smaller, with t the largest |standardized rating|: half of the largest
 * stable learning rate at a prediction of t. In full batch, the default for the penalty "uniform", it uses `automatic()` for
 * 100 epochs.
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
export function matrixFactorization(userOptions: FactorizationOptions = {}): FactorizationEstimator {
  const functionName = "matrixFactorization";
  const options = ownOptions(userOptions);
  checkDescentOptions(functionName, options, ownNames, orderNames);
  requireOneOf(functionName, "duplicates", options.duplicates ?? "mean", duplicateRules);
  requireSize(functionName, "rank", options.rank ?? 10);
  requireOneOf(functionName, "penalty", options.penalty ?? "perRating", ["perRating", "uniform"]);
  const { scale } = options;
  if (scale != null && !(scale.length === 2 && scale.every(Number.isFinite) && scale[0] < scale[1])) {
    const got = Array.isArray(scale) ? `[${scale.join(", ")}]` : show(scale);
    throw new InputRangeError(
      `${functionName}: scale must be two finite numbers, the lower one first, or null, got ${got}. Pass [1, 5], for example.`,
    );
  }
  if (options.mean !== undefined) requireNumber(functionName, "mean", options.mean);
  return {
    *train(ratings, fitOptions = {}) {
      yield* eachStep(startRatingFit(options, ratings, fitOptions));
    },
    fit: (ratings, fitOptions = {}) => lastFitted(startRatingFit(options, ratings, { ...fitOptions, every: "epoch" })),
    spec: () => estimatorSpec(functionName, options),
    fitted: (fittedData) => fittedFactorization(frozenCopy(fittedData)),
  };
}
