import { requireFinite, requireKnown, requireNumber, requireOneOf, requireSize, show } from "../core/check.ts";
import { classesOf, type Label } from "../core/label.ts";
import { takeRows } from "../core/matrix.ts";
import type { Vector } from "../core/vector.ts";
import { trainTestSplit } from "../data/trainTestSplit.ts";
import { dense } from "../kernels/resident.ts";
import { halfSquared } from "../losses/halfSquared.ts";
import { plain } from "../optimizers/plain.ts";
import { type Factors, factors } from "../predictors/factors.ts";
import { type Order, orderNames } from "../training/batches.ts";
import { copyHistory } from "../training/history.ts";
import type { Problem } from "../training/objective.ts";
import { risk } from "../training/risk.ts";
import { type Step, train } from "../training/train.ts";
import type { TrainOptions } from "../training/trainOptions.ts";
import { type FactorCore, type FittedFactorization, fittedFactorization } from "./fittedFactorization.ts";
import { eachStep, type Fitting, lastFitted } from "./fitting.ts";
import { checkDescentOptions, type DescentOptions, descentOptionNames } from "./options.ts";
import { type EstimatorSpec, estimatorSpec } from "./spec.ts";
import type { FitOptions } from "./supervised.ts";

/** One rating per entry: who, what, how much. */
export interface Ratings {
  readonly users: ArrayLike<Label>;
  readonly items: ArrayLike<Label>;
  /** A Float32Array trains in float32. */
  readonly ratings: ArrayLike<number>;
}

export interface FactorizationOptions extends Omit<DescentOptions, "standardize" | "order"> {
  /** ["grid" for one rating per update, "shuffled" for other batches] */
  readonly order?: Order;
  /** Factors per user and item [10]. */
  readonly rank?: number;
  /**
   * "perRating" penalises l2/2 (‖p_u‖² + ‖q_i‖² + biases²) for every observed rating, "uniform" once per user and item,
   * all in units of the mean over ratings ["perRating"].
   */
  readonly penalty?: "perRating" | "uniform";
  /** A bias per user and item beside the factors [true]. */
  readonly biases?: boolean;
  /** Fixed, not trained [the mean of the training ratings]. */
  readonly mean?: number;
  /** Predictions are clipped to [lowest, highest] [not clipped]. */
  readonly scale?: readonly [number, number];
}

const own = ["rank", "penalty", "biases", "mean", "scale"];

export type FactorizationFitOptions = Pick<FitOptions, "resume" | "threads">;

/** A step of a factorization's training, which can say what was reached. */
export interface FactorizationStep extends Step {
  /** The model as it stands: with the best held-out loss, where that is watched. */
  fitted(): FittedFactorization;
  /** The same as plain data, which can be sent between threads. */
  core(): FactorCore;
}

export interface FactorizationEstimator {
  /** Trains as an iteration over updates; breaking off stops, and `step.fitted()` keeps what was reached. */
  train(
    ratings: Ratings,
    options?: FactorizationFitOptions & { every?: TrainOptions["every"] },
  ): Generator<FactorizationStep, void>;
  /** Trains to the end. */
  fit(ratings: Ratings, options?: FactorizationFitOptions): FittedFactorization;
  /** The estimator as JSON, for `estimatorFromSpec`. Throws TypeError when an option is code. */
  spec(): EstimatorSpec;
  /** The fitted model of its data, as `step.core()` gave it. */
  fitted(core: FactorCore): FittedFactorization;
}

/**
 * Matrix factorization: a rating is mean + bu_u + bi_i + p_u · q_i; minimises mean ½ e² + penalty over the observed ones.
 *
 * By default one rating per update at rate 0.01 in the order of a grid, l2 0.05 per rating, 30 epochs, from a small random
 * start.
 */
export function matrixFactorization(options: FactorizationOptions = {}): FactorizationEstimator {
  requireKnown("factorization", options, [...descentOptionNames.filter((name) => name !== "standardize"), ...own]);
  checkDescentOptions("factorization", options, own, orderNames);
  requireSize("factorization", "rank", options.rank ?? 10);
  requireOneOf("factorization", "penalty", options.penalty ?? "perRating", ["perRating", "uniform"]);
  const { scale } = options;
  if (scale !== undefined && !(scale.length === 2 && scale.every(Number.isFinite) && scale[0] < scale[1])) {
    const got = Array.isArray(scale) ? `[${scale.join(", ")}]` : show(scale);
    throw new RangeError(
      `factorization: scale must be two finite numbers, the lower one first, got ${got}. Correct it.`,
    );
  }
  if (options.mean !== undefined) requireNumber("factorization", "mean", options.mean);
  return {
    *train(ratings, how = {}) {
      yield* eachStep(descend(options, ratings, how));
    },
    fit: (ratings, how = {}) => lastFitted(descend(options, ratings, { ...how, every: "epoch" })),
    spec: () => estimatorSpec("matrixFactorization", options),
    fitted: fittedFactorization,
  };
}

