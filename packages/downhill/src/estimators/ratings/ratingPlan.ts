// What a run on ratings needs: the objective, the scaling of the ratings, and the options that the model chooses.
import { InputRangeError } from "../../core/check.ts";
import type { Vector } from "../../core/vector.ts";
import { column } from "../../kernels/source.ts";
import { halfSquared } from "../../losses/halfSquared.ts";
import { automatic } from "../../optimizers/automatic.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import { plain } from "../../optimizers/plain.ts";
import { factors, type Terms } from "../../predictors/factors.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { risk } from "../../training/objective/risk.ts";
import type { BatchSize } from "../../training/order/batchSize.ts";
import type { Order } from "../../training/order/rowOrder.ts";
import type { DistinctRatings } from "./duplicates.ts";
import type { FactorizationData } from "./factorization.ts";
import type { FactorizationOptions } from "./factorizationOptions.ts";
import { largestShare, type RatingRun, stableRate } from "./ratingRate.ts";
import { largestOf, type RatingScale, rangeOf, ratingScale, standardized } from "./ratings.ts";

/** The parts of a run on ratings or on implicit feedback. */
export interface RatingPlan {
  readonly training: Problem;
  readonly validation: Problem | undefined;
  readonly settings: Pick<FactorizationData["settings"], "mean" | "deviation" | "scale" | "loss">;
  readonly l2: number | Terms;
  readonly batchSize: BatchSize;
  readonly epochs: number;
  readonly order: Order;
  readonly optimizer: Optimizer;
  /** The facts for a learning rate with which the run does not diverge. */
  stability(): RatingRun;
  /** Further chosen options, for the fitted model. */
  readonly chosen: Readonly<Record<string, number>>;
}

/** Distinct ratings, how many users and items they have, and their division into training and validation ratings. */
export interface RatingRows extends DistinctRatings {
  readonly users: number;
  readonly items: number;
  readonly train: Uint32Array;
  readonly validation: Uint32Array | undefined;
}

/** The option l2 for `factors`: one number, or 1 and a number for each term. */
export const penaltyOf = (l2: number | Terms): { perRating: number; l2Terms?: Terms } =>
  typeof l2 === "number" ? { perRating: l2 } : { perRating: 1, l2Terms: l2 };

/** The largest of the weights of a penalty. */
export const largestPenalty = (l2: number | Terms): number =>
  typeof l2 === "number" ? l2 : Math.max(l2.userFactors, l2.itemFactors, l2.userBiases, l2.itemBiases);

/**
 * The plan for ratings.
 *
 * @throws RangeError for ratings without a finite deviation, or a batch that is too small for the uniform penalty
 */
export function ratingPlan(options: FactorizationOptions, data: RatingRows): RatingPlan {
  const { user, item, ratings, users, items, train: rows } = data;
  const { rank = 10, penalty = "perRating", biases = true, standardize = true, rates } = options;
  const uniform = penalty === "uniform";
  const l2 = options.l2 ?? (uniform ? 0.1 / (users + items) : 0.05);
  const { mean, deviation } = scaleOf(options, ratings, rows, standardize);
  const problemOf = (rows: Uint32Array, penalised: boolean): Problem => {
    const penalties = penalised && !uniform ? penaltyOf(l2) : {};
    const predictor = factors(users, items, rank, { biases, ...penalties, ...(rates && { rateTerms: rates }) });
    const left = Uint32Array.from(rows, (row) => user[row]!);
    const right = Uint32Array.from(rows, (row) => item[row]!);
    return risk({
      predictor,
      loss: halfSquared(),
      inputs: predictor.inputs(left, right),
      targets: column(standardized(ratings, rows, { mean, deviation })),
      l2: penalised && uniform ? (l2 as number) : 0,
    });
  };
  const batchSize = options.batchSize ?? (uniform ? "full" : 1);
  if (uniform) requireLargeBatch(batchSize, users + items);
  const full = batchSize === "full";
  const runWith = (share: number): RatingRun => ({
    largest: largestOf(standardized(ratings, rows, { mean, deviation })),
    l2: largestPenalty(l2),
    share,
  });
  return {
    training: problemOf(rows, true),
    validation: data.validation && problemOf(data.validation, false),
    settings: {
      mean,
      deviation,
      scale: options.scale === undefined ? rangeOf(ratings) : options.scale,
      loss: "halfSquared",
    },
    l2,
    batchSize,
    epochs: options.epochs ?? (full ? 100 : 30),
    order: options.order ?? (batchSize === 1 ? "grid" : "shuffled"),
    optimizer: options.optimizer ?? (full ? automatic() : plain(Math.min(0.01, stableRate(runWith(1))))),
    stability: () => runWith(full ? largestShare([user, item], rows) : 1),
    chosen: {},
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
