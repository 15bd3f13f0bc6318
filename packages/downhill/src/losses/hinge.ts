import { lossCodes } from "../kernels/kernels.ts";
import type { Loss } from "./loss.ts";

/** max(0, 1 − yz) per output, summed over outputs. Targets: ±1 per output; several outputs are one against the rest. */
export const hinge = (outputs = 1): Loss => ({
  outputs,
  targets: outputs,
  spec: { loss: "hinge", outputs },
  code: lossCodes.hinge,
  sumAndSlope: (kernels, scores, targets, weights, n) => kernels.hinge(scores, targets, weights, n, outputs),
});
