// From ratings to a run of the trainer, and from a step of the run to a fitted factorization.
import { InputRangeError, requireKnown } from "../../core/check.ts";
import type { Vector } from "../../core/vector.ts";
import { splitRatings } from "../../data/splitRatings.ts";
import { column } from "../../kernels/source.ts";
import { halfSquared } from "../../losses/halfSquared.ts";
import { automatic } from "../../optimizers/automatic.ts";
import { plain } from "../../optimizers/plain.ts";
import { factors } from "../../predictors/factors.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { risk } from "../../training/objective/risk.ts";
import type { BatchSize } from "../../training/order/batchSize.ts";
import { type Step, train } from "../../training/train.ts";
import { requireValidationShare } from "../fit/rowSubsets.ts";
import { type FitRun, resultAt } from "../fit/steps.ts";
import { distinctRatings } from "./duplicates.ts";
import type { FactorizationData, FittedFactorization } from "./factorization.ts";
import type { FactorizationOptions, FactorizationStepOptions } from "./factorizationOptions.ts";
import { fittedFactorization } from "./fittedFactorization.ts";
import { largestShare, type RatingRun, stableRate, suggestedRatingRate } from "./ratingRate.ts";
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
} from "./ratings.ts";

/**
 * Starts the run of a fit.
 *
 * @throws RangeError or TypeError for ratings or options that are not allowed
 */
export function startRatingFit(
  options: FactorizationOptions,
  table: Ratings,
  fitOptions: FactorizationStepOptions,
): FitRun<FactorizationData, FittedFactorization> {
  requireKnown("fit", fitOptions, ["resume", "threads", "seen", "every"]);
  const given = checkedRatings("fit", table);
  const users = indexed("fit", "users", table.users);
  const items = indexed("fit", "items", table.items);
  const duplicates = options.duplicates ?? "mean";
  const { user, item, ratings } = distinctRatings("fit", users, items, given, duplicates);
  const { rank = 10, penalty = "perRating", biases = true, standardize = true, seed = 0, stop = {}, kernels } = options;
  const rowCount = users.labels.length + items.labels.length;
  const uniform = penalty === "uniform";
  const l2 = options.l2 ?? (uniform ? 0.1 / rowCount : 0.05);
  const share = stop.validation?.share;
  if (share !== undefined) requireValidationShare("fit", share, ratings.length);
  const pairs = { users: user, items: item };
  const parts = share === undefined ? undefined : splitRatings(pairs, { testShare: share, seed });
  const rows = parts?.train ?? Uint32Array.from(ratings.keys());
  const { mean, deviation } = scaleOf(options, ratings, rows, standardize);
  const problemOf = (rows: Uint32Array, penalised: boolean): Problem => {
    const perRating = penalised && !uniform ? l2 : 0;
    const predictor = factors(users.labels.length, items.labels.length, rank, { biases, perRating });
    const left = Uint32Array.from(rows, (row) => user[row]!);
    const right = Uint32Array.from(rows, (row) => item[row]!);
    return risk({
      predictor,
      loss: halfSquared(),
      inputs: predictor.inputs(left, right),
      targets: column(standardized(ratings, rows, { mean, deviation })),
      l2: penalised && uniform ? l2 : 0,
    });
  };
  const batchSize = options.batchSize ?? (uniform ? "full" : 1);
  if (uniform) requireLargeBatch(batchSize, rowCount);
  const full = batchSize === "full";
  const runWith = (share: number): RatingRun => ({
    largest: largestOf(standardized(ratings, rows, { mean, deviation })),
    l2,
    share,
  });
  const optimizer = options.optimizer ?? (full ? automatic() : plain(Math.min(0.01, stableRate(runWith(1)))));
  const epochs = options.epochs ?? (full ? 100 : 30);
  const scale = options.scale === undefined ? rangeOf(ratings) : options.scale;
  const seen = seenLists(users, items, fitOptions.seen);
  const fittedDataAt = (step: Step): FactorizationData => ({
    kind: "factorization",
    settings: { rank, biases, mean, deviation, penalty, scale },
    options: {
      ...{ l2, batchSize, epochs, seed, standardize, optimizer: optimizer.name ?? "custom" },
      ...{ duplicates, ratings: rows.length },
      ...(parts && { validation: parts.test.length }),
    },
    users: users.labels,
    items: items.labels,
    seen,
    ...resultAt(step),
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
    resume: fitOptions.resume,
    threads: fitOptions.threads,
    every: fitOptions.every,
  });
  return {
    steps,
    fittedDataAt,
    fitted: fittedFactorization,
    suggestedRate: () => suggestedRatingRate(optimizer, runWith(full ? largestShare([user, item], rows) : 1)),
  };
}

/** The mean that is subtracted from the ratings, and the number that they are then divided by. */
function scaleOf(
  { mean }: FactorizationOptions,
  ratings: Vector,
  rows: Uint32Array,
  standardize: boolean,
): RatingScale {
  const own = ratingScale(ratings, rows);
  return { mean: (mean ?? own.mean) + 0, deviation: standardize ? own.deviation : 1 }; // −0 becomes 0, as in a saved model
}

const MOST_ROWS_PER_RATING = 64;

/** @throws RangeError for a batch that is so small that most of the time would go into the penalty on all users and items */
function requireLargeBatch(batchSize: BatchSize, rows: number): void {
  const lowest = Math.ceil(rows / MOST_ROWS_PER_RATING);
  if (batchSize === "full" || batchSize >= lowest) return;
  throw new InputRangeError(
    `fit: batchSize must be at least ${lowest} for ${rows} users and items with penalty "uniform", got ${batchSize}. ` +
      'Pass batchSize: "full".',
  );
}
