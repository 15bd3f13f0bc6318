import { lossCodes } from "../kernels/kernels.ts";
import type { Loss } from "./loss.ts";

/** −ln p_y of softmax probabilities p = e^z / Σ e^z [nats]. Targets: the class index, 0 … outputs − 1. */
export const crossEntropy = (outputs: number): Loss => ({
  outputs,
  targets: 1,
  spec: { loss: "crossEntropy", outputs },
  code: lossCodes.crossEntropy,
  sumAndSlope: (kernels, scores, targets, weights, n) => kernels.crossEntropy(scores, targets, weights, n, outputs),
});
