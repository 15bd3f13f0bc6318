import type { Random } from "../core/random.ts";
import type { Rows } from "../core/rows.ts";
import type { Vector } from "../core/vector.ts";
import type { Arena } from "../kernels/arena.ts";
import type { Address, SlopeLimits } from "../kernels/kernels.ts";
import type { RowBlocks } from "../kernels/rowBlocks.ts";

/** { predictor: "linear", features: 4, outputs: 3 } */
export interface PredictorSpec {
  /** The name of the function. */
  readonly predictor: "linear" | "network" | "factors";
  readonly [argument: string]: unknown;
}

/** Computes scores from inputs: it defines the layout of the parameters, and turns slopes of the scores into a gradient. */
export interface Predictor {
  /** The number of parameters, which are one vector. */
  readonly size: number;
  /** Numbers per example in the inputs. */
  readonly inputColumns: number;
  /** Scores per example. */
  readonly outputs: number;
  /** The parameters that l2 and l1 penalise, as ranges [from, to). Intercepts are never among them. */
  readonly weights: readonly (readonly [number, number])[];
  /** The largest number of rows in a block: the block's inputs and scratch buffers should stay in the cache. */
  readonly blockRows: number;
  /** Multiply-adds for the scores of one example. */
  readonly work: number;
  /** The name and arguments of a predictor of the library, from which a worker makes the same one. Else absent. */
  readonly spec?: PredictorSpec;
  /** Writes a random start that suits this predictor. */
  init(params: Vector, random: Random): void;
  /** Called once per run: it reserves all scratch buffers, for blocks of at most `blockRows` rows. */
  bind(arena: Arena, inputs: RowBlocks, blockRows: number): Pass;
}

/** Plain updates for one call: params −= rates_i · gradient, for the batches i = 0, 1, … of the rows. */
export interface BulkUpdates {
  readonly params: Vector;
  /** A scratch buffer. */
  readonly gradient: Vector;
  /** The average of the parameters, which each update moves by fractions_i; null: none. */
  readonly average: Vector | null;
  readonly rows: Rows;
  readonly batchRows: number;
  readonly rates: Float64Array;
  readonly fractions: Float64Array;
  /** Overwritten by each batch's value before its update. */
  readonly values: Float64Array;
}

/** The parts of a risk that bulk updates need, beside the inputs of the pass. */
export interface SweepRisk {
  /** The loss, as a number of lossCodes. */
  readonly loss: number;
  /** The numbers of the kernel `huber`; null for other losses. */
  readonly limits: SlopeLimits | null;
  readonly targets: RowBlocks;
  readonly weights: RowBlocks | undefined;
  readonly l2: number;
  readonly l1: number;
}

/** The parameters that some rows can change: the `width` parameters from each start on. Starts may repeat. */
export interface Touched {
  /** The address of the starts, which are indices of parameters. */
  readonly starts: Address;
  /** The number of starts. */
  readonly count: number;
  readonly width: number;
  /** The address of the numbers that multiply the learning rate, for the kernel descendAt; 0: all are 1. */
  readonly rateTerms: Address;
}

/** A predictor bound to the memory of one run. It works on one block of rows at a time. */
export interface Pass {
  /** Scores of the last block (rows × outputs); a loss overwrites them with slopes. */
  readonly scores: Address;
  /** Computes the scores of a block of rows. */
  forward(params: Address, rows: Rows): void;
  /**
   * For the logistic loss: `forward`, the sum of the losses of a block with the labels Y and the weights w (0: none), and `pullback`, in one
   * call, with the same bits. Absent where no kernel does so.
   */
  addLogistic?(params: Address, rows: Rows, Y: Address, w: Address, gradient: Address): number;
  /**
   * Adds the last block's gradient to `gradient`; the slopes are in `scores`. Returns a penalty per example that the
   * predictor itself adds to the sum of losses, usually 0.
   */
  pullback(params: Address, gradient: Address): number;
  /**
   * The indices at which the parameters begin that these rows can change; each is the first of `width` parameters, and
   * indices may repeat. All other parameters have a gradient of 0. Absent when every example changes every parameter.
   */
  touched?(rows: Rows): Touched;
  /** Whether updates must change only the parameters of `touched`, because the learning rate differs between them. */
  readonly needsSparse?: boolean;
  /**
   * Returns a function that does bulk updates, with the same bits as one update after another. It returns the number of
   * updates that it did: it stops before a batch whose value is not finite. Absent where no kernel does this. With
   * `touched`, only risks with l2 = l1 = 0 are allowed.
   */
  bindSweep?(risk: SweepRisk): (updates: BulkUpdates) => number;
  /** Reserves the buffers of derivatives along a direction. Absent where second derivatives are not known. */
  bindTangent?(): Tangent;
}

/** The derivatives of a pass along a direction v of its parameters (the R-operator of Pearlmutter, 1994). */
export interface Tangent {
  /** The derivatives of the last block's scores; a loss overwrites them with the derivatives of the slopes. */
  readonly scores: Address;
  /** Whether the scores are linear in the parameters. Then no function here needs the scores or slopes of the pass. */
  readonly linear: boolean;
  /** Computes the derivatives of the scores of a block, after `forward` of the pass. */
  forward(params: Address, v: Address, rows: Rows): void;
  /** Adds the derivative of the pass's `pullback` to `out`. The scores of the pass are slopes now. */
  pullback(params: Address, v: Address, out: Address): void;
}
