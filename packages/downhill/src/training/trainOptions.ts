import { InputTypeError, requireKnown, requireOneOf, requireSize, show } from "../core/check.ts";
import type { Vector } from "../core/vector.ts";
import type { BindKernels } from "../kernels/kernels.ts";
import { wasmKernels } from "../kernels/wasm.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { Problem } from "./objective/objective.ts";
import { type BatchSize, batchRows, type Order, orderNames } from "./order/rowOrder.ts";
import { type Averaging, checkAveraging } from "./state/averaging.ts";
import type { Trace } from "./state/history.ts";
import type { State } from "./state/state.ts";
import { checkStopRules, type StopRules } from "./stopping/stopRules.ts";
import type { Team } from "./threads/threadPool.ts";

/** Where a run starts: zeros, the problem's own random start, or the given parameters. */
export type Start = "zeros" | "random" | Vector;

export interface TrainOptions {
  /** "full" is batch descent, 1 stochastic, any number between mini-batch ["full"]. The last, smaller batch is used. */
  readonly batchSize?: BatchSize;
  /** Epochs at most, counted from the very start of the run [100]. */
  readonly epochs?: number;
  /** The order of visits ["shuffled"]; full batches have none. */
  readonly order?: Order;
  /** ["zeros"] */
  readonly start?: Start;
  /** Of the random start and the shuffles [0]. */
  readonly seed?: number;
  readonly stop?: StopRules;
  readonly average?: Averaging;
  /** ["exact"] */
  readonly trace?: Trace;
  /** Keep every update's batch value in the history [false]. */
  readonly batchLosses?: boolean;
  /** Yield a step after so many updates and at the end of each epoch, or then only [1]. */
  readonly every?: number | "epoch";
  /** Updates counted as done before the first, as schedules see them [0]. */
  readonly clock?: number;
  /** Go on from a state. All options but `epochs` must be those of the run that it came from. */
  readonly resume?: State;
  /** [wasmKernels] */
  readonly kernels?: BindKernels;
  /** Threads that share the work of large batches; the bits do not depend on them [none]. */
  readonly threads?: Team;
}

const known =
  "batchSize epochs order start seed stop average trace batchLosses every clock resume kernels threads".split(" ");

/** Options as a run follows them. */
export interface Settings {
  readonly examples: number;
  /** Examples of a batch; the last of an epoch may have fewer. */
  readonly rowsPerBatch: number;
  /** Whether every batch is all examples. */
  readonly full: boolean;
  readonly epochs: number;
  readonly order: Order;
  readonly start: Start;
  readonly seed: number;
  readonly stop: StopRules;
  readonly average: Averaging | undefined;
  readonly trace: Trace;
  readonly batchLosses: boolean;
  readonly every: number | "epoch";
  readonly clock: number;
  readonly resume: State | undefined;
  readonly kernels: BindKernels;
  readonly team: Team | undefined;
}

/** @throws TypeError for anything that is no optimizer */
export function requireOptimizer(functionName: string, optimizer: unknown): void {
  if (typeof (optimizer as Partial<Optimizer> | null | undefined)?.slots === "number") return;
  throw new InputTypeError(
    `${functionName}: optimizer must be one made by plain, adam and the like, got ${show(optimizer)}. Use adam(0.01), say.`,
  );
}

/** @throws RangeError or TypeError for options that cannot be followed */
export function settingsOf(problem: Problem, optimizer: Optimizer, options: TrainOptions): Settings {
  requireOptimizer("train", optimizer);
  const { batchSize = "full", epochs = 100, order = "shuffled", start = "zeros", seed = 0, stop = {} } = options;
  const { average, trace = "exact", batchLosses = false, every = 1, clock = 0, resume, threads: team } = options;
  const { kernels = wasmKernels } = options;
  const { examples } = problem;
  requireKnown("train", options, known);
  requireSize("train", "epochs", epochs);
  requireSize("train", "seed", seed, 0);
  requireSize("train", "clock", clock, 0);
  requireOneOf("train", "trace", trace, ["exact", "running"]);
  if (typeof order !== "function") requireOneOf("train", "order", order, orderNames);
  if (every !== "epoch") requireSize("train", "every", every);
  checkStopRules(stop, problem);
  if (average) checkAveraging(average);
  if (team !== undefined && typeof team?.join !== "function") {
    throw new InputTypeError(
      `train: threads must be a pool that threads() made, got ${show(team)}. Pass await threads(2), or leave it out.`,
    );
  }
  if (team && options.kernels) {
    throw new InputTypeError(
      "train: kernels must be left out with threads, which bring their own. Give one of the two.",
    );
  }
  const rowsPerBatch = batchRows(batchSize, examples);
  const full = rowsPerBatch === examples;
  if (optimizer.fullBatch && !full) {
    throw new InputTypeError(
      `train: batchSize must be "full" for an optimizer that compares gradients, got ${batchSize}. Use adam, say, for batches.`,
    );
  }
  return {
    examples,
    rowsPerBatch,
    full,
    epochs,
    order,
    start,
    seed,
    stop,
    average,
    trace,
    batchLosses,
    every,
    clock,
    resume,
    kernels,
    team,
  };
}
