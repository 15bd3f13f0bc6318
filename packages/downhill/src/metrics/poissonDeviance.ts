import { InputRangeError, show } from "../core/check.ts";
import { log } from "../core/elementary.ts";
import { average, requirePairs } from "./average.ts";

/**
 * Mean Poisson deviance of predicted means: 2 Σ w (t ln(t/p) + p − t) / Σ w, where t ln(t/p) is 0 for t = 0. It is 0 if all
 * predictions equal their targets, and Infinity if a prediction is 0 and its target is not.
 *
 * @param prediction  n predicted means p ≥ 0
 * @param target  n targets t ≥ 0, such as counts
 * @param weights  one number ≥ 0 per row [all 1]
 * @throws RangeError if the lengths differ, there is no row, or a number is negative
 *
 * Source: McCullagh and Nelder, “Generalized Linear Models”, 1989.
 *
 * @example
 * ```ts
 * import { meanPoissonDeviance } from "downhill";
 *
 * meanPoissonDeviance([2, 1], [2, 0]); // 1
 * ```
 */
export function meanPoissonDeviance(
  prediction: ArrayLike<number>,
  target: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number {
  requirePairs("meanPoissonDeviance", prediction, target);
  requireNotNegative("prediction", prediction);
  requireNotNegative("target", target);
  const half = (p: number, t: number): number => (t > 0 ? t * (log(t) - log(p)) : 0) + (p - t);
  return 2 * average("meanPoissonDeviance", target.length, (i) => half(prediction[i]!, target[i]!), weights);
}

function requireNotNegative(name: string, numbers: ArrayLike<number>): void {
  for (let i = 0; i < numbers.length; i++) {
    if (!(numbers[i]! < 0)) continue;
    throw new InputRangeError(
      `meanPoissonDeviance: ${name} must be numbers of at least 0, got ${show(numbers[i])} in row ${i}. ` +
        "Use meanSquaredError for such numbers.",
    );
  }
}
