import { withSpec } from "../core/spec.ts";
import type { Loss } from "./loss.ts";

/** ln(1 + e^−yz) of a score z [log-odds] and a label y = ±1 [nats]; finite for every finite score. */
export const logistic = (): Loss =>
  withSpec(
    {
      outputs: 1,
      targets: 1,
      sumAndSlope: (kernels, scores, targets, weights, n) => kernels.logistic(scores, targets, weights, n),
    },
    { loss: "logistic", outputs: 1 },
  );
