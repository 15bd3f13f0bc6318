// From a table and targets to a fitted model: what all models of a table share. What tells them apart is their Model.
import { InputRangeError, requireFloat32, requireKnown, requireSize, show } from "../../core/check.ts";
import { frozenCopy } from "../../core/frozenCopy.ts";
import { elementOf } from "../../core/vector.ts";
import { column, dense } from "../../kernels/source.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import type { Loss } from "../../losses/loss.ts";
import type { Predictor } from "../../predictors/predictor.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { risk } from "../../training/objective/risk.ts";
import { copyHistory } from "../../training/state/history.ts";
import type { State } from "../../training/state/state.ts";
import type { ThreadPool } from "../../training/threads/threadPool.ts";
import { type Step, train } from "../../training/train.ts";
import type { TrainOptions } from "../../training/trainOptions.ts";
import type { Plan, Situation } from "../defaults/plans.ts";
import { expectedSmoothness, meanSquareWith, pullOfEarlierRows } from "../defaults/smoothness.ts";
import { suggestedRate } from "../defaults/suggestedRate.ts";
import type { FittedData, TableKind } from "../fitted/fittedData.ts";
import { requireColumnSizes, requireTargetSizes } from "./magnitudes.ts";
import { checkDescentOptions, type DescentOptions, ownOptions } from "./options.ts";
import { cut, type Part, rowsOf, type Targets } from "./rowSubsets.ts";
import { standardization } from "./scaling.ts";
import { type EstimatorSpec, estimatorSpec } from "./spec.ts";
import { eachStep, type Fitting, lastFitted } from "./steps.ts";
import { matrixOf, type Table } from "./table.ts";
import { combinedWeights } from "./weights.ts";

/** The parts of a fitted model that new targets are read by. */
export type Frozen = Pick<FittedData, "classes" | "targetScaling">;

/** What tells one model of a table from another. */
export interface Model<Y, F> {
  /** The function that makes its estimators. */
  readonly maker: string;
  readonly kind: TableKind;
  readonly settings: FittedData["settings"];
  /** Penalty on Σ |w|, 0 for none. */
  readonly l1: number;
  /** The l2 of so many training rows where the user chose none. */
  defaultL2(rows: number): number;
  /** Names of the options beyond those of the descent. */
  readonly optionNames: readonly string[];
  /** `frozen`: what is known already, of an earlier fit or of the training rows. */
  targets(functionName: string, y: Y, frozen: Frozen | undefined): Targets;
  build(features: number, targets: Pick<Targets, "classes">): { predictor: Predictor; loss: Loss };
  /** Largest second derivative of the loss in a score. */
  readonly curvature: number;
  plan(situation: Situation): Plan;
  fitted(fittedData: FittedData, again: Again<Y, F>): F;
}

/** Trains a fitted model further, on other rows. */
export type Again<Y, F> = (fittedData: FittedData, X: Table, y: Y, options?: PartialFitOptions) => F;

export interface FitOptions {
  /** One number ≥ 0 per row; scaled to mean 1. */
  readonly weights?: ArrayLike<number>;
  /** Go on from a state of a run on the same data with the same options, `epochs` apart. */
  readonly resume?: State;
  /** Threads that share the work of large batches: what `threads` gives; the bits do not depend on them [none]. */
  readonly threads?: ThreadPool;
}

export interface PartialFitOptions {
  /** Passes over the given rows [1]. */
  readonly epochs?: number;
  readonly weights?: ArrayLike<number>;
}

/** A step of an estimator's training, which can say what was reached. */
export interface FittingStep<F> extends Step {
  /** The model as it stands: with the best validation loss, where that is watched. */
  fitted(): F;
  /** The same as plain data, which can be sent between threads. */
  fittedData(): FittedData;
}

