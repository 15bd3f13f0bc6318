import type { Vector } from "./vector.ts";

/**
 * The error of a run whose loss became NaN or infinite, or whose objective ended far above its value at the start.
 *
 * @example
 * ```ts
 * import { DivergenceError, linearRegression, plain } from "downhill";
 *
 * try {
 *   linearRegression({ optimizer: plain(100) }).fit([[1], [2], [3]], [3, 5, 7]);
 * } catch (error) {
 *   if (!(error instanceof DivergenceError)) throw error;
 *   console.assert(error.suggestedRate! < 100);
 * }
 * ```
 */
export class DivergenceError extends Error {
  /** The name of the class. */
  override readonly name = "DivergenceError";
  /** The cause, without the advice: "the loss became Infinity". */
  readonly what: string;
  /** The number of updates before the error. */
  readonly update: number;
  /** The learning rate of the last update. */
  readonly learningRate: number;
  /**
   * The last stored parameters. If the objective ended far above its start, they are the parameters at the end. Otherwise
   * their loss is finite: they are those before the last update, or those at the start of the epoch if an update changes
   * only the parameters of a small batch.
   */
  readonly params: Vector;
  /** A constant learning rate with which the same optimizer does not diverge on the same data, if a bound is known. */
  readonly suggestedRate: number | undefined;

  constructor(what: string, update: number, learningRate: number, params: Vector, suggestedRate?: number) {
    const lower =
      suggestedRate === undefined
        ? "Lower the learning rate or standardize the columns of X."
        : `Use a learning rate of ${suggestedRate} or lower, or leave the optimizer out.`;
    super(
      learningRate > 0
        ? `train: ${what} at update ${update} (learning rate ${learningRate}). ${lower}`
        : `train: ${what} at the start, before any update. Start from other parameters, or divide inputs and targets ` +
            "by constants.",
    );
    this.what = what;
    this.update = update;
    this.learningRate = learningRate;
    this.params = params;
    this.suggestedRate = suggestedRate;
  }

  /** The same error with a learning rate in its advice. */
  suggesting(rate: number | undefined): DivergenceError {
    return new DivergenceError(this.what, this.update, this.learningRate, this.params, rate);
  }
}
