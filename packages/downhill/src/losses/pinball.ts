import { requireFraction, requirePositive } from "../core/check.ts";
import { limitedSlope } from "./limitedSlope.ts";
import type { Loss } from "./loss.ts";

/**
 * Smoothed pinball loss of the quantile q: Σ u²/(2h) where −q h ≤ u ≤ (1 − q) h, else the tangents −q u − q² h/2 and
 * (1 − q) u − (1 − q)² h/2, over the outputs, with u = z − y. Its slope is dloss/dz = u/h, limited to −q … 1 − q.
 *
 * It is below the pinball loss max(−q u, (1 − q) u), by at most max(q, 1 − q)² h/2. Its targets are any real numbers, one for
 * each output.
 *
 * Source: Koenker and Bassett, “Regression Quantiles”, 1978; Nesterov, “Smooth Minimization of Non-Smooth Functions”, 2005.
 *
 * @param quantile  q, above 0 and below 1
 * @param width  h > 0, the width of the quadratic interval, in the unit of the targets
 * @param outputs  scores per example [1]
 * @throws RangeError unless 0 < q < 1, and h is a finite number above 0
 *
 * @example
 * ```ts
 * import { pinball } from "downhill";
 *
 * pinball(0.9, 0.01).targets; // 1
 * ```
 */
export function pinball(quantile: number, width: number, outputs = 1): Loss {
  requireFraction("pinball", "quantile", quantile);
  requirePositive("pinball", "width", width);
  return limitedSlope({ loss: "pinball", outputs, quantile, width });
}
