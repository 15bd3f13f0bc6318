import { withSpec } from "../core/spec.ts";
import type { Loss } from "./loss.ts";

/** ½ (z − y)² per output, summed over outputs: half, so that its slope is z − y. Targets: any real numbers. */
export const halfSquared = (outputs = 1): Loss =>
  withSpec(
    {
      outputs,
      targets: outputs,
      sumAndSlope: (kernels, scores, targets, weights, n) => kernels.halfSquared(scores, targets, weights, n, outputs),
    },
    { loss: "halfSquared", outputs },
  );
