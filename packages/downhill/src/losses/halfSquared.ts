import { lossCodes } from "../kernels/kernels.ts";
import type { Loss } from "./loss.ts";

/** ½ (z − y)² per output, summed over outputs: half, so that its slope is z − y. Targets: any real numbers. */
export const halfSquared = (outputs = 1): Loss => ({
  outputs,
  targets: outputs,
  spec: { loss: "halfSquared", outputs },
  code: lossCodes.halfSquared,
  sumAndSlope: (kernels, scores, targets, weights, n) => kernels.halfSquared(scores, targets, weights, n, outputs),
});
