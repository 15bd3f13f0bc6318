import {
  InputTypeError,
  requireKnown,
  requireNonNegative,
  requireOneOf,
  requireSize,
  requireWithin,
  show,
} from "../../core/check.ts";
import { frozenCopy } from "../../core/frozenCopy.ts";
import type { BindKernels } from "../../kernels/kernels.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import type { BatchSize } from "../../training/order/batchSize.ts";
import type { Order } from "../../training/order/rowOrder.ts";
import type { Averaging } from "../../training/state/averaging.ts";
import type { Trace } from "../../training/state/history.ts";
import { requireOptimizer, type Start } from "../../training/trainOptions.ts";

/** How to descend: the options of every estimator. Defaults are in [ ]; where it says "model", the default depends on the model. */
export interface DescentOptions {
  /** The update rule with its learning rate [model]. */
  readonly optimizer?: Optimizer;
  /** "full", 1, or rows per update [model]. */
  readonly batchSize?: BatchSize;
  /** The largest number of epochs [model]. */
  readonly epochs?: number;
  /** Penalty l2 / 2 · ‖w‖² on the (standardized) weights, never on an intercept [linear regression 0, others 1 / rows]. */
  readonly l2?: number;
  /** Scales the columns to mean 0 and deviation 1 for training; predictions accept the original units [true]. */
  readonly standardize?: boolean;
  /** [model] */
  readonly start?: Start;
  /** The seed of the random start, the shuffles and the validation rows [0]. */
  readonly seed?: number;
  /** ["shuffled"] */
  readonly order?: Exclude<Order, "grid">;
  readonly stop?: StopOptions;
  readonly average?: Averaging;
  /** ["exact"] */
  readonly trace?: Trace;
  /** Keep every update's batch value in the history [false]. */
  readonly batchLosses?: boolean;
  /** [wasmKernels] */
  readonly kernels?: BindKernels;
}

/** When to stop before the epochs are over. */
export interface StopOptions {
  /**
   * The run has converged when objective − optimum is at most this share of the objective [1e-9 for smooth linear models in
   * full batch; none if `gradient` is given].
   */
  readonly remaining?: number;
  /** The run has converged when no entry of the gradient is larger than this, in units of the objective per parameter [none]. */
  readonly gradient?: number;
  /** Stop when the objective has not fallen by tolerance · |best| for `patience` epochs [5]. */
  readonly change?: { readonly tolerance: number; readonly patience?: number };
  /** Hold out this share of the training rows; stop when their loss has found no new best for `patience` epochs [10]. */
  readonly validation?: { readonly share: number; readonly patience?: number };
}

export const descentOptionNames =
  "optimizer batchSize epochs l2 standardize start seed order stop average trace batchLosses kernels".split(" ");

/** A frozen copy of the options that an estimator was given, for itself; the optimizer, which is code, stays. */
export const ownOptions = <O extends object>(options: O): O =>
  Object.freeze(
    Object.fromEntries(
      Object.entries(options).map(([name, value]) => [name, name === "optimizer" ? value : frozenCopy(value)]),
    ),
  ) as O;

/** @throws TypeError or RangeError for an option that no model knows, or a value that it cannot have. */
export function checkDescentOptions(
  functionName: string,
  options: Omit<DescentOptions, "order"> & { readonly order?: Order },
  own: readonly string[],
  orders: readonly string[] = ["shuffled", "sequential"],
): void {
  requireKnown(functionName, options, [...descentOptionNames, ...own]);
  const { batchSize, epochs, l2, seed, standardize, optimizer, order, start, stop } = options;
  if (batchSize !== undefined && batchSize !== "full") requireSize(functionName, "batchSize", batchSize);
  if (epochs !== undefined) requireSize(functionName, "epochs", epochs);
  if (l2 !== undefined) requireNonNegative(functionName, "l2", l2);
  if (seed !== undefined) requireSize(functionName, "seed", seed, 0);
  if (standardize !== undefined && typeof standardize !== "boolean") {
    throw new InputTypeError(
      `${functionName}: standardize must be true or false, got ${show(standardize)}. Choose one.`,
    );
  }
  if (typeof order !== "function") requireOneOf(functionName, "order", order ?? "shuffled", orders);
  if (!ArrayBuffer.isView(start)) requireOneOf(functionName, "start", start ?? "zeros", ["zeros", "random"]);
  if (optimizer !== undefined) requireOptimizer(functionName, optimizer);
  if (stop !== undefined) requireKnown(functionName, stop, ["remaining", "gradient", "change", "validation"]);
  if (stop?.validation !== undefined) {
    requireKnown(functionName, stop.validation, ["share", "patience"]);
    requireWithin(functionName, "stop.validation.share", stop.validation.share, Number.MIN_VALUE, 1);
  }
}
