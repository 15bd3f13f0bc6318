import {
  InputRangeError,
  InputTypeError,
  requireKnown,
  requireOneOf,
  requirePositive,
  requireSize,
  show,
} from "../core/check.ts";
import type { Chunks } from "../core/chunks.ts";
import type { Vector } from "../core/vector.ts";
import type { BindKernels } from "../kernels/kernels.ts";
import { type Ranks, requireRanks } from "../kernels/ranks.ts";
import { wasmKernels } from "../kernels/wasm.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { Problem } from "./objective/objective.ts";
import { type BatchSize, batchRows } from "./order/batchSize.ts";
import { type LocalRows, localRowsOf } from "./order/localRows.ts";
import { type Order, orderNames, requireOrder } from "./order/rowOrder.ts";
import { type Averaging, checkAveraging } from "./state/averaging.ts";
import type { Trace } from "./state/history.ts";
import type { State } from "./state/state.ts";
import { checkStopRules, type StopRules } from "./stopping/stopRules.ts";
import type { ThreadPool } from "./threads/threadPool.ts";

/** The random start of a problem, times a scale. */
export interface ScaledStart {
  /** The scale: a number above 0. */
  readonly random: number;
}

/**
 * The parameters at the start of a run: zeros, the problem's random start, `{ random: scale }` for its random start times a scale, or a
 * list of numbers.
 */
export type Start = "zeros" | "random" | ScaledStart | Vector;

/** @throws TypeError or RangeError for a start of an estimator or of `train` that does not exist; a list is not checked */
export function requireStart(functionName: string, start: Start): void {
  if (ArrayBuffer.isView(start)) return;
  if (typeof start !== "object" || start === null || Array.isArray(start))
    requireOneOf(functionName, "start", start, ["zeros", "random"]);
  else {
    requireKnown(functionName, start, ["random"], "member of start");
    requirePositive(functionName, "start.random", start.random);
  }
}

/** Options of `train`. The default of an option is in square brackets. */
export interface TrainOptions {
  /**
   * Examples per update: "full" is batch descent, 1 is stochastic descent, and a number between is mini-batch descent. The
   * last batch of an epoch may be smaller ["full"].
   */
  readonly batchSize?: BatchSize;
  /** The maximum number of epochs, counted from the first start of a run that was resumed [100]. */
  readonly epochs?: number;
  /**
   * The order in which an epoch processes the examples; it has no meaning for full batches, and "replacement" is an error there
   * ["shuffled"; for stored rows the order of their chunks].
   */
  readonly order?: Order;
  /** The parameters at the start ["zeros"]. */
  readonly start?: Start;
  /** The seed of the random start and of the row order: an integer of at least 0 [0]. */
  readonly seed?: number;
  /** Rules that end the run before its last epoch [none]. */
  readonly stop?: StopRules;
  /** Averages the parameters: the solution is their mean [no average]. */
  readonly average?: Averaging;
  /** What the history records after each epoch ["exact"]. */
  readonly trace?: Trace;
  /** Whether the history records the value of every batch [false]. */
  readonly batchLosses?: boolean;
  /** The number of updates from step to step; the end of each epoch has a step, too. "epoch": only the end has one [1]. */
  readonly every?: number | "epoch";
  /** The number at which the updates begin to count, for schedules [0]. */
  readonly clock?: number;
  /** Continues from a state. All options but `epochs` must be those of the run that the state is from. */
  readonly resume?: State;
  /** The functions that do the numerical work [the WebAssembly module]. */
  readonly kernels?: BindKernels;
  /** A pool from `threads()`; its threads share the work of large batches. The results have the same bits [no threads]. */
  readonly threads?: ThreadPool;
  /**
   * The processes of an MPI job, from `connect` of @downhill/mpi; they share the work of large batches. Each process must call `train`
   * with the same problem and options, and take the same steps. The results have the same bits [one process].
   */
  readonly ranks?: Ranks;
  /**
   * With `ranks`, for small batches: each rank descends on its own rows for an epoch, and then all continue from the mean of their
   * parameters. This is another method than descent in one process, and its result depends on the number of ranks; with one it is
   * the same. The order is "shuffled", "replacement" (each rank draws from its own rows), "sequential" or that of chunks, of which each rank has some; only the end of an epoch has a
   * step, and `t` counts the updates of all ranks
   * [false: ranks share the sums of large batches, with the bits of one process].
   *
   * Source: McDonald, Hall and Mann, “Distributed Training Strategies for the Structured Perceptron”, 2010 (iterative parameter mixing).
   */
  readonly localEpochs?: boolean;
}

