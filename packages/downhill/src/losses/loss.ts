import type { Address, Kernels, lossCodes } from "../kernels/kernels.ts";

/** { loss: "hinge", outputs: 3 } */
export interface LossSpec {
  readonly loss: keyof typeof lossCodes;
  readonly outputs: number;
}

/** How far scores are from targets, example by example. */
export interface Loss {
  /** Scores per example. */
  readonly outputs: number;
  /** Numbers per example in the targets. */
  readonly targets: number;
  /** Which of ours it is: then a sweep can compute it, and a worker build its own. Absent for a loss that is not ours. */
  readonly spec?: LossSpec;
  /**
   * Sums over n examples of weight × loss; the slopes dloss/dscore, times the weights, overwrite the scores.
   * `weights` 0 means all 1.
   */
  sumAndSlope(kernels: Kernels, scores: Address, targets: Address, weights: Address, n: number): number;
}
