import type { Random } from "../core/random.ts";
import type { Rows } from "../core/rows.ts";
import type { Vector } from "../core/vector.ts";
import type { Arena } from "../kernels/arena.ts";
import type { Address } from "../kernels/kernels.ts";
import type { Resident } from "../kernels/rowBlocks.ts";

/** { predictor: "linear", features: 4, outputs: 3 } */
export interface PredictorSpec {
  readonly predictor: "linear" | "network" | "factors";
  readonly [argument: string]: unknown;
}

/** From inputs to scores: the parameters' layout, and how slopes of the scores come back as a gradient. */
export interface Predictor {
  /** Parameters, all in one vector. */
  readonly size: number;
  /** Numbers per example in the inputs. */
  readonly inputColumns: number;
  /** Scores per example. */
  readonly outputs: number;
  /** The parameters that l2 and l1 penalise (never an intercept), as ranges [from, to). */
  readonly weights: readonly (readonly [number, number])[];
  /** What a block of rows should hold at most, so that its inputs and scratch stay in cache. */
  readonly blockRows: number;
  /** Multiply-adds of one example's scores. */
  readonly work: number;
  /** Which of ours it is, so that a worker can build its own. Absent for a predictor that is not ours. */
  readonly spec?: PredictorSpec;
  /** The random start that fits this predictor. */
  init(params: Vector, random: Random): void;
  /** Once per run: all scratch is taken here, for blocks of at most `blockRows` rows. */
  bind(arena: Arena, inputs: Resident, blockRows: number): Pass;
}

/** Plain updates to be done in one call: params −= rates_i · gradient for batch i = 0, 1, … of the rows. */
export interface Stretch {
  readonly params: Vector;
  /** Scratch. */
  readonly gradient: Vector;
  /** The mean of the parameters, moved by fractions_i after each update; null for none. */
  readonly average: Vector | null;
  readonly rows: Rows;
  readonly batchRows: number;
  readonly rates: Float64Array;
  readonly fractions: Float64Array;
  /** Overwritten by the value of each batch before its update. */
  readonly values: Float64Array;
}

/** What a stretch descends beside the inputs of its pass. */
export interface Sweep extends Stretch {
  /** Of the loss, among the lossCodes. */
  readonly code: number;
  readonly targets: Resident;
  readonly weights: Resident | undefined;
  readonly l2: number;
  readonly l1: number;
}

/** A predictor at work on one run's memory, one block at a time. */
export interface Pass {
  /** Scores of the last block (rows × outputs); a loss overwrites them with slopes. */
  readonly scores: Address;
  /** Scores of a block of rows. */
  forward(params: Address, rows: Rows): void;
  /**
   * Carries the slopes, which stand in `scores`, back: gradient += Σ over the last block.
   * Returns what the predictor itself adds to the sum of losses (a penalty per example), usually 0.
   */
  pullback(params: Address, gradient: Address): number;
  /**
   * Where the parameters begin that these rows can change (all others keep a zero gradient), each the first of `width`;
   * entries may repeat. Absent when every example touches every parameter.
   */
  touched?(rows: Rows): { readonly starts: Address; readonly count: number; readonly width: number };
  /**
   * Does a stretch with the bits of its updates one by one; returns how many were done: it stops before a batch whose
   * value is not finite. Absent where no kernel does it. With `touched`, it is only called for l2 = l1 = 0.
   */
  sweep?(sweep: Sweep): number;
}
