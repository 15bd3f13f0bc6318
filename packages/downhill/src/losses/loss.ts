import type { Address, Kernels } from "../kernels/kernels.ts";

/** How far scores are from targets, example by example. Data: a worker can build its own from `spec`. */
export interface Loss {
  /** Scores per example. */
  readonly outputs: number;
  /** Numbers per example in the targets. */
  readonly targets: number;
  readonly spec: { readonly loss: string; readonly outputs: number };
  /** Its number among the lossCodes, by which a sweep computes it; absent for a loss that is not ours. */
  readonly code?: number;
  /**
   * Sums over n examples of weight × loss; the slopes dloss/dscore, times the weights, overwrite the scores.
   * `weights` 0 means all 1.
   */
  sumAndSlope(kernels: Kernels, scores: Address, targets: Address, weights: Address, n: number): number;
}
