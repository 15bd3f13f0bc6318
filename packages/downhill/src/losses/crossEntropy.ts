import { withSpec } from "../core/spec.ts";
import type { Loss } from "./loss.ts";

/** −ln p_y of softmax probabilities p = e^z / Σ e^z [nats]. Targets: the class index, 0 … outputs − 1. */
export const crossEntropy = (outputs: number): Loss =>
  withSpec(
    {
      outputs,
      targets: 1,
      sumAndSlope: (kernels, scores, targets, weights, n) => kernels.crossEntropy(scores, targets, weights, n, outputs),
    },
    { loss: "crossEntropy", outputs },
  );
