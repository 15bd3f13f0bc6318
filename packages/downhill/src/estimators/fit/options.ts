import {
  InputTypeError,
  requireFraction,
  requireKnown,
  requireNonNegative,
  requireSize,
  show,
} from "../../core/check.ts";
import { frozenCopy } from "../../core/frozenCopy.ts";
import type { BindKernels } from "../../kernels/kernels.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import type { BatchSize } from "../../training/order/batchSize.ts";
import { type Order, requireOrder } from "../../training/order/rowOrder.ts";
import type { Averaging } from "../../training/state/averaging.ts";
import type { Trace } from "../../training/state/history.ts";
import { requireOptimizer, requireStart, type Start } from "../../training/trainOptions.ts";

/** Options of all estimators. The default of an option is in square brackets. */
export interface DescentOptions {
  /**
   * The update rule with its learning rate, such as `plain(0.1)` or `adam(0.01)`.
   *
   * [Linear models with a smooth loss: `automatic()` in full batch; in mini-batches, and for `linearSvm` with the hinge,
   * `plain` with a learning rate that short runs find and that falls along a cosine; with `standardize: false` its steps are those
   * on standardized columns. Networks: `adam` with learning rate
   * 0.01 · min(1, √(32 / columns)), more or less for short runs and small batches, in full batch `automatic()`. Factorization: see
   * `matrixFactorization`.]
   */
  readonly optimizer?: Optimizer;
  /**
   * "auto": the model chooses the optimizer and its learning rates, as it does without `optimizer`. A learning rate of your own is
   * a part of the optimizer: `optimizer: plain(0.1)` ["auto"].
   */
  readonly learningRate?: "auto";
  /**
   * Number of rows per update; "full" for all rows.
   *
   * [Linear models with a smooth loss: "full", or 256 for more than 100 000 rows with an optimizer that accepts mini-batches.
   * `linearSvm` with the hinge: 16. Networks: 32, or 256 for more than 100 000 rows.]
   */
  readonly batchSize?: BatchSize;
  /**
   * The maximum number of epochs, that is of passes over the training rows.
   *
   * [Full batch: 10 000. Mini-batches: 100 for linear models with a smooth loss, 200 for networks and for the hinge, 20 for more
   * than 100 000 rows.]
   */
  readonly epochs?: number;
  /**
   * Weight of the penalty l2/2 · ‖w‖² on the weights, never on an intercept. The weights are those of the standardized columns,
   * unless `standardize` is false [linear regression: 0, with the loss "poisson" the mean target / rows; other models: 1 / rows].
   */
  readonly l2?: number;
  /** Whether the columns are scaled to mean 0 and standard deviation 1 for training. `predict` takes unscaled columns [true]. */
  readonly standardize?: boolean;
  /**
   * The parameters before the first update: "zeros", "random", { random: scale } for the random ones times a scale, or your own [linear models: "zeros"; losses of
   * `linearRegression`: those of a first fit, and for "poisson" the logarithm of the mean target; other models: "random"].
   */
  readonly start?: Start;
  /** Seed of the random numbers, a whole number. They determine the start, the row order and the validation rows [0]. */
  readonly seed?: number;
  /**
   * The order of the rows in mini-batches: "shuffled" anew in each epoch, "replacement" for rows drawn independently from all rows
   * (an error in full batch), "sequential", the order of stored rows { rowsPerChunk, chunksPerWindow }, or a function of the epoch
   * that returns all row indices ["shuffled"].
   */
  readonly order?: Exclude<Order, "grid">;
  /**
   * Rules that end the run before the maximum number of epochs; {} for none [those of the default optimizer: `remaining` for
   * linear models with a smooth loss in full batch, `validation` for networks with at least 100 rows; otherwise none].
   */
  readonly stop?: StopOptions;
  /** Averages the parameters of all updates [networks with the default optimizer: weight "t8"; otherwise no averaging]. */
  readonly average?: Averaging;
  /**
   * "exact" records the objective over all training rows after each epoch. "running" records only the batch losses, and saves
   * the time of one pass over the rows per epoch in mini-batches ["exact"].
   */
  readonly trace?: Trace;
  /** Whether the history has the loss of each batch [false]. */
  readonly batchLosses?: boolean;
  /**
   * For small batches on the `ranks` of `fit`: each rank descends on its own rows for an epoch, and then all continue from the mean of
   * their parameters; see the option of `train`. The model depends on the number of ranks. `partialFit` has no local epochs [false].
   */
  readonly localEpochs?: boolean;
  /** The implementation of the numerical kernels [the compiled WebAssembly module]. */
  readonly kernels?: BindKernels;
}

