// A run of the trainer on ratings, and from one of its steps to a fitted factorization.
import type { Label } from "../../core/label.ts";
import type { Lists } from "../../core/lists.ts";
import { type Step, train } from "../../training/train.ts";
import type { TrainOptions } from "../../training/trainOptions.ts";
import { type FitRun, resultAt } from "../fit/steps.ts";
import type { FactorizationData, FittedFactorization } from "./factorization.ts";
import type { FactorizationOptions, FactorizationStepOptions } from "./factorizationOptions.ts";
import { fittedFactorization } from "./fittedFactorization.ts";
import type { RatingPlan } from "./ratingPlan.ts";
import { suggestedRatingRate } from "./ratingRate.ts";

/** The facts about ratings that a fitted factorization contains. */
export interface RatingFacts {
  /** The users, sorted. */
  readonly users: readonly Label[];
  /** The items, sorted. */
  readonly items: readonly Label[];
  /** For each user the items that the user has rated. */
  readonly seen: Lists;
  /** The number of training ratings. */
  readonly ratings: number;
  /** The number of validation ratings; undefined if the run has none. */
  readonly validation: number | undefined;
}

/** The run of a fit to ratings. */
export function ratingRun(
  options: FactorizationOptions,
  { users, items, seen, ratings, validation }: RatingFacts,
  plan: RatingPlan,
  runOptions: Omit<FactorizationStepOptions, "seen">,
): FitRun<FactorizationData, FittedFactorization> {
  const { duplicates = "mean", rank = 10, penalty = "perRating", biases = true, rates, seed = 0, stop = {} } = options;
  const { l2, batchSize, epochs, order, optimizer } = plan;
  const { mean, deviation, loss, scale } = plan.settings;
  const standardize = options.feedback !== "implicit" && (options.standardize ?? true);
  const fittedDataAt = (step: Step): FactorizationData => ({
    kind: "factorization",
    settings: { rank, biases, mean, deviation, penalty, loss, scale },
    options: {
      ...{ l2, batchSize, epochs, seed, standardize },
      ...{ optimizer: optimizer.name ?? "custom", duplicates, ratings, ...plan.chosen },
      ...(rates && { rates }),
      ...(validation !== undefined && { validation, patience: stop.validation?.patience ?? 10 }),
    },
    users,
    items,
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
    ...runOptions,
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
