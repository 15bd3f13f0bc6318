import type { Vector } from "../../core/vector.ts";
import type { LossSpec } from "../../losses/loss.ts";
import type { EntrySums } from "../../training/objective/sparseEntries.ts";

/** Parameters, and the scores there of all rows, or of the first ones. */
export interface Scores {
  readonly params: Float64Array;
  readonly z: Float64Array;
}

/** Means of slopes, with the weights of the rows. */
export interface SlopeMeans {
  /** The root of the mean square. */
  readonly size: number;
  /** The mean of each slope, added with compensation. */
  readonly means: Float64Array;
}

/** Slopes s with their gradient (1/n) Σ weight · s (x, 1). */
export interface SlopesAt extends SlopeMeans {
  readonly gradient: Float64Array;
}

/** The slopes at some scores, and the weighted sum of the losses. */
export interface Evaluated extends SlopesAt {
  readonly sum: number;
  /** The same at the other parameters; 0 if there are none. */
  readonly otherSum: number;
}

/**
 * The rows of a linear model where a run has stored them, with the products that every certificate is made of. Everything is computed
 * in float64, block by block. Lists of scores and slopes are row-major.
 */
export interface LinearRows {
  readonly loss: LossSpec;
  /** Number of rows, columns, and scores of a row. */
  readonly n: number;
  readonly d: number;
  readonly k: number;
  /** At most so many additions follow each other in a sum of the losses, here and in the run. */
  readonly additions: number;
  /** The numbers of row i of dense rows, until another row is read. */
  rowAt(i: number): Vector;
  /** Whether the rows are dense, and all of them in memory. */
  readonly isInMemory: boolean;
  /** Sums over single rows, if the rows are sparse; else null. */
  readonly entries: EntrySums | null;
  readonly targets: Vector;
  /** One per row, with mean 1; null when all are 1. */
  readonly weights: Vector | null;
  /** The share of each class, of crossEntropy; 0 for a class without rows. */
  readonly shares: Float64Array | null;
  readonly l2: number;
  readonly l1: number;
  /** Σ weight · x² of each column. */
  readonly squares: Float64Array;
  /**
   * In one pass: the scores z = W x + b at the parameters, which are W, outputs × columns, then the intercepts b; s ← the slopes of a loss there, their gradient, and the weighted sum of the losses. A hinge with a width is
   * smoothed to width · ln(1 + e^((1 − y z)/width)); it has one score. The scores and slopes of the first rows are kept, as many as there is room for in z and s.
   *
   * @param other  parameters where the sum of the losses is computed too
   */
  evaluate(loss: LossSpec, at: Scores, s: Float64Array, other: Float64Array | null): Evaluated;
  /** The weighted sum of the losses at the scores z. */
  lossSum(loss: LossSpec, z: Float64Array): number;
  /** gradient ← (1/n) Σ weight · s (x, 1). */
  back(s: Float64Array, gradient: Float64Array): void;
  /**
   * Moves slopes s of the loss by −H (x · v + c), with its second derivatives H there, and then to slopes that a dual point can have.
   * Returns their means. `move` is v and c, or c alone.
   */
  moved(loss: LossSpec, s: Float64Array, move: Float64Array): SlopeMeans;
  /** The means of slopes. */
  means(s: Float64Array): SlopeMeans;
  /** out ← the second derivatives of the mean loss with respect to the intercepts, where the slopes are s, times v. */
  interceptProduct(loss: LossSpec, s: Float64Array, v: Float64Array, out: Float64Array): void;
  /** gradient ← the second derivatives of the mean loss, where the slopes are s, times v. */
  hessian(loss: LossSpec, s: Float64Array, v: Float64Array, gradient: Float64Array): void;
  /** The first rows alone. They share scratch memory with all rows: use one at a time. */
  first(count: number): LinearRows;
  /** The rows with score c alone, of a loss with a target for each score. They share scratch memory: use one at a time. */
  ofScore(c: number): LinearRows;
}
