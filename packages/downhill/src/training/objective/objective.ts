import type { Chunks } from "../../core/chunks.ts";
import type { Grid } from "../../core/grid.ts";
import type { Random } from "../../core/random.ts";
import type { Rows } from "../../core/rows.ts";
import type { ElementType, Vector } from "../../core/vector.ts";
import type { Arena } from "../../kernels/arena.ts";
import type { ChunkWindow } from "../../kernels/chunkWindow.ts";
import type { Address, BindKernels, Kernels } from "../../kernels/kernels.ts";
import type { RowLocation } from "../../kernels/source.ts";
import type { Memory } from "../../kernels/webassembly.ts";
import type { LossSpec } from "../../losses/loss.ts";
import type { Metric } from "../../optimizers/metric.ts";
import type { BulkUpdates, Touched } from "../../predictors/predictor.ts";
import type { RiskSpec } from "../threads/threadPool.ts";
import type { Curvature } from "./curvature.ts";
import type { Hessian } from "./hessian.ts";
import type { BoundHingeSteps } from "./hingeSteps.ts";

/** A function to minimise, without memory: a mean over examples, plus penalties. */
export interface Problem {
  /** The number of parameters. */
  readonly size: number;
  /** The number of examples. */
  readonly examples: number;
  /** The element type of a run's parameters, gradients and data. Sums are float64 with either type. */
  readonly elementType: ElementType;
  /** How its examples are divided into chunks. Absent for data in memory. */
  readonly chunks?: Chunks;
  /** The buffer that contains its inputs; see `growingMatrix`. */
  readonly buffer?: ArrayBufferLike | undefined;
  /** Writes a random start. */
  init(params: Vector, random: Random): void;
  /** Copies the data into a run's arena and reserves all scratch buffers. */
  bind(arena: Arena): Objective;
  /** The same problem with its examples in the order of a grid. Absent where every example reaches all parameters. */
  grid?(random: Random): { readonly problem: Problem; readonly grid: Grid };
}

/** A problem in the memory of one run. All vectors that are passed to it are in that memory. */
export interface Objective {
  /** Rows that are processed at a time; a lane consists of whole blocks. */
  readonly blockRows: number;
  /** Multiply-adds for the scores of one row. */
  readonly work: number;
  /** The objective as data, from which a worker makes the same one. Absent where a part is not the library's. */
  readonly spec?: RiskSpec;
  /** The window of rows that are loaded chunk by chunk. Absent if all rows are in memory. */
  readonly chunks?: ChunkWindow;
  /**
   * Adds the sum of the rows' gradients to `gradient`; returns the sum of their losses.
   *
   * @param before  the sum of the losses of earlier rows, to which those of the rows are added [0]
   */
  add(params: Vector, rows: Rows, gradient: Vector, before?: number): number;
  /**
   * Makes the objective on these rows from sums: divides by the number of rows and adds the penalties. Returns it.
   *
   * @param gradient  the sum of the gradients; null returns the objective alone
   */
  finish(params: Vector, rows: Rows, sum: number, gradient: Vector | null): number;
  /** Whether its gradient is that of a mean, without a penalty. */
  readonly meanGradient?: boolean;
  /** The mean loss of the best constant scores and of scores that are 0. Absent where the loss is not the library's. */
  constant?(): { readonly best: number; readonly zero: number };
  /** Products with the Hessian, with scratch buffers in the arena. Absent where a part is not the library's. */
  hessian?(arena: Arena): Hessian;
  /** More about the Hessian. Present only for linear scores with a smooth loss. */
  curvature?(arena: Arena): Curvature;
  /** The data of a risk with linear scores and a loss of the library, in the arena. Absent for others, and without all rows in memory. */
  linearData?(): LinearData;
  /** The same for sparse rows in float64. */
  sparseData?(): LinearData;
  /** The same for stored rows: the address at which a block of inputs is contiguous. Absent if the targets need too much memory. */
  linearRows?(): StoredLinearRows;
  /** About the second derivatives, for the steps of an optimizer. Absent where they are not known or too many. */
  metric?(arena: Arena): Metric | null;
  /** The steps of `automatic` for the hinge. Present only for linear scores with l2 and without l1. */
  hingeSteps?(arena: Arena, threads: boolean): BoundHingeSteps;
  /** Called by `add` and `loss` with the address of the scores of each block, which the losses then overwrite. */
  onScores?: (params: Vector, block: Rows, scores: Address) => void;
  /** The sum of the rows' losses, without penalties and gradient. */
  loss(params: Vector, rows: Rows): number;
  /** The proximal step of l1 after an update with this learning rate. Absent without l1. */
  proximal?(params: Vector, rate: number): void;
  /** Draws the rows of an epoch (0, 1, …). Absent where all epochs have the same rows. */
  beginEpoch?(epoch: number): void;
  /** See `Pass.needsSparse`. */
  needsSparse?: boolean;
  /** See `Pass.touched`. Absent when the rows can change all parameters. */
  touched?(rows: Rows): Touched;
  /**
   * Does plain updates on batches of at most one block in one call, l1's proximal step included, with the same bits as one
   * update after another. Returns the number of updates that it did: it stops before a batch whose value is not finite.
   */
  sweep?(updates: BulkUpdates): number;
  /** Whether a call of `sweep` also writes all parameters, as on sparse rows; a call should then do more updates. */
  writesAll?: boolean;
}

