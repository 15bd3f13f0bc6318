// Estimators for tables. An estimator is a model with its options, before it is fitted.
import { requireKnown, requireSize } from "../../core/check.ts";
import { frozenCopy } from "../../core/frozenCopy.ts";
import type { Label } from "../../core/label.ts";
import type { SplitRows } from "../../data/trainTestSplit.ts";
import type { Ranks } from "../../kernels/ranks.ts";
import type { State } from "../../training/state/state.ts";
import type { ThreadPool } from "../../training/threads/threadPool.ts";
import type { Step } from "../../training/train.ts";
import type { TrainOptions } from "../../training/trainOptions.ts";
import type { FittedClassifier, FittedLinearClassifier } from "../fitted/classifier.ts";
import type { FittedData } from "../fitted/fittedData.ts";
import { type FitData, startFit, startRun } from "./fitTable.ts";
import { fittedModel, type Model, type PartialFit } from "./model.ts";
import { checkDescentOptions, type DescentOptions, ownOptions, stopOf } from "./options.ts";
import { splitForValidation } from "./rowSubsets.ts";
import { type EstimatorSpec, estimatorSpec } from "./spec.ts";
import { eachStep, type FitRun, lastFitted, type PreparedFit, preparedFit } from "./steps.ts";
import type { Table } from "./table.ts";

/** Options of `fit`. */
export interface FitOptions {
  /** One number ≥ 0 per row; they are scaled to mean 1 [all 1]. */
  readonly weights?: ArrayLike<number>;
  /** The state of an earlier run, from `step.state()`, to continue. Data and options must be the same, except `epochs`. */
  readonly resume?: State;
  /** The threads that share the work of large batches, from `await threads()`. They do not change the result [one thread]. */
  readonly threads?: ThreadPool;
  /** The processes of an MPI job, from `connect` of @downhill/mpi; see the option of `train`. They change the result only with `localEpochs` [one process]. */
  readonly ranks?: Ranks;
}

/** Options of an estimator's `train`. */
export interface FitStepOptions extends FitOptions {
  /** The number of updates from step to step; the end of each epoch has a step, too. "epoch": only the end has one [1]. */
  readonly every?: TrainOptions["every"];
}

/** A step of an estimator's training. */
export interface FittingStep<F> extends Step {
  /** The fitted model at this step. With validation rows it has the parameters with the lowest validation loss so far. */
  fitted(): F;
  /** The fitted model at this step as plain data, which can be sent to another thread. */
  fittedData(): FittedData;
}

/** A model with its options, before it is fitted. Y is the type of the targets, F the type of the fitted model. */
export interface Estimator<Y, F> {
  /** Whether its models predict classes or numbers. */
  readonly predicts: "classes" | "numbers";
  /** Fits step by step, as an iterator over the updates. `break` ends the training; `step.fitted()` is the model so far. */
  train<R>(X: Table<R>, y: Y, options?: FitStepOptions): Generator<FittingStep<F>, void>;
  /** Fits the model: finds parameters with a low objective for these rows. */
  fit<R>(X: Table<R>, y: Y, options?: FitOptions): F;
  /** What a fit to these rows minimises, with which optimizer and options, before its first update. */
  prepare<R>(X: Table<R>, y: Y, options?: FitStepOptions): PreparedFit<FittingStep<F>>;
  /** The training rows and the validation rows (`test`) of a fit to these targets; null without validation rows. */
  validationSplit(y: Y): SplitRows | null;
  /** The estimator as JSON data, for `estimatorFromSpec`. Throws TypeError if an option is code of your own. */
  spec(): EstimatorSpec;
  /** Makes a fitted model of the data that `step.fittedData()` returned. */
  fitted(fittedData: FittedData): F;
}

/** An estimator of classes. The predictions have the type L of the labels. */
export interface ClassifierEstimator {
  /** Its models predict classes. */
  readonly predicts: "classes";
  /** Fits step by step, as an iterator over the updates. `break` ends the training; `step.fitted()` is the model so far. */
  train<L extends Label, R>(
    X: Table<R>,
    y: ArrayLike<L>,
    options?: FitStepOptions,
  ): Generator<FittingStep<FittedClassifier<L>>, void>;
  /** Fits the model: finds parameters with a low objective for these rows. */
  fit<L extends Label, R>(X: Table<R>, y: ArrayLike<L>, options?: FitOptions): FittedClassifier<L>;
  /** What a fit to these rows minimises, with which optimizer and options, before its first update. */
  prepare<L extends Label, R>(
    X: Table<R>,
    y: ArrayLike<L>,
    options?: FitStepOptions,
  ): PreparedFit<FittingStep<FittedClassifier<L>>>;
  /** The training rows and the validation rows (`test`) of a fit to these targets; null without validation rows. */
  validationSplit(y: ArrayLike<Label>): SplitRows | null;
  /** The estimator as JSON data, for `estimatorFromSpec`. Throws TypeError if an option is code of your own. */
  spec(): EstimatorSpec;
  /** Makes a fitted model of the data that `step.fittedData()` returned. */
  fitted(fittedData: FittedData): FittedClassifier;
}

