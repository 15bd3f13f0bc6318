import { InputRangeError, requireKnown, requireNumber, requireOneOf, requireSize, show } from "../core/check.ts";
import { frozenCopy } from "../core/frozenCopy.ts";
import type { Pairs } from "../core/pairs.ts";
import type { Vector } from "../core/vector.ts";
import { splitRatings } from "../data/splitRatings.ts";
import { column } from "../kernels/source.ts";
import { halfSquared } from "../losses/halfSquared.ts";
import { automatic } from "../optimizers/automatic.ts";
import { plain } from "../optimizers/plain.ts";
import { factors } from "../predictors/factors.ts";
import type { Problem } from "../training/objective/objective.ts";
import { risk } from "../training/objective/risk.ts";
import type { BatchSize } from "../training/order/batchSize.ts";
import { type Order, orderNames } from "../training/order/rowOrder.ts";
import { copyHistory } from "../training/state/history.ts";
import { type Step, train } from "../training/train.ts";
import type { TrainOptions } from "../training/trainOptions.ts";
import type { FitOptions } from "./fit/estimator.ts";
import { checkDescentOptions, type DescentOptions, ownOptions } from "./fit/options.ts";
import { type EstimatorSpec, estimatorSpec } from "./fit/spec.ts";
import { eachStep, type Fitting, lastFitted } from "./fit/steps.ts";
import {
  type FactorizationData,
  type FittedFactorization,
  fittedFactorization,
} from "./ratings/fittedFactorization.ts";
import { largestShare, type RatingDescent, stableRate, suggestedRatingRate } from "./ratings/ratingRate.ts";
import {
  checkedRatings,
  indexed,
  largestOf,
  type RatingScale,
  type Ratings,
  rangeOf,
  ratingScale,
  seenLists,
  standardized,
} from "./ratings/ratings.ts";

export interface FactorizationOptions extends Omit<DescentOptions, "order"> {
  /** ["grid" for one rating per update, "shuffled" for other batches] */
  readonly order?: Order;
  /** Factors per user and item [10]. */
  readonly rank?: number;
  /**
   * "perRating" penalises l2/2 (‖p_u‖² + ‖q_i‖² + biases²) for every observed rating, in units of the mean over ratings;
   * "uniform" penalises l2/2 (‖p_u‖² + biases²) once per user and item ["perRating"].
   */
  readonly penalty?: "perRating" | "uniform";
  /** Weight l2 of the penalty [perRating: 0.05; uniform: 0.1 / (users + items); both are equal if all have equally many ratings]. */
  readonly l2?: number;
  /**
   * true trains on (rating − mean) / deviation, with the mean and the deviation of the training ratings; false trains on
   * rating − mean [true]. The penalty, the losses and `params()` are in these units, predictions in those of the ratings.
   */
  readonly standardize?: boolean;
  /** Whether each user and item has a bias in addition to its factors [true]. */
  readonly biases?: boolean;
  /** The mean in every prediction, in units of the ratings; it is not trained [the mean of the training ratings]. */
  readonly mean?: number;
  /** Predictions are clipped to [lowest, highest]; null for no clipping [smallest and largest rating given to `fit`]. */
  readonly scale?: readonly [number, number] | null;
}

const own = ["rank", "penalty", "biases", "mean", "scale"];

export interface FactorizationFitOptions extends Pick<FitOptions, "resume" | "threads"> {
  /**
   * More pairs that the users have rated and that are not used for training: `recommend` leaves them out, like the pairs of
   * the training ratings. Their users and items must have training ratings, as they have after `splitRatings`.
   */
  readonly seen?: Pairs;
}

/** A step of a factorization's training, which can say what was reached. */
export interface FactorizationStep extends Step {
  /** The model as it stands: with the best validation loss, where that is watched. */
  fitted(): FittedFactorization;
  /** The same as plain data, which can be sent between threads. */
  fittedData(): FactorizationData;
}

export interface FactorizationEstimator {
  /** Trains as an iteration over updates; `break` ends the training, and `step.fitted()` is the model at that step. */
  train(
    ratings: Ratings,
    options?: FactorizationFitOptions & { every?: TrainOptions["every"] },
  ): Generator<FactorizationStep, void>;
  /** Trains to the end. */
  fit(ratings: Ratings, options?: FactorizationFitOptions): FittedFactorization;
  /** The estimator as JSON, for `estimatorFromSpec`. Throws TypeError when an option is code. */
  spec(): EstimatorSpec;
  /** The fitted model of its data, as `step.fittedData()` gave it. */
  fitted(fittedData: FactorizationData): FittedFactorization;
}

/**
 * Matrix factorization: a rating is mean + bu_u + bi_i + p_u · q_i; minimises mean ½ e² + penalty over the observed ones,
 * e the error of a standardized rating.
 *
 * By default one rating per update in the order of a grid, 30 epochs, from a small random start, at rate 0.01, or at
 * 1/(2 t + 2 + l2) if that is smaller, where t is the largest absolute value of a standardized rating; this is half the largest
 * stable rate at a prediction of t. In full batch, which is the default with the uniform penalty, 100 epochs at the automatic rate.
 *
 * With `stop.validation` the watched ratings are chosen as `splitRatings` does: every user and item keeps a training rating,
 * so fewer ratings than the share may be watched.
 */
