import type { Address, Kernels } from "../kernels/kernels.ts";

/** How far scores are from targets, example by example. Data: a worker can build its own from `spec`. */
export interface Loss {
  /** Scores per example. */
  readonly outputs: number;
  /** Numbers per example in the targets. */
  readonly targets: number;
  readonly spec: { readonly loss: string; readonly outputs: number };
  /**
   * Sums over n examples of weight × loss; the slopes dloss/dscore, times the weights, overwrite the scores.
   * `weights` 0 means all 1.
   */
  sumAndSlope(kernels: Kernels, scores: Address, targets: Address, weights: Address, n: number): number;
}
