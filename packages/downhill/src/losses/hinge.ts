import { withSpec } from "../core/spec.ts";
import type { Loss } from "./loss.ts";

/** max(0, 1 − yz) per output, summed over outputs. Targets: ±1 per output; several outputs are one against the rest. */
export const hinge = (outputs = 1): Loss =>
  withSpec(
    {
      outputs,
      targets: outputs,
      sumAndSlope: (kernels, scores, targets, weights, n) => kernels.hinge(scores, targets, weights, n, outputs),
    },
    { loss: "hinge", outputs },
  );
