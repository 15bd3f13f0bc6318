import { withSpec } from "../core/spec.ts";
import type { Loss } from "./loss.ts";

/**
 * Cross-entropy of softmax probabilities: −ln p_y, where p_c = e^z_c / Σ e^z and y is the class [nats].
 *
 * Its targets are one class index per example, 0 … outputs − 1. Its slope is dloss/dz_c = p_c − [c = y].
 *
 * @param outputs  number of classes, one score for each
 *
 * @example
 * ```ts
 * import { crossEntropy } from "downhill";
 *
 * crossEntropy(3).targets; // 1
 * ```
 */
export const crossEntropy = (outputs: number): Loss =>
  withSpec(
    {
      outputs,
      targets: 1,
      sumAndSlope: (kernels, scores, targets, weights, n) => kernels.crossEntropy(scores, targets, weights, n, outputs),
    },
    { loss: "crossEntropy", outputs },
  );