/** The parts of a risk with linear scores, whose rows are in memory: n rows, d features, k outputs. */
export interface LinearData extends LinearRisk {
  /** The inputs, n × d. */
  readonly X: Vector;
}

/** The same without the inputs, which may be loaded chunk by chunk. */
export interface LinearRisk {
  /** The loss. */
  readonly loss: LossSpec;
  /** The number of rows. */
  readonly n: number;
  /** The number of columns of the inputs. */
  readonly d: number;
  /** The number of scores of a row. */
  readonly k: number;
  /** The targets, row by row. */
  readonly targets: Vector;
  /** One per row, with mean 1; null when all are 1. */
  readonly weights: Vector | null;
  /** The penalty l2. */
  readonly l2: number;
  /** The penalty l1. */
  readonly l1: number;
  /** Rows that are processed at a time. */
  readonly blockRows: number;
  /** The same where the inputs are not needed. */
  readonly chunk: number;
  /** Returns Σ weight · x² of each column. The stopping rule `remaining` has usually computed it before. */
  squares(): Float64Array;
  /** The address of float64 numbers for two vectors of parameters, for a chunk of scores, and for the inputs of `blockRows` dense rows of float32. */
  readonly scratch: Address;
  /** Returns the address of the run's buffer for affine maps. */
  affineScratch(): Address;
  /** The rows, if they are sparse; X holds the numbers of their entries then. */
  readonly sparse?: RowLocation;
}

/** A linear risk of stored rows. */
export interface StoredLinearRows extends LinearRisk {
  /** The address at which a block of inputs is contiguous. */
  inputs(rows: Rows): Address;
}

/** The objective of a run in its memory. */
export interface BoundRun {
  /** The problem of the objective. */
  readonly problem: Problem;
  /** The objective, whose data are in the memory. */
  readonly objective: Objective;
  /** The parameters of the result. */
  readonly params: Vector;
  /** The memory of the run. */
  readonly memory: Memory;
  /** The functions for the run's element type. */
  readonly kernels: Kernels;
  /** Makes such functions for an element type. */
  readonly bindKernels: BindKernels;
  /** x ≈ H⁻¹ g at the parameters, with the gradient g and the second derivatives H, if the rule `stop.remaining` ended the run; else null. */
  readonly newtonStep: Float64Array | null;
  /** The objective at the parameters, if the run has computed it in float64; else null. */
  readonly value: number | null;
  /** v ← P⁻¹ v, with a matrix P near the second derivatives; null if the run has none. */
  readonly solve: ((v: Float64Array) => void) | null;
  /**
   * A function that returns, for each score, the slopes of the hinge with the largest lower bound so far, or null before the first step. Itself null for a
   * run without steps of the hinge.
   */
  readonly hingeSlopes: (() => Float64Array[] | null) | null;
}