/** An estimator of classes with linear scores. */
export interface LinearClassifierEstimator extends ClassifierEstimator {
  train<L extends Label, R>(
    X: Table<R>,
    y: ArrayLike<L>,
    options?: FitStepOptions,
  ): Generator<FittingStep<FittedLinearClassifier<L>>, void>;
  prepare<L extends Label, R>(
    X: Table<R>,
    y: ArrayLike<L>,
    options?: FitStepOptions,
  ): PreparedFit<FittingStep<FittedLinearClassifier<L>>>;
  fit<L extends Label, R>(X: Table<R>, y: ArrayLike<L>, options?: FitOptions): FittedLinearClassifier<L>;
  fitted(fittedData: FittedData): FittedLinearClassifier;
}

/** Makes the estimator of a model. The options are copied, so later changes of `userOptions` have no effect. */
export function estimator<O extends DescentOptions, Y extends ArrayLike<unknown>, F>(
  modelOf: (options: O) => Model<Y, F>,
  userOptions: O,
): Estimator<Y, F> {
  const options = ownOptions(userOptions);
  const model = modelOf(options);
  checkDescentOptions(model.functionName, options, ["localEpochs", ...model.optionNames]);
  const partialFit = partialFitWith(model, options);
  const made: Estimator<Y, F> = {
    predicts: model.optionNames.includes("classes") ? "classes" : "numbers",
    *train(X, y, fitOptions = {}) {
      yield* eachStep(startFit("fit", model, options, X, y, fitOptions, partialFit));
    },
    fit: (X, y, fitOptions = {}) =>
      lastFitted(startFit("fit", model, options, X, y, { ...fitOptions, every: "epoch" }, partialFit)),
    prepare: (X, y, fitOptions = {}) => preparedFit(startFit("prepare", model, options, X, y, fitOptions, partialFit)),
    validationSplit(y) {
      const share = stopOf(model, options, y.length).validation?.share;
      if (share === undefined) return null;
      return splitForValidation("fit", y.length, model.targets("fit", y, undefined), share, options.seed ?? 0) ?? null;
    },
    spec: () => estimatorSpec(model.functionName, options),
    fitted: (fittedData) => fittedModel(model, frozenCopy(fittedData), partialFit),
  };
  starts.set(made, (functionName, data, fitOptions) =>
    startRun(
      functionName,
      model,
      options,
      data(model as Model<ArrayLike<unknown>, unknown>, options),
      fitOptions,
      partialFit,
    ),
  );
  return made;
}

/** Starts a run of an estimator on the rows that `data` returns. */
type StartOn = (
  functionName: string,
  data: (model: Model<ArrayLike<unknown>, unknown>, options: DescentOptions) => FitData,
  fitOptions: Omit<FitStepOptions, "weights">,
) => FitRun<FittedData, unknown>;

/** How the estimators of this module start on rows that are not a table. */
export const starts = new WeakMap<object, StartOn>();

/** The `partialFit` of a model with these options. If `batchSize` exceeds the number of new rows, they are one full batch. */
export function partialFitWith<Y extends ArrayLike<unknown>, F>(
  model: Model<Y, F>,
  options: DescentOptions,
): PartialFit<Y, F> {
  const partialFit: PartialFit<Y, F> = (earlier, X, y, { epochs = 1, weights, ...unknown } = {}) => {
    requireKnown("partialFit", unknown, ["epochs", "weights"]);
    requireSize("partialFit", "epochs", epochs);
    const { batchSize, stop: _, localEpochs: __, ...others } = options;
    const rows = y?.length ?? 0;
    const own: DescentOptions = {
      ...others,
      batchSize: batchSize === "full" || batchSize === undefined || batchSize < rows ? batchSize : "full",
      epochs,
      l2: earlier.options["l2"] as number,
      start: earlier.params,
    };
    return lastFitted(startFit("partialFit", model, own, X, y, { every: "epoch", weights }, partialFit, earlier));
  };
  return partialFit;
}