/** A model with its options, ready to be fitted. */
export interface Estimator<Y, F> {
  /** Trains as an iteration over updates; breaking off stops, and `step.fitted()` keeps what was reached. */
  train(X: Table, y: Y, options?: FitOptions & { every?: TrainOptions["every"] }): Generator<FittingStep<F>, void>;
  /** Trains to the end. */
  fit(X: Table, y: Y, options?: FitOptions): F;
  /** The estimator as JSON, for `estimatorFromSpec`. Throws TypeError when an option is code. */
  spec(): EstimatorSpec;
  /** The fitted model of its data, as `step.fittedData()` gave it. */
  fitted(fittedData: FittedData): F;
}

/** When rounding keeps the automatic rate from going on: in float32 that is a fall of less than one unit of its last place. */
const STALLED = {
  float64: { tolerance: 0, patience: 500 },
  float32: { tolerance: 1.2e-7, patience: 60 },
};

/** The estimator of a model, with options of its own: those given may be changed afterwards. */
export function estimator<O extends DescentOptions, Y extends ArrayLike<unknown>, F>(
  modelOf: (options: O) => Model<Y, F>,
  given: O,
): Estimator<Y, F> {
  const options = ownOptions(given);
  const model = modelOf(options);
  checkDescentOptions(model.kind, options, model.optionNames);
  const again = refit(model, options);
  return {
    *train(X, y, how = {}) {
      yield* eachStep(descend(model, options, X, y, how, again));
    },
    fit: (X, y, how = {}) => lastFitted(descend(model, options, X, y, { ...how, every: "epoch" }, again)),
    spec: () => estimatorSpec(model.maker, options),
    fitted: (fittedData) => fittedOf(model, frozenCopy(fittedData), again),
  };
}

/** The fitted model of data that nobody else has; what it shows of them is frozen. */
export const fittedOf = <Y, F>(model: Model<Y, F>, fittedData: FittedData, again: Again<Y, F>): F =>
  model.fitted(frozenCopy(fittedData, "kept"), again);

/** How a model goes on from a fitted one, by the same options; a batch is at most the rows given. */
export function refit<Y extends ArrayLike<unknown>, F>(model: Model<Y, F>, options: DescentOptions): Again<Y, F> {
  const again: Again<Y, F> = (fittedData, X, y, { epochs = 1, weights, ...unknown } = {}) => {
    requireKnown("partialFit", unknown, ["epochs", "weights"]);
    requireSize("partialFit", "epochs", epochs);
    const { batchSize, stop: _, ...others } = options;
    const frozen: DescentOptions = {
      ...others,
      batchSize: batchSize === "full" || batchSize === undefined || batchSize < y.length ? batchSize : "full",
      epochs,
      l2: fittedData.options["l2"] as number,
      start: fittedData.params,
    };
    return lastFitted(descend(model, frozen, X, y, { every: "epoch", weights }, again, fittedData));
  };
  return again;
}

