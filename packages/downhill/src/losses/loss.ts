import type { Address, Kernels, lossCodes } from "../kernels/kernels.ts";

/** { loss: "hinge", outputs: 3 } or { loss: "huber", outputs: 1, delta: 1.35 } */
export interface LossSpec {
  /** The name of the loss. */
  readonly loss: keyof typeof lossCodes;
  /** The number of scores. */
  readonly outputs: number;
  /** The δ of huber. */
  readonly delta?: number;
  /** The quantile of pinball. */
  readonly quantile?: number;
  /** The width of the quadratic interval of absolute and pinball. */
  readonly width?: number;
}

/** Measures how far the scores of an example are from its targets. */
export interface Loss {
  /** Scores per example. */
  readonly outputs: number;
  /** Numbers per example in the targets. */
  readonly targets: number;
  /** The name and arguments of a loss of the library, from which sweeps and workers make the same one. Else absent. */
  readonly spec?: LossSpec;
  /**
   * Returns Σ weight · loss over n examples, and overwrites the scores with the slopes weight · dloss/dscore. `weights` 0
   * means that all weights are 1.
   */
  sumAndSlope(kernels: Kernels, scores: Address, targets: Address, weights: Address, n: number): number;
}
