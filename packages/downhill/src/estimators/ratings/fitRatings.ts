// From ratings to a run of the trainer, and from a step of the run to a fitted factorization.
import { requireKnown } from "../../core/check.ts";
import type { Pairs } from "../../core/pairs.ts";
import { splitRatings } from "../../data/splitRatings.ts";
import { type Step, train } from "../../training/train.ts";
import type { TrainOptions } from "../../training/trainOptions.ts";
import { requireValidationShare } from "../fit/rowSubsets.ts";
import { type FitRun, resultAt } from "../fit/steps.ts";
import { distinctRatings } from "./duplicates.ts";
import type { FactorizationData, FittedFactorization } from "./factorization.ts";
import type { FactorizationOptions, FactorizationStepOptions } from "./factorizationOptions.ts";
import { fittedFactorization } from "./fittedFactorization.ts";
import { implicitPlan } from "./implicitPlan.ts";
import { ratingPlan } from "./ratingPlan.ts";
import { suggestedRatingRate } from "./ratingRate.ts";
import { checkedRatings, indexed, positiveRatings, type Ratings, seenLists } from "./ratings.ts";

/**
 * Starts the run of a fit.
 *
 * @param functionName  the public function, for errors
 * @throws RangeError or TypeError for ratings or options that are not allowed
 */
export function startRatingFit(
  functionName: "fit" | "prepare",
  options: FactorizationOptions,
  table: Ratings | Pairs,
  fitOptions: FactorizationStepOptions,
): FitRun<FactorizationData, FittedFactorization> {
  requireKnown(functionName, fitOptions, ["resume", "threads", "ranks", "seen", "every"]);
  const isImplicit = options.feedback === "implicit";
  const given = isImplicit ? positiveRatings(functionName, table) : checkedRatings(functionName, table as Ratings);
  const users = indexed(functionName, "users", table.users);
  const items = indexed(functionName, "items", table.items);
  const { duplicates = "mean", rank = 10, penalty = "perRating", biases = true, rates, seed = 0, stop = {} } = options;
  const distinct = distinctRatings(functionName, users, items, given, duplicates);
  const { user, item } = distinct;
  const share = stop.validation?.share;
  if (share !== undefined) requireValidationShare(functionName, share, user.length);
  const parts =
    share === undefined ? undefined : splitRatings({ users: user, items: item }, { testShare: share, seed });
  const rows = {
    functionName,
    ...distinct,
    users: users.labels.length,
    items: items.labels.length,
    train: parts?.train ?? Uint32Array.from(user.keys()),
    validation: parts?.test,
  };
  const plan = isImplicit ? implicitPlan(options, rows, users) : ratingPlan(options, rows);
  const { l2, batchSize, epochs, order, optimizer } = plan;
  const { mean, deviation, loss, scale } = plan.settings;
  const seen = seenLists(functionName, users, items, fitOptions.seen);
  const fittedDataAt = (step: Step): FactorizationData => ({
    kind: "factorization",
    settings: { rank, biases, mean, deviation, penalty, loss, scale },
    options: {
      ...{ l2, batchSize, epochs, seed, standardize: !isImplicit && (options.standardize ?? true) },
      ...{ optimizer: optimizer.name ?? "custom", duplicates, ratings: rows.train.length, ...plan.chosen },
      ...(rates && { rates }),
      ...(parts && { validation: parts.test.length, patience: stop.validation?.patience ?? 10 }),
    },
    users: users.labels,
    items: items.labels,
    seen,
    ...resultAt(step),
  });
  const trainOptions: TrainOptions = {
    batchSize,
    epochs,
    seed,
    start: options.start ?? "random",
    order,
    trace: options.trace,
    batchLosses: options.batchLosses,
    average: options.average,
    stop: {
      remaining: stop.remaining,
      gradient: stop.gradient,
      change: stop.change,
      validation: plan.validation && { problem: plan.validation, patience: stop.validation?.patience },
    },
    kernels: options.kernels,
    resume: fitOptions.resume,
    threads: fitOptions.threads,
    ranks: fitOptions.ranks,
    every: fitOptions.every,
  };
  const problem = plan.training;
  return {
    parts: {
      ...{ problem, optimizer, options: trainOptions, l2: typeof l2 === "number" ? l2 : null },
      ...{ standardized: null, columns: null },
      problemWith: () => problem,
    },
    steps: (kernels = trainOptions.kernels) => train(problem, optimizer, { ...trainOptions, kernels }),
    fittedDataAt,
    fitted: fittedFactorization,
    suggestedRate: () => suggestedRatingRate(optimizer, plan.stability()),
  };
}