/** Rules that end a run before the maximum number of epochs. */
export interface StopOptions {
  /**
   * The run has converged when objective − optimum is at most this share of the objective. Only for linear models with a smooth
   * loss [1e-9 with the default optimizer in full batch, unless `gradient` is set; otherwise none].
   */
  readonly remaining?: number;
  /** The run has converged when no entry of the gradient has an absolute value above this number [none]. */
  readonly gradient?: number;
  /** The run has stalled when the objective has not fallen by tolerance · |lowest objective| for `patience` epochs [none]. */
  readonly change?: {
    /** Relative decrease that counts, ≥ 0. */
    readonly tolerance: number;
    /** Number of epochs [5]. */
    readonly patience?: number;
  };
  /**
   * Early stopping: a share of the rows is used for validation instead of training. The run ends when the validation loss has
   * had no new lowest value for `patience` epochs; the model keeps the parameters with the lowest validation loss [networks with
   * the default optimizer and at least 100 rows: share 0.1 and patience 20, or 5 with more than 100 000 rows; otherwise none].
   */
  readonly validation?: {
    /** Share of the rows, above 0 and below 1. */
    readonly share: number;
    /** Number of epochs [10]. */
    readonly patience?: number;
  };
}

/** The stop rules of a fit: those of the user, or those that belong to the default optimizer of the model. */
export const stopOf = (
  model: { stop?(rows: number): StopOptions },
  { stop, optimizer }: DescentOptions,
  rows: number,
): StopOptions => stop ?? (optimizer ? {} : (model.stop?.(rows) ?? {}));

/** The names of the options of all estimators. */
const descentOptionNames =
  "optimizer learningRate batchSize epochs l2 standardize start seed order stop average trace batchLosses kernels".split(
    " ",
  );

/** A frozen copy of the options. The optimizer, which is code, is shared. */
export const ownOptions = <O extends object>(options: O): O =>
  Object.freeze(
    Object.fromEntries(
      Object.entries(options).map(([name, value]) => [name, name === "optimizer" ? value : frozenCopy(value)]),
    ),
  ) as O;

/**
 * Checks the options of an estimator.
 *
 * @param own  names of the options that only this model has
 * @throws TypeError or RangeError for an option that the model does not have, or a value that is not allowed
 */
export function checkDescentOptions(
  functionName: string,
  options: Omit<DescentOptions, "order"> & { readonly order?: Order },
  own: readonly string[],
  orders: readonly string[] = ["shuffled", "replacement", "sequential"],
): void {
  requireKnown(functionName, options, [...descentOptionNames, ...own]);
  const { batchSize, epochs, l2, seed, standardize, optimizer, learningRate, order, start, stop, kernels } = options;
  if (batchSize !== undefined && batchSize !== "full") {
    requireSize(functionName, 'batchSize, unless it is "full",', batchSize);
  }
  if (epochs !== undefined) requireSize(functionName, "epochs", epochs);
  if (l2 !== undefined) requireNonNegative(functionName, "l2", l2);
  if (seed !== undefined) requireSize(functionName, "seed", seed, 0);
  if (standardize !== undefined && typeof standardize !== "boolean") {
    throw new InputTypeError(
      `${functionName}: standardize must be true or false, got ${show(standardize)}. Pass standardize: false, or leave it out.`,
    );
  }
  if (kernels !== undefined && typeof kernels !== "function") {
    throw new InputTypeError(`${functionName}: kernels must be a function, got ${show(kernels)}. Leave it out.`);
  }
  if (order !== undefined) requireOrder(functionName, order, orders);
  if (start !== undefined) requireStart(functionName, start);
  if (optimizer !== undefined) requireOptimizer(functionName, optimizer);
  if (learningRate !== undefined) requireAuto(functionName, learningRate, optimizer);
  if (stop !== undefined) requireKnown(functionName, stop, ["remaining", "gradient", "change", "validation"]);
  if (stop?.validation !== undefined) {
    requireKnown(functionName, stop.validation, ["share", "patience"]);
    requireFraction(functionName, "stop.validation.share", stop.validation.share);
  }
}

function requireAuto(functionName: string, learningRate: unknown, optimizer: unknown): void {
  if (learningRate === "auto" && optimizer === undefined) return;
  const own = typeof learningRate === "number" ? learningRate : 0.1;
  throw new InputTypeError(
    learningRate === "auto"
      ? `${functionName}: learningRate: "auto" chooses the optimizer too, but one was passed. Leave out one of the two.`
      : `${functionName}: learningRate must be "auto", got ${show(learningRate)}. Pass a rate of your own in optimizer: plain(${own}).`,
  );
}
