import { withSpec } from "../core/spec.ts";
import type { Loss } from "./loss.ts";

/**
 * Hinge loss: Σ max(0, 1 − y z) over the outputs. Its slope is dloss/dz = −y where y z < 1, else 0.
 *
 * Its targets are −1 or 1 for each output. For several classes, each output separates one class from the rest.
 *
 * @param outputs  scores per example [1]
 *
 * @example
 * ```ts
 * import { hinge } from "downhill";
 *
 * hinge().outputs; // 1
 * ```
 */
export const hinge = (outputs = 1): Loss =>
  withSpec(
    {
      outputs,
      targets: outputs,
      sumAndSlope: (kernels, scores, targets, weights, n) => kernels.hinge(scores, targets, weights, n, outputs),
    },
    { loss: "hinge", outputs },
  );