const known =
  "batchSize epochs order start seed stop average trace batchLosses every clock resume kernels threads ranks localEpochs".split(
    " ",
  );

/** The options of a run, checked and with all defaults. */
export interface Settings {
  readonly examples: number;
  /** Examples of a batch; the last batch of an epoch may have fewer. */
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
  readonly pool: ThreadPool | undefined;
  readonly ranks: Ranks | undefined;
  /** The rows of this rank with `localEpochs`; else null. */
  readonly local: LocalRows | null;
  /** Examples that this process processes in an epoch. */
  readonly rowsPerEpoch: number;
  /** By how much an update raises the number of updates: the number of ranks with `localEpochs`, else 1. */
  readonly countOfUpdate: number;
}

const chunkOrderOf = ({ rowsPerChunk, chunksPerWindow }: Chunks): Order => ({ rowsPerChunk, chunksPerWindow });

/** @throws RangeError for an order that needs rows of different windows at the same time */
function requireChunkOrder(chunks: Chunks, order: Order): void {
  const { rows, rowsPerChunk, chunksPerWindow } = chunks;
  if (order === "sequential" || order === "grid" || rows <= rowsPerChunk * chunksPerWindow) return;
  if (typeof order === "object" && order.rowsPerChunk === rowsPerChunk && order.chunksPerWindow === chunksPerWindow)
    return;
  throw new InputRangeError(
    `train: order must be that of the chunks or "sequential" for stored rows that do not fit into a window (${rows} rows, ` +
      `${chunksPerWindow} chunks of ${rowsPerChunk}), got ${show(order)}. Leave out order, or store the rows with larger windows.`,
  );
}

/** @throws TypeError for a value that is not an optimizer */
export function requireOptimizer(functionName: string, optimizer: unknown): void {
  if (typeof (optimizer as Partial<Optimizer> | null | undefined)?.slots === "number") return;
  throw new InputTypeError(
    `${functionName}: optimizer must be made by a function such as plain or adam, got ${show(optimizer)}. Pass adam(0.01), for example.`,
  );
}

/** @throws RangeError or TypeError for options that are not possible */
export function settingsOf(problem: Problem, optimizer: Optimizer, options: TrainOptions): Settings {
  requireOptimizer("train", optimizer);
  const { batchSize = "full", epochs = 100, start = "zeros", seed = 0, stop = {} } = options;
  const { order = problem.chunks ? chunkOrderOf(problem.chunks) : "shuffled" } = options;
  const { average, trace = "exact", batchLosses = false, clock = 0, resume, threads: pool, ranks } = options;
  const { kernels = wasmKernels, every = options.localEpochs ? "epoch" : 1 } = options;
  const { examples } = problem;
  requireKnown("train", options, known);
  requireStart("train", start);
  requireSize("train", "epochs", epochs);
  requireSize("train", "seed", seed, 0);
  requireSize("train", "clock", clock, 0);
  requireOneOf("train", "trace", trace, ["exact", "running"]);
  requireOrder("train", order, orderNames);
  if (problem.chunks) requireChunkOrder(problem.chunks, order);
  if (every !== "epoch") requireSize("train", "every", every);
  checkStopRules(stop, problem);
  if (average) checkAveraging(average);
  if (pool !== undefined && typeof pool?.join !== "function") {
    throw new InputTypeError(
      `train: threads must be a pool that threads() made, got ${show(pool)}. Pass await threads(2), or leave it out.`,
    );
  }
  if (ranks !== undefined) requireRanks("train", ranks);
  if (pool && options.kernels) {
    throw new InputTypeError(
      "train: kernels must be left out with threads, because the pool has kernels of its own. Pass only one of the two.",
    );
  }
  const rowsPerBatch = batchRows(batchSize, examples);
  const full = rowsPerBatch === examples;
  if (optimizer.fullBatch && !full) {
    throw new InputTypeError(
      'train: batchSize must be "full" for an optimizer that compares gradients of different updates, ' +
        `got ${batchSize}. For batches, use another optimizer: adam(0.01), for example.`,
    );
  }
  if (full && order === "replacement") {
    throw new InputTypeError(
      `train: order "replacement" needs batches of fewer than all ${examples} examples, got batchSize ${show(batchSize)}. ` +
        'Pass batchSize: 1, for example, or leave out order: "replacement".',
    );
  }
  const local = localRowsOf(problem, options, order, rowsPerBatch);
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
    pool,
    ranks,
    local,
    rowsPerEpoch: local?.rows ?? examples,
    countOfUpdate: local?.ranks.size ?? 1,
  };
}