function descend<Y extends ArrayLike<unknown>, F>(
  model: Model<Y, F>,
  options: DescentOptions,
  X: Table,
  y: Y,
  how: FitOptions & { every?: TrainOptions["every"] },
  again: Again<Y, F>,
  frozen?: FittedData,
): Fitting<FittedData, F> {
  const functionName = frozen ? "partialFit" : "fit";
  requireKnown(functionName, how, ["weights", "resume", "threads", "every"]);
  const table = matrixOf(functionName, X, frozen && { count: frozen.features, names: frozen.names });
  if (y?.length !== table.rows) {
    throw new InputRangeError(
      `${functionName}: targets must have one value per row of X (${table.rows}), got ${show(y?.length)}. ` +
        "Remove the row or supply its target.",
    );
  }
  const all = model.targets(functionName, y, frozen);
  const element = elementOf(table.data);
  if (element === "float32") requireFloat32(functionName, "targets", all.numbers.data);
  const weights = combinedWeights(functionName, table.rows, how.weights, all.weights);
  const { seed = 0, stop = {}, standardize = true, kernels = wasmKernels } = options;
  const parts = cut(table.rows, all, stop.validation?.share, seed);
  const targets = parts && all.scaling && !frozen ? byTrainingRows(model, functionName, y, parts.train) : all;
  const part = (rows: Uint32Array): Part => rowsOf(functionName, table, targets, weights, rows);
  const own = parts ? part(parts.train) : { X: table, y: targets.numbers, weights };
  const scaling = frozen ? frozen.scaling : standardize ? standardization(own.X) : null;
  if (scaling === null) requireColumnSizes(functionName, table);
  if (targets.classes === null) requireTargetSizes(functionName, targets.numbers, table);
  const { predictor, loss } = model.build(table.columns, targets);
  const l2 = options.l2 ?? model.defaultL2(own.X.rows);
  const problemOf = ({ X, y, weights }: Part, penalties: { l2: number; l1: number }): Problem =>
    risk({
      predictor,
      loss,
      inputs: dense(X, scaling ?? undefined),
      targets: dense(y),
      weights: weights ? column(weights) : undefined,
      ...penalties,
    });
  const sample = { X: own.X, scaling, weights: own.weights };
  const smoothnessData = { ...sample, kernels, seed };
  const plan = model.plan({
    rows: own.X.rows,
    l2,
    updates: frozen?.updates ?? 0,
    again: frozen !== undefined,
    optimizer: options.optimizer,
    batchSize: options.batchSize,
    epochs: options.epochs,
    smoothness: (batchRows) =>
      expectedSmoothness(model.curvature, batchRows, smoothnessData) +
      (frozen ? pullOfEarlierRows(model.curvature, batchRows, frozen, sample) : 0),
  });
  const optimizer = options.optimizer ?? plan.optimizer();
  const batchRows = plan.batchSize === "full" ? own.X.rows : plan.batchSize;
  const average = options.average ?? (options.optimizer ? undefined : plan.average);
  const remaining = stop.remaining ?? (stop.gradient === undefined ? plan.remaining : undefined);
  const stalls = plan.remaining !== undefined && options.optimizer === undefined;
  const change = stop.change ?? (stalls ? STALLED[element] : undefined);
  const validation = parts && {
    problem: problemOf(part(parts.test), { l2: 0, l1: 0 }),
    patience: stop.validation?.patience,
  };
  const resolved: TrainOptions = {
    batchSize: plan.batchSize,
    epochs: plan.epochs,
    start: options.start ?? plan.start,
    seed,
    order: options.order,
    trace: options.trace,
    batchLosses: options.batchLosses,
    average,
    stop: { remaining, gradient: stop.gradient, change, validation },
    clock: frozen?.updates ?? 0,
    kernels: options.kernels,
    resume: how.resume,
    every: how.every,
    threads: how.threads,
  };
  const meanSquare = scaling === null ? meanSquareWith(frozen, sample) : null;
  const fittedDataAt = (step: Step): FittedData => ({
    kind: model.kind,
    settings: model.settings,
    options: {
      l2,
      l1: model.l1,
      batchSize: plan.batchSize,
      epochs: plan.epochs,
      seed,
      standardize,
      optimizer: optimizer.name ?? "custom",
    },
    features: table.columns,
    rows: (frozen?.rows ?? 0) + own.X.rows,
    meanSquare,
    names: table.names ? [...table.names] : null,
    classes: targets.classes,
    scaling,
    targetScaling: targets.scaling,
    params: Float64Array.from(step.best ?? step.solution),
    history: copyHistory(step.history),
    updates: step.t,
    stopped: step.stopped ?? "interrupted",
  });
  return {
    steps: train(problemOf(own, { l2, l1: model.l1 }), optimizer, resolved),
    fittedDataAt,
    fitted: (fittedData) => fittedOf(model, fittedData, again),
    suggestedRate: () =>
      suggestedRate({ curvature: model.curvature, predictor, loss, l2, optimizer, batchRows }, smoothnessData),
  };
}

/** The targets, standardized by the training rows alone. */
function byTrainingRows<Y extends ArrayLike<unknown>, F>(
  model: Model<Y, F>,
  functionName: string,
  y: Y,
  rows: Uint32Array,
): Targets {
  const data = Float64Array.from(rows, (row) => y[row] as number);
  return model.targets(functionName, y, {
    classes: null,
    targetScaling: standardization({ data, rows: rows.length, columns: 1 }, () => "the target"),
  });
}
