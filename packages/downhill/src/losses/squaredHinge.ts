import { withSpec } from "../core/spec.ts";
import type { Loss } from "./loss.ts";

/** max(0, 1 − yz)² per output, summed over outputs. Targets: ±1 per output. */
export const squaredHinge = (outputs = 1): Loss =>
  withSpec(
    {
      outputs,
      targets: outputs,
      sumAndSlope: (kernels, scores, targets, weights, n) => kernels.squaredHinge(scores, targets, weights, n, outputs),
    },
    { loss: "squaredHinge", outputs },
  );
