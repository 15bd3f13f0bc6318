import { withSpec } from "../core/spec.ts";
import type { Loss } from "./loss.ts";

/**
 * Logistic loss: ln(1 + e^(−y z)) of a score z [log-odds] and a label y [nats]. Its slope is dloss/dz = −y / (1 + e^(y z)).
 *
 * Its targets are −1 or 1, one per example. It is finite for every finite score.
 *
 * Source: Mächler, “Accurately Computing log(1 − exp(−|a|))”, 2012 (log1pexp).
 *
 * @example
 * ```ts
 * import { logistic } from "downhill";
 *
 * logistic().outputs; // 1
 * ```
 */
export const logistic = (): Loss =>
  withSpec(
    {
      outputs: 1,
      targets: 1,
      sumAndSlope: (kernels, scores, targets, weights, n) => kernels.logistic(scores, targets, weights, n),
    },
    { loss: "logistic", outputs: 1 },
  );
