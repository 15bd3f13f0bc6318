/**
 * The behaviour of a run with a learning rate.
 *
 * - "converges", "diverges": proven, for quadratic objectives (and for others "diverges" if l2 · rate is too large)
 * - "certainly decreases", "locally stable, not guaranteed", "cannot settle": logistic, softmax and other smooth convex losses
 * - "stable", "noisy", "unstable steps": stochastic and mini-batch descent; "noisy" also for the hinge
 * - "stable at the start", "edge of stability", "unstable steps": networks and factorizations, at the parameters of the start
 * - "not known": no statement is proven for this optimizer or objective
 */
export type Band =
  | "converges"
  | "diverges"
  | "certainly decreases"
  | "locally stable, not guaranteed"
  | "cannot settle"
  | "stable"
  | "noisy"
  | "unstable steps"
  | "stable at the start"
  | "edge of stability"
  | "not known";

/** A range of learning rates with similar runs, for a drawn ruler. */
export interface Zone {
  /** The smallest rate of the zone; 0 for the first one. */
  readonly from: number;
  /** The largest rate of the zone; Infinity for the last one. */
  readonly to: number;
  /** The behaviour in the zone. */
  readonly name:
    | "crawls"
    | "steady"
    | "fast"
    | "zigzag"
    | "not guaranteed"
    | "cannot settle"
    | "diverges"
    | "not known";
}

/** The effect of a learning rate on an objective, computed before the training. */
export interface Forecast {
  /** The behaviour of a run with this rate. */
  readonly band: Band;
  /** The learning rate of the forecast, the first one of a schedule; null if it is not known before the run. */
  readonly learningRate: number | null;
  /**
   * Up to this rate every step is proven to decrease the objective; with momentum, the objective plus a multiple of
   * ‖last step‖²; with batches, the mean distance to the optimum down to the noise. Null if no such rate is known.
   */
  readonly guaranteed: number | null;
  /**
   * Above this rate a full-batch run cannot settle at the optimum. With batches, networks and factorizations it is the rate above
   * which steps can overshoot. Null if it is not known.
   */
  readonly limit: number | null;
  /** The rate that needs the fewest epochs to the tolerance (for a quadratic objective), or a recommended one; null if not known. */
  readonly best: number | null;
  /** The first epoch at which the tolerance is reached with `learningRate`; null if it is not known or never reached. */
  readonly epochs: number | null;
  /** The number of epochs to the tolerance with `best`; null if it is not known. */
  readonly bestEpochs: number | null;
  /** The relative tolerance of the numbers of epochs: (objective − optimum) / (objective at the start − optimum). */
  readonly tolerance: number;
  /** The largest curvature divided by the smallest one that is above rounding errors, for a quadratic objective; null if not known. */
  readonly condition: number | null;
  /** The objective at the start. */
  readonly start: number | null;
  /** The lowest possible objective, exact up to rounding for a quadratic objective; null if it is not known. */
  readonly optimum: number | null;
  /** The exact objective after an epoch (0 is the start), for a quadratic objective and a constant rate; else absent. */
  objectiveAfter?(epoch: number): number;
  /** For batches: about how far the objective stays above the optimum with this constant rate, because of noise; null if not known. */
  readonly noiseFloor: number | null;
  /** For batches: the batch size above which a larger batch no longer allows a proportionally larger rate; else null. */
  readonly criticalBatch: number | null;
  /** The ranges of rates with similar runs, by rising rate. */
  readonly zones: readonly Zone[];
  /** The forecast in plain sentences with its numbers, most important first. */
  readonly sentences: readonly string[];
}

/** The forecast without any statement. */
export const nothingKnown = (learningRate: number | null, tolerance: number): Forecast => ({
  band: "not known",
  learningRate,
  guaranteed: null,
  limit: null,
  best: null,
  epochs: null,
  bestEpochs: null,
  condition: null,
  tolerance,
  start: null,
  optimum: null,
  noiseFloor: null,
  criticalBatch: null,
  zones: [{ from: 0, to: Infinity, name: "not known" }],
  sentences: [],
});
