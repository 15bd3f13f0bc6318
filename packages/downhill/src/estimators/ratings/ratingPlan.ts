// What a run on ratings needs: the objective, the scaling of the ratings, and the options that the model chooses.
import { InputRangeError } from "../../core/check.ts";
import type { ChunkedRows, RowSources } from "../../kernels/boundRows.ts";
import { halfSquared } from "../../losses/halfSquared.ts";
import { automatic } from "../../optimizers/automatic.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import { plain } from "../../optimizers/plain.ts";
import { type Factors, factors, type Terms } from "../../predictors/factors.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { risk } from "../../training/objective/risk.ts";
import type { BatchSize } from "../../training/order/batchSize.ts";
import type { Order } from "../../training/order/rowOrder.ts";
import { lateCosine } from "../defaults/lateCosine.ts";
import { objectiveAfter, PILOT_AVERAGE, pilotRate } from "../defaults/pilotRate.ts";
import type { FactorizationData } from "./factorization.ts";
import type { FactorizationOptions } from "./factorizationOptions.ts";
import { largeRating, type RatingRun, stableRate } from "./ratingRate.ts";
import { largestOf, type RatingParts, type RatingScale, rangeOf, ratingScale, standardized } from "./ratings.ts";

/** The parts of a run on ratings or on implicit feedback. */
export interface RatingPlan {
  readonly training: Problem;
  readonly validation: Problem | undefined;
  readonly settings: Pick<FactorizationData["settings"], "mean" | "deviation" | "scale" | "loss">;
  readonly l2: number | Terms;
  readonly batchSize: BatchSize;
  readonly epochs: number;
  readonly order: Order | undefined;
  readonly optimizer: Optimizer;
  /** The facts for a learning rate with which the run does not diverge. */
  stability(): RatingRun;
  /** Further chosen options, for the fitted model. */
  readonly chosen: Readonly<Record<string, number>>;
}

/** Ratings of different pairs, in memory or stored. */
export interface RatingRows extends RatingParts {
  /** The largest number of ratings of one user or item. */
  largestCount(): number;
  /** The rows of a risk, with standardized ratings as targets. */
  rowsOf(predictor: Factors, scale: RatingScale): RowSources | ChunkedRows;
}

/** The ratings of a fit. */
export interface RatingData {
  /** The public function, for errors. */
  readonly functionName: string;
  /** The numbers of users and items. */
  readonly users: number;
  readonly items: number;
  readonly training: RatingRows;
  readonly validation: RatingRows | undefined;
  /** The order for one rating per update; undefined for that of the chunks. */
  readonly singleOrder: Order | undefined;
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
export function ratingPlan(options: FactorizationOptions, data: RatingData): RatingPlan {
  const { users, items, training: rows } = data;
  const { rank = 10, penalty = "perRating", biases = true, standardize = true, rates } = options;
  const uniform = penalty === "uniform";
  const l2 = options.l2 ?? (uniform ? 0.2 / (users + items) : 0.1);
  const scale = scaleOf(options, data, standardize);
  const problemOf = (rows: RatingRows, penalised: boolean): Problem => {
    const penalties = penalised && !uniform ? penaltyOf(l2) : {};
    const predictor = factors(users, items, rank, { biases, ...penalties, ...(rates && { rateTerms: rates }) });
    return risk({
      predictor,
      loss: halfSquared(),
      l2: penalised && uniform ? (l2 as number) : 0,
      ...rows.rowsOf(predictor, scale),
    });
  };
  const batchSize = options.batchSize ?? (uniform ? "full" : 1);
  if (uniform) requireLargeBatch(data.functionName, batchSize, users + items);
  const full = batchSize === "full";
  const scaled: RatingParts = { ...rows, each: (visit) => rows.each((part) => visit(standardized(part, scale))) };
  const runWith = (share: number, largest = largestOf(scaled)): RatingRun => ({
    largest,
    l2: largestPenalty(l2),
    share,
  });
  const largestShare = (): number => rows.largestCount() / rows.rows;
  const training = problemOf(rows, true);
  const epochs = options.epochs ?? (full ? 100 : 30);
  const order = options.order ?? (batchSize === 1 ? data.singleOrder : undefined);
  /** A learning rate for batches of this many ratings; for one rating it is stable for each rating. */
  function firstRate(batchRows: number): number {
    const stable = stableRate(runWith(1, largeRating(scaled)));
    if (batchRows === 1) return stable;
    // Far ratings need large factors, which grow out of their small start only after a short run has ended.
    if (largestOf(scaled) > FAR) return stableRate(runWith(Math.min(1, largestShare() + 0.5 / batchRows)));
    const { start = "random", seed, kernels } = options;
    const short = {
      batchSize: batchRows,
      epochs: Math.ceil(epochs / 20),
      start,
      seed,
      kernels,
      average: PILOT_AVERAGE,
      ...(typeof order === "object" && { order }),
    };
    const pilot = pilotRate(batchRows * stable, (rate) => objectiveAfter(training, plain(rate), short));
    return Math.min(batchRows * stable, pilot); // the curvature grows with the factors after a short run
  }
  /** Plain descent with a rate that is constant in the first half of the run and falls along a cosine in the second. */
  function falling(batchRows: number): Optimizer {
    return plain(lateCosine(firstRate(batchRows), epochs * Math.ceil(rows.rows / batchRows)));
  }
  return {
    training,
    validation: data.validation && problemOf(data.validation, false),
    settings: {
      ...scale,
      scale: options.scale === undefined ? rangeOf(data.validation ? [rows, data.validation] : [rows]) : options.scale,
      loss: "halfSquared",
    },
    l2,
    batchSize,
    epochs,
    order,
    optimizer: options.optimizer ?? (batchSize === "full" ? automatic() : falling(batchSize)),
    stability: () => runWith(full ? largestShare() : 1),
    chosen: {},
  };
}

/** The mean that is subtracted from the ratings, and the number that they are then divided by. */
function scaleOf(
  { mean }: FactorizationOptions,
  { functionName, training }: RatingData,
  standardize: boolean,
): RatingScale {
  const own = ratingScale(functionName, training);
  return { mean: (mean ?? own.mean) + 0, deviation: standardize ? own.deviation : 1 }; // −0 becomes 0, as in a saved model
}

const FAR = 50; // of a standardized rating

const MOST_ROWS_PER_RATING = 64;

/** @throws RangeError for a batch that is so small that most of the time would go into the penalty on all users and items */
function requireLargeBatch(functionName: string, batchSize: BatchSize, rows: number): void {
  const lowest = Math.ceil(rows / MOST_ROWS_PER_RATING);
  if (batchSize === "full" || batchSize >= lowest) return;
  throw new InputRangeError(
    `${functionName}: batchSize must be at least ${lowest} for ${rows} users and items with penalty "uniform", got ${batchSize}. ` +
      'Pass batchSize: "full".',
  );
}
