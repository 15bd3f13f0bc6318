import { requireFraction } from "../core/check.ts";
import { average, requirePairs } from "./average.ts";

/**
 * Mean pinball loss of predictions of a quantile q: Σ w max(q (t − p), (1 − q) (p − t)) / Σ w. It is lowest if a share q of the
 * targets is below the predictions; for q = 0.5 it is half the mean absolute error.
 *
 * @param prediction  n predictions p
 * @param target  n targets t
 * @param quantile  q, above 0 and below 1
 * @param weights  one number ≥ 0 per row [all 1]
 * @throws RangeError if the lengths differ, there is no row, or q is not above 0 and below 1
 *
 * @example
 * ```ts
 * import { meanPinballLoss } from "downhill";
 *
 * meanPinballLoss([1, 2], [3, 2], 0.75); // 0.75
 * ```
 */
export function meanPinballLoss(
  prediction: ArrayLike<number>,
  target: ArrayLike<number>,
  quantile: number,
  weights?: ArrayLike<number>,
): number {
  requirePairs("meanPinballLoss", prediction, target);
  requireFraction("meanPinballLoss", "quantile", quantile);
  const loss = (error: number): number => Math.max(-quantile * error, (1 - quantile) * error);
  return average("meanPinballLoss", target.length, (i) => loss(prediction[i]! - target[i]!), weights);
}
