import { lossCodes } from "../kernels/kernels.ts";
import type { Loss } from "./loss.ts";

/** ln(1 + e^−yz) of a score z [log-odds] and a label y = ±1 [nats]; finite for every finite score. */
export const logistic = (): Loss => ({
  outputs: 1,
  targets: 1,
  spec: { loss: "logistic", outputs: 1 },
  code: lossCodes.logistic,
  sumAndSlope: (kernels, scores, targets, weights, n) => kernels.logistic(scores, targets, weights, n),
});
