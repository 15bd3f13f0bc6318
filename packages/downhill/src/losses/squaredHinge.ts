import { withSpec } from "../core/spec.ts";
import type { Loss } from "./loss.ts";

/**
 * Squared hinge loss: Σ max(0, 1 − y z)² over the outputs. Its slope is dloss/dz = −2 y max(0, 1 − y z).
 *
 * Its targets are −1 or 1 for each output.
 *
 * @param outputs  scores per example [1]
 *
 * @example
 * ```ts
 * import { squaredHinge } from "downhill";
 *
 * squaredHinge().outputs; // 1
 * ```
 */
export const squaredHinge = (outputs = 1): Loss =>
  withSpec(
    {
      outputs,
      targets: outputs,
      sumAndSlope: (kernels, scores, targets, weights, n) => kernels.squaredHinge(scores, targets, weights, n, outputs),
    },
    { loss: "squaredHinge", outputs },
  );
