import { requirePositive } from "../core/check.ts";
import { limitedSlope } from "./limitedSlope.ts";
import type { Loss } from "./loss.ts";

/**
 * Smoothed absolute error: Σ |u| − h/4 where |u| ≥ h/2, else u²/h, over the outputs, with u = z − y. Its slope is
 * dloss/dz = 2 u/h, limited to −1 … 1. It is at most h/4 below |u|.
 *
 * Its targets are any real numbers, one for each output.
 *
 * Source: Nesterov, “Smooth Minimization of Non-Smooth Functions”, 2005.
 *
 * @param width  h > 0, the width of the quadratic interval, in the unit of the targets
 * @param outputs  scores per example [1]
 * @throws RangeError unless h is a finite number above 0
 *
 * @example
 * ```ts
 * import { absolute } from "downhill";
 *
 * absolute(0.01).targets; // 1
 * ```
 */
export function absolute(width: number, outputs = 1): Loss {
  requirePositive("absolute", "width", width);
  return limitedSlope({ loss: "absolute", outputs, width });
}
