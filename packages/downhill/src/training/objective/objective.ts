import type { Grid } from "../../core/grid.ts";
import type { Random } from "../../core/random.ts";
import type { Rows } from "../../core/rows.ts";
import type { Element, Vector } from "../../core/vector.ts";
import type { Arena } from "../../kernels/arena.ts";
import type { Address } from "../../kernels/kernels.ts";
import type { Placed } from "../../kernels/rowBlocks.ts";
import type { LossSpec } from "../../losses/loss.ts";
import type { PredictorSpec, Stretch } from "../../predictors/predictor.ts";
import type { Curvature } from "./curvature.ts";

/** What is to be minimised, before it has memory: a mean over examples plus penalties. */
export interface Problem {
  /** Parameters. */
  readonly size: number;
  readonly examples: number;
  /** What a run's parameters, gradients and data are. Sums are float64 in either case. */
  readonly element: Element;
  /** The random start. */
  init(params: Vector, random: Random): void;
  /** Lays the data into a run's arena, with all scratch. */
  bind(arena: Arena): Objective;
  /** The same problem with its examples in the order of a grid. Absent where every example reaches all parameters. */
  grid?(random: Random): { readonly problem: Problem; readonly grid: Grid };
}

/** A problem on a run's memory. Vectors given to it lie in that memory. */
export interface Objective {
  /** Rows handled at a time; lanes consist of whole blocks. */
  readonly blockRows: number;
  /** Multiply-adds of one row's scores. */
  readonly work: number;
  /** The same for another thread, which binds it in the same memory; absent where a part of it is not ours. */
  readonly spec?: RiskSpec;
  /** Adds the sum of the rows' gradients to `gradient` and returns the sum of their losses. Blocks and lanes call this. */
  add(params: Vector, rows: Rows, gradient: Vector): number;
  /** From sums to the objective on these rows: divides by the row count, adds the penalties. Returns the value. */
  finish(params: Vector, rows: Rows, sum: number, gradient: Vector): number;
  /**
   * The objective over all examples of the best constant scores, and of scores that are 0. Absent where the loss is not
   * ours.
   */
  constant?(): { readonly best: number; readonly zero: number };
  /** Its second derivatives, with scratch in the arena. Absent where they are not known. */
  curvature?(arena: Arena): Curvature;
  /** The sum of the rows' losses alone, without penalties or gradient. */
  loss(params: Vector, rows: Rows): number;
  /** The step of the part that has no gradient (l1), after a subtraction with this rate. */
  proximal?(params: Vector, rate: number): void;
  /** Where the parameters begin that these rows (one block at most) can change. Absent when that is all of them. */
  touched?(rows: Rows): { readonly starts: Address; readonly count: number; readonly width: number };
  /**
   * Plain descent over a stretch of batches of one block at most, in one call, with the bits of one update after another
   * (l1's step included); returns how many were done: it stops before a batch whose value is not finite.
   */
  sweep?(stretch: Stretch): number;
}

/** An empirical risk as data, its rows in memory that threads share. */
export interface RiskSpec {
  readonly predictor: PredictorSpec;
  readonly loss: LossSpec;
  readonly X: Placed;
  readonly y: Placed;
  readonly w: Placed | undefined;
  readonly l2: number;
  readonly l1: number;
  readonly blockRows: number;
}
