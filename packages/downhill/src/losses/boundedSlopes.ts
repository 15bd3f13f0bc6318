import { slopeLimits } from "./limitedSlope.ts";
import type { LossSpec } from "./loss.ts";

/** Whether the derivative of a loss with respect to a score has a bound. Each step of plain descent then has one too. */
export const hasBoundedSlopes = (loss: LossSpec): boolean =>
  ["logistic", "crossEntropy", "hinge"].includes(loss.loss) || slopeLimits(loss) !== null;
