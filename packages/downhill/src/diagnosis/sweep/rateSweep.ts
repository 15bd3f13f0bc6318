/** The result of a short run with one learning rate. */
export interface RateTrial {
  readonly learningRate: number;
  /** The objective at the end; null if the run diverged. A diverged trial never ranks above another. */
  readonly objective: number | null;
  /** The update at which the run diverged, else null. */
  readonly divergedAt: number | null;
  /** The number of updates that were done. */
  readonly updates: number;
}

/** Short runs with several learning rates, in the order of the rates, and the best of those that did not diverge. */
export interface RateSweep {
  readonly trials: readonly RateTrial[];
  /** The rate with the lowest objective; null if all runs diverged. */
  readonly best: number | null;
  /** The objective at the start of every run. */
  readonly start: number;
}