function descend(
  options: FactorizationOptions,
  table: Ratings,
  how: FactorizationFitOptions & { every?: TrainOptions["every"] },
): Fitting<FactorCore, FittedFactorization> {
  requireKnown("fit", table, ["users", "items", "ratings"]);
  requireKnown("fit", how, ["resume", "threads", "every"]);
  const ratings = checkedRatings(table);
  const users = indexed(table.users);
  const items = indexed(table.items);
  const { rank = 10, penalty = "perRating", biases = true, l2 = 0.05, seed = 0, stop = {}, kernels } = options;
  const parts = stop.heldOut && trainTestSplit(ratings.length, { heldOut: stop.heldOut.share, seed });
  const rows = parts?.train ?? Uint32Array.from(ratings.keys());
  const mean = options.mean ?? meanOf(ratings, rows);
  const shape = { rank, biases, mean };
  const predictor = (perRating: number): Factors =>
    factors(users.labels.length, items.labels.length, rank, { mean, biases, perRating });
  const problemOf = (rows: Uint32Array, perRating: number, uniform: number): Problem => {
    const own = predictor(perRating);
    const left = Uint32Array.from(rows, (row) => users.indices[row]!);
    const right = Uint32Array.from(rows, (row) => items.indices[row]!);
    return risk({
      predictor: own,
      loss: halfSquared(),
      inputs: own.inputs(left, right),
      targets: dense(takeRows({ data: ratings, rows: ratings.length, columns: 1 }, rows)),
      l2: uniform,
    });
  };
  const perRating = penalty === "perRating" ? l2 : 0;
  const optimizer = options.optimizer ?? plain(0.01);
  const batchSize = options.batchSize ?? 1;
  const epochs = options.epochs ?? 30;
  const seen = seenBy(users, items);
  const coreAt = (step: Step): FactorCore => ({
    kind: "factorization",
    settings: { ...shape, penalty, scale: options.scale ?? null },
    options: { l2, batchSize, epochs, seed, optimizer: optimizer.name ?? "custom" },
    users: users.labels,
    items: items.labels,
    seen,
    params: Float64Array.from(step.best ?? step.solution),
    history: copyHistory(step.history),
    updates: step.t,
    stopped: step.stopped ?? "interrupted",
  });
  const steps = train(problemOf(rows, perRating, l2 - perRating), optimizer, {
    batchSize,
    epochs,
    seed,
    start: options.start ?? "random",
    order: options.order ?? (batchSize === 1 ? "grid" : "shuffled"),
    trace: options.trace,
    batchLosses: options.batchLosses,
    average: options.average,
    stop: {
      gradient: stop.gradient,
      change: stop.change,
      heldOut: parts && { problem: problemOf(parts.test, 0, 0), patience: stop.heldOut?.patience },
    },
    kernels,
    ...how,
  });
  return { steps, coreAt, fitted: fittedFactorization, suggestedRate: () => undefined };
}

function checkedRatings({ users, items, ratings }: Ratings): Vector {
  if (users?.length !== ratings?.length || items?.length !== ratings?.length || !(ratings?.length > 0)) {
    throw new RangeError(
      "fit: users, items and ratings must be equally many and at least one, " +
        `got ${users?.length}, ${items?.length} and ${ratings?.length}. Give one of each per rating.`,
    );
  }
  for (let i = 0; i < ratings.length; i++) {
    if (typeof ratings[i] !== "number") {
      throw new TypeError(`fit: ratings must be numbers, got ${show(ratings[i])} in row ${i}. Convert them.`);
    }
  }
  const numbers = ratings instanceof Float32Array ? ratings : Float64Array.from(ratings);
  requireFinite("fit", "ratings", numbers);
  return numbers;
}

interface IndexedLabels {
  readonly labels: readonly Label[];
  readonly indices: Uint32Array;
}

/** The different labels in order, and each row's position among them. */
function indexed(labels: ArrayLike<Label>): IndexedLabels {
  const different = classesOf("fit", labels);
  const position = new Map(different.map((label, i) => [label, i]));
  return {
    labels: different,
    indices: Uint32Array.from({ length: labels.length }, (_, i) => position.get(labels[i]!)!),
  };
}

/** The items each user has rated, one list per user. */
function seenBy(users: IndexedLabels, items: IndexedLabels): Uint32Array[] {
  const lists: number[][] = users.labels.map(() => []);
  users.indices.forEach((u, row) => {
    lists[u]!.push(items.indices[row]!);
  });
  return lists.map((list) => Uint32Array.from(list));
}

function meanOf(ratings: Vector, rows: Uint32Array): number {
  let sum = 0;
  for (const row of rows) sum += ratings[row]!;
  return sum / rows.length;
}
