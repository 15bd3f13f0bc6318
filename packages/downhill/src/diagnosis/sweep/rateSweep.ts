/**
 * How a short run ended.
 *
 * - "finished": after its last update, and the objective has not risen far
 * - "ended above its start": the same, but the objective is far above that of the start. The run cannot diverge, because the slopes
 *   of its loss are bounded
 * - "diverged": a number was not finite, or the objective of a loss that can diverge ended far above that of the start
 */
export type TrialOutcome = "finished" | "ended above its start" | "diverged";

/** The result of a short run with one learning rate. */
export interface RateTrial {
  /** The learning rate of all updates. */
  readonly learningRate: number;
  /** How the run ended. */
  readonly outcome: TrialOutcome;
  /** The objective at the end; null unless the run finished. Only trials that finished have a rank. */
  readonly objective: number | null;
  /** The update at which the run diverged, else null. */
  readonly divergedAt: number | null;
  /** The number of updates that were done. */
  readonly updates: number;
}

/** Short runs with several learning rates, in the order of the rates, and the best of those that finished. */
export interface RateSweep {
  /** One run for each learning rate, by rising rate. */
  readonly trials: readonly RateTrial[];
  /** The rate with the lowest objective; null if no run finished. */
  readonly best: number | null;
  /** The objective at the start of every run. */
  readonly start: number;
}
