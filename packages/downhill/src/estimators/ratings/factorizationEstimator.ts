import type { Pairs } from "../../core/pairs.ts";
import type { Step } from "../../training/train.ts";
import type { EstimatorSpec } from "../fit/spec.ts";
import type { PreparedFit } from "../fit/steps.ts";
import type { FactorizationData, FittedFactorization } from "./factorization.ts";
import type { FactorizationFitOptions, FactorizationStepOptions } from "./factorizationOptions.ts";
import type { Ratings } from "./ratings.ts";

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
