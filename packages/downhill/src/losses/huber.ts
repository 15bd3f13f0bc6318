import { requirePositive } from "../core/check.ts";
import { limitedSlope } from "./limitedSlope.ts";
import type { Loss } from "./loss.ts";

/**
 * Huber loss: Σ ½ u² where |u| ≤ δ, else δ (|u| − δ/2), over the outputs, with u = z − y. Its slope is dloss/dz = u, limited
 * to −δ … δ. So rows with large errors count less than in `halfSquared`.
 *
 * Its targets are any real numbers, one for each output.
 *
 * Source: Huber, “Robust Estimation of a Location Parameter”, 1964.
 *
 * @param delta  δ > 0, in the unit of the targets
 * @param outputs  scores per example [1]
 * @throws RangeError unless δ is a finite number above 0
 *
 * @example
 * ```ts
 * import { huber } from "downhill";
 *
 * huber(1.35).targets; // 1
 * ```
 */
export function huber(delta: number, outputs = 1): Loss {
  requirePositive("huber", "delta", delta);
  return limitedSlope({ loss: "huber", outputs, delta });
}
