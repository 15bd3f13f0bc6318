// What a run needs of a thread pool. workers/pool implements it.
import type { ElementType } from "../../core/vector.ts";
import type { Arena } from "../../kernels/arena.ts";
import type { ChunkWindow } from "../../kernels/chunkWindow.ts";
import type { Address, BindKernels, Kernels } from "../../kernels/kernels.ts";
import type { RowLocation } from "../../kernels/source.ts";
import type { Memory } from "../../kernels/webassembly.ts";
import type { LossSpec } from "../../losses/loss.ts";
import type { PredictorSpec } from "../../predictors/predictor.ts";

/** Threads that `threads()` started. Pass the pool to `train` or `fit`, as often as you like. */
export interface ThreadPool {
  /** The number of workers: threads beside the caller's own. */
  readonly workers: number;
  /** Kernels for memory that threads share. */
  readonly kernels: BindKernels;
  /**
   * The kernels of a run's arena, whose large affine maps the threads share.
   *
   * @param workers  the workers of the run; null: the caller's thread does all
   */
  sharedMaps(arena: Pick<Arena, "kernels" | "bytes">, workers: () => RunWorkers | null): Kernels;
  /** Prepares the workers for a run. */
  join(run: SharedRun): RunWorkers;
  /** Ends the threads. A run that still uses them continues on the caller's thread. */
  close(): void;
}

/** The pool's workers, prepared for one run. */
export interface RunWorkers {
  /**
   * Does the tasks 0 … count − 1. Each free thread takes the next task: the caller's thread runs `ownTask`, a worker does
   * what the job describes. Returns when all tasks are done. Within another job, the caller's thread does all tasks.
   *
   * @param first  what the caller's thread does before its first task, while the workers do theirs; if it throws, the tasks are done nevertheless
   */
  share(count: number, job: Job, ownTask: (task: number) => void, first?: () => void): void;
  /**
   * Loads the rows of lanes chunk by chunk, and shares them in pieces of whole blocks. The pieces of a lane follow each other, so its sums have the
   * order of one thread. Returns false, without having done anything, if the window has no room for two chunks and two blocks of each of two lanes.
   *
   * @param lanes  the rows of the data in each lane; `at` is the number of the lane
   * @param blockRows  rows of a block
   */
  inPieces(lanes: readonly RowPart[], chunks: ChunkWindow, blockRows: number, share: SharePieces): boolean;
  /** Ends the run for the workers. */
  release(): void;
}

/** Shares pieces of different lanes among threads, as rows of the window's memory. The caller's thread calls `load` first. */
export type SharePieces = (pieces: readonly RowPart[], load: () => void) => void;

/** A run as data, from which a worker prepares itself. */
export interface SharedRun {
  readonly memory: Memory;
  readonly elementType: ElementType;
  /** The number of parameters. */
  readonly size: number;
  readonly objective: RiskSpec;
  /** For each worker, the address of its scratch memory. */
  readonly scratch: readonly Address[];
  /** Address of a float64 list: the result of each task. */
  readonly results: Address;
  /** Addresses of the gradients of lanes 1, 2, …; the job has that of lane 0. */
  readonly gradients: readonly Address[];
}

/** An empirical risk as data; its rows are in memory that threads share. */
export interface RiskSpec {
  readonly predictor: PredictorSpec;
  readonly loss: LossSpec;
  readonly X: RowLocation;
  readonly y: RowLocation;
  readonly w: RowLocation | undefined;
  readonly l2: number;
  readonly l1: number;
  readonly blockRows: number;
}

/** Work whose tasks threads can share. */
export type Job = LaneJob | PieceJob | SweepJob | MapJob;

/** A batch in lanes: task i adds up losses and gradients of lane first + i; its result is the sum of the losses. */
export interface LaneJob {
  readonly kind: "lanes";
  readonly params: Address;
  /** The gradient of lane 0. */
  readonly gradient: Address;
  /** Row numbers; 0: the rows are used in the order in which they are stored. */
  readonly order: Address;
  readonly from: number;
  readonly to: number;
  /** Rows of a lane. */
  readonly laneRows: number;
  /** The lane of task 0. */
  readonly first: number;
}

/** Pieces of different lanes: task i adds losses and gradients of part i to the result and to the gradient of its lane, `at`. */
export interface PieceJob {
  readonly kind: "pieces";
  readonly params: Address;
  /** The gradient of lane 0. */
  readonly gradient: Address;
  /** Rows of the memory, in their order there. */
  readonly parts: readonly RowPart[];
}

/**
 * Updates on single pairs, in parts that share no parameter: task i does part i; its result is the number of updates. The rates and values of
 * a part begin at index `at` of the lists.
 */
export interface SweepJob {
  readonly kind: "sweep";
  readonly params: Address;
  readonly gradient: Address;
  readonly rates: Address;
  readonly values: Address;
  readonly parts: readonly RowPart[];
}

/** An affine map in parts: task i does part i. See `mapParts.ts`. */
export interface MapJob {
  readonly kind: "map";
  /** The map, four addresses, three sizes, and the size of a part. */
  readonly numbers: readonly number[];
}

/** The rows from … to − 1, and the place of their results. */
export interface RowPart {
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

/** The largest number of tasks of a job. */
export const MAX_TASKS = 64;
