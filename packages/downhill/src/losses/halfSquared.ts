import { withSpec } from "../core/spec.ts";
import type { Loss } from "./loss.ts";

/**
 * Half the squared error: Σ ½ (z − y)² over the outputs. Its slope is dloss/dz = z − y.
 *
 * Its targets are any real numbers, one for each output.
 *
 * @param outputs  scores per example [1]
 *
 * @example
 * ```ts
 * import { halfSquared } from "downhill";
 *
 * halfSquared(2).targets; // 2
 * ```
 */
export const halfSquared = (outputs = 1): Loss =>
  withSpec(
    {
      outputs,
      targets: outputs,
      sumAndSlope: (kernels, scores, targets, weights, n) => kernels.halfSquared(scores, targets, weights, n, outputs),
    },
    { loss: "halfSquared", outputs },
  );