export function matrixFactorization(given: FactorizationOptions = {}): FactorizationEstimator {
  const options = ownOptions(given);
  checkDescentOptions("factorization", options, own, orderNames);
  requireSize("factorization", "rank", options.rank ?? 10);
  requireOneOf("factorization", "penalty", options.penalty ?? "perRating", ["perRating", "uniform"]);
  const { scale } = options;
  if (scale != null && !(scale.length === 2 && scale.every(Number.isFinite) && scale[0] < scale[1])) {
    const got = Array.isArray(scale) ? `[${scale.join(", ")}]` : show(scale);
    throw new InputRangeError(
      `factorization: scale must be two finite numbers, the lower one first, or null, got ${got}. Correct it.`,
    );
  }
  if (options.mean !== undefined) requireNumber("factorization", "mean", options.mean);
  return {
    *train(ratings, how = {}) {
      yield* eachStep(descend(options, ratings, how));
    },
    fit: (ratings, how = {}) => lastFitted(descend(options, ratings, { ...how, every: "epoch" })),
    spec: () => estimatorSpec("matrixFactorization", options),
    fitted: (fittedData) => fittedFactorization(frozenCopy(fittedData)),
  };
}

function descend(
  options: FactorizationOptions,
  table: Ratings,
  how: FactorizationFitOptions & { every?: TrainOptions["every"] },
): Fitting<FactorizationData, FittedFactorization> {
  requireKnown("fit", how, ["resume", "threads", "seen", "every"]);
  const ratings = checkedRatings(table);
  const users = indexed(table.users);
  const items = indexed(table.items);
  const { rank = 10, penalty = "perRating", biases = true, standardize = true, seed = 0, stop = {}, kernels } = options;
  const rowCount = users.labels.length + items.labels.length;
  const uniform = penalty === "uniform";
  const l2 = options.l2 ?? (uniform ? 0.1 / rowCount : 0.05);
  const watched = stop.validation?.share;
  const parts =
    watched === undefined
      ? undefined
      : splitRatings({ users: users.indices, items: items.indices }, { testShare: watched, seed });
  const rows = parts?.train ?? Uint32Array.from(ratings.keys());
  const { mean, deviation } = unitsOf(options, ratings, rows, standardize);
  const problemOf = (rows: Uint32Array, penalised: boolean): Problem => {
    const perRating = penalised && !uniform ? l2 : 0;
    const predictor = factors(users.labels.length, items.labels.length, rank, { biases, perRating });
    const left = Uint32Array.from(rows, (row) => users.indices[row]!);
    const right = Uint32Array.from(rows, (row) => items.indices[row]!);
    return risk({
      predictor,
      loss: halfSquared(),
      inputs: predictor.inputs(left, right),
      targets: column(standardized(ratings, rows, { mean, deviation })),
      l2: penalised && uniform ? l2 : 0,
    });
  };
  const batchSize = options.batchSize ?? (uniform ? "full" : 1);
  if (uniform) requireAffordable(batchSize, rowCount);
  const full = batchSize === "full";
  const descent = (share: number): RatingDescent => ({
    largest: largestOf(standardized(ratings, rows, { mean, deviation })),
    l2,
    share,
  });
  const optimizer = options.optimizer ?? (full ? automatic() : plain(Math.min(0.01, stableRate(descent(1)))));
  const epochs = options.epochs ?? (full ? 100 : 30);
  const scale = options.scale === undefined ? rangeOf(ratings) : options.scale;
  const lists = seenLists(users, items, how.seen);
  const fittedDataAt = (step: Step): FactorizationData => ({
    kind: "factorization",
    settings: { rank, biases, mean, deviation, penalty, scale },
    options: {
      ...{ l2, batchSize, epochs, seed, standardize, optimizer: optimizer.name ?? "custom" },
      ...(parts && { watched: parts.test.length }),
    },
    users: users.labels,
    items: items.labels,
    seen: lists,
    params: new Float64Array(step.best ?? step.solution),
    history: copyHistory(step.history),
    updates: step.t,
    stopped: step.stopped ?? "interrupted",
  });
  const steps = train(problemOf(rows, true), optimizer, {
    batchSize,
    epochs,
    seed,
    start: options.start ?? "random",
    order: options.order ?? (batchSize === 1 ? "grid" : "shuffled"),
    trace: options.trace,
    batchLosses: options.batchLosses,
    average: options.average,
    stop: {
      remaining: stop.remaining,
      gradient: stop.gradient,
      change: stop.change,
      validation: parts && { problem: problemOf(parts.test, false), patience: stop.validation?.patience },
    },
    kernels,
    resume: how.resume,
    threads: how.threads,
    every: how.every,
  });
  return {
    steps,
    fittedDataAt,
    fitted: fittedFactorization,
    suggestedRate: () =>
      suggestedRatingRate(optimizer, descent(full ? largestShare([users.indices, items.indices], rows) : 1)),
  };
}

/** The mean that is fixed, and what ratings less that mean are divided by. */
function unitsOf(
  { mean }: FactorizationOptions,
  ratings: Vector,
  rows: Uint32Array,
  standardize: boolean,
): RatingScale {
  const own = ratingScale(ratings, rows);
  return { mean: (mean ?? own.mean) + 0, deviation: standardize ? own.deviation : 1 }; // −0 becomes 0, as in a saved model
}

const MOST_PER_RATING = 64; // rows of parameters that an update may move for each rating of its batch

/** @throws RangeError for batches so small that the penalty of all rows, in every update, would cost most of the time. */
function requireAffordable(batchSize: BatchSize, rows: number): void {
  const least = Math.ceil(rows / MOST_PER_RATING);
  if (batchSize === "full" || batchSize >= least) return;
  throw new InputRangeError(
    `fit: batchSize must be at least ${least} or "full" with penalty "uniform", as each update then moves all ${rows} ` +
      `users and items, got ${batchSize}. Use "full", or penalty "perRating".`,
  );
}
