import { requireOneOf } from "../core/check.ts";
import { requirePairs } from "./average.ts";
import { meanPinballLoss } from "./pinballLoss.ts";
import { meanPoissonDeviance } from "./poissonDeviance.ts";

/**
 * D², the share of a loss that predictions save, compared with the best constant: 1 − loss(p) / loss(constant). It is R² for
 * another loss: the mean absolute error with the median as constant ("absolute"), the mean Poisson deviance with the mean
 * ("poisson"), or the mean pinball loss with the quantile (`{ quantile: 0.9 }`). The constant is computed from the targets.
 *
 * @param prediction  n predictions p
 * @param target  n targets
 * @param loss  the loss
 * @returns at most 1; 0 if all predictions are the constant, negative for worse predictions; NaN if the constant has no loss
 * @throws RangeError if the lengths differ, there is no row, a quantile is not above 0 and below 1, or a number of "poisson" is
 * negative; TypeError for another loss
 *
 * @example
 * ```ts
 * import { dSquared } from "downhill";
 *
 * dSquared([1, 2, 4], [1, 2, 3], "absolute"); // 0.5
 * ```
 */
export function dSquared(
  prediction: ArrayLike<number>,
  target: ArrayLike<number>,
  loss: "absolute" | "poisson" | { readonly quantile: number },
): number {
  requirePairs("dSquared", prediction, target);
  if (loss === "poisson") return shareSaved(prediction, target, meanOf(target), meanPoissonDeviance);
  if (typeof loss !== "object") requireOneOf("dSquared", "loss", loss, ["absolute", "poisson"]);
  const q = loss === "absolute" ? 0.5 : loss.quantile;
  return shareSaved(prediction, target, quantileOf(target, q), (p, t) => meanPinballLoss(p, t, q));
}

function shareSaved(
  prediction: ArrayLike<number>,
  target: ArrayLike<number>,
  constant: number,
  loss: (prediction: ArrayLike<number>, target: ArrayLike<number>) => number,
): number {
  const baseline = loss(new Float64Array(target.length).fill(constant), target);
  return baseline === 0 ? NaN : 1 - loss(prediction, target) / baseline;
}

function meanOf(numbers: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += numbers[i]! / numbers.length;
  return sum;
}

/** The lowest number with at least a share q of the numbers at or below it: a constant with the lowest pinball loss. */
function quantileOf(numbers: ArrayLike<number>, q: number): number {
  return Float64Array.from(numbers).sort()[Math.max(0, Math.ceil(q * numbers.length) - 1)]!;
}
