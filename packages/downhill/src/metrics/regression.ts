import { average, requirePairs } from "./average.ts";

// p predictions, t targets, w weights, t̄ the mean target. NaN among p or t gives NaN.

/**
 * Mean squared error: Σ w (p − t)² / Σ w.
 *
 * @param weights  of the rows, ≥ 0; all 1 when left out
 * @throws RangeError when lengths differ or there is no row
 */
export function meanSquaredError(
  prediction: ArrayLike<number>,
  target: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number {
  requirePairs("meanSquaredError", prediction, target);
  const squared = (i: number) => (prediction[i]! - target[i]!) * (prediction[i]! - target[i]!);
  return average("meanSquaredError", target.length, squared, weights);
}

/** Root of the mean squared error, in the unit of the target: √(Σ w (p − t)² / Σ w). Throws as `meanSquaredError`. */
export const rootMeanSquaredError = (
  prediction: ArrayLike<number>,
  target: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number => Math.sqrt(meanSquaredError(prediction, target, weights));

/**
 * Mean absolute error: Σ w |p − t| / Σ w.
 *
 * @param weights  of the rows, ≥ 0; all 1 when left out
 * @throws RangeError when lengths differ or there is no row
 */
export function meanAbsoluteError(
  prediction: ArrayLike<number>,
  target: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number {
  requirePairs("meanAbsoluteError", prediction, target);
  return average("meanAbsoluteError", target.length, (i) => Math.abs(prediction[i]! - target[i]!), weights);
}

/**
 * Share of the target's variance that is explained: R² = 1 − Σ (p − t)² / Σ (t − t̄)².
 *
 * @returns at most 1; 0 for predicting t̄, below 0 for worse. NaN for a constant target (and so for a single row),
 *          where the share has no meaning
 * @throws RangeError when lengths differ or there is no row
 */
export function rSquared(prediction: ArrayLike<number>, target: ArrayLike<number>): number {
  requirePairs("rSquared", prediction, target);
  const n = target.length;
  const first = target[0]!; // the mean is taken around it, so that a constant target has variance 0 exactly
  const mean = first + average("rSquared", n, (i) => target[i]! - first, undefined);
  let residual = 0;
  let total = 0;
  for (let i = 0; i < n; i++) {
    residual += (prediction[i]! - target[i]!) * (prediction[i]! - target[i]!);
    total += (target[i]! - mean) * (target[i]! - mean);
  }
  return total === 0 ? NaN : 1 - residual / total;
}
