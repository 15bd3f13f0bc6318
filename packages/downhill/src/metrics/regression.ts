import { dot } from "../core/dot.ts";
import { average, requirePairs } from "./average.ts";
import { deviations, differences } from "./differences.ts";

// p predictions, t targets, w weights, t̄ mean target. NaN in p or t gives NaN.

/**
 * Mean squared error: Σ w (p − t)² / Σ w.
 *
 * @param prediction  n predictions p
 * @param target  n targets t
 * @param weights  one number ≥ 0 per row [all 1]
 * @throws RangeError if the lengths differ or there is no row
 *
 * @example
 * ```ts
 * import { meanSquaredError } from "downhill";
 *
 * meanSquaredError([1, 2, 3], [1, 2, 6]); // 3
 * ```
 */
export function meanSquaredError(
  prediction: ArrayLike<number>,
  target: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number {
  const { mean, factor } = scaledMeanSquare("meanSquaredError", prediction, target, weights);
  return mean / factor / factor;
}

/**
 * Root mean squared error: √(Σ w (p − t)² / Σ w), in the unit of the target. It is accurate also if the squares are too large
 * or too small for float64.
 *
 * @param prediction  n predictions p
 * @param target  n targets t
 * @param weights  one number ≥ 0 per row [all 1]
 * @throws RangeError if the lengths differ or there is no row
 *
 * @example
 * ```ts
 * import { rootMeanSquaredError } from "downhill";
 *
 * rootMeanSquaredError([3, 4], [0, 8]); // 3.5355339059327378
 * ```
 */
export function rootMeanSquaredError(
  prediction: ArrayLike<number>,
  target: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number {
  const { mean, factor } = scaledMeanSquare("rootMeanSquaredError", prediction, target, weights);
  return Math.sqrt(mean) / factor;
}

/** Σ w (factor (p − t))² / Σ w. The factor prevents squares from overflowing or becoming 0. */
function scaledMeanSquare(
  functionName: string,
  prediction: ArrayLike<number>,
  target: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): { mean: number; factor: number } {
  requirePairs(functionName, prediction, target);
  const { values, factor } = differences(prediction, target);
  return { mean: average(functionName, target.length, (i) => values[i]! * values[i]!, weights), factor };
}

/**
 * Mean absolute error: Σ w |p − t| / Σ w.
 *
 * @param prediction  n predictions p
 * @param target  n targets t
 * @param weights  one number ≥ 0 per row [all 1]
 * @throws RangeError if the lengths differ or there is no row
 *
 * @example
 * ```ts
 * import { meanAbsoluteError } from "downhill";
 *
 * meanAbsoluteError([1, 2, 3], [1, 2, 6]); // 1
 * ```
 */
export function meanAbsoluteError(
  prediction: ArrayLike<number>,
  target: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number {
  requirePairs("meanAbsoluteError", prediction, target);
  const { values, factor } = differences(prediction, target);
  return average("meanAbsoluteError", target.length, (i) => Math.abs(values[i]!), weights) / factor;
}

/**
 * R², the share of the target's variance that is explained: 1 − Σ (p − t)² / Σ (t − t̄)².
 *
 * @param prediction  n predictions p
 * @param target  n targets t
 * @returns at most 1; 0 if all predictions are t̄, negative for worse predictions; NaN for a constant target, for which R² is
 * not defined
 * @throws RangeError if the lengths differ or there is no row
 *
 * @example
 * ```ts
 * import { rSquared } from "downhill";
 *
 * rSquared([1, 2, 4], [1, 2, 3]); // 0.5
 * ```
 */
export function rSquared(prediction: ArrayLike<number>, target: ArrayLike<number>): number {
  requirePairs("rSquared", prediction, target);
  const errors = differences(prediction, target);
  const spread = deviations(target);
  const residual = dot(errors.values, errors.values);
  const total = dot(spread.values, spread.values);
  if (total === 0) return NaN;
  const ratio = spread.factor / errors.factor;
  return residual === 0 ? 1 : 1 - (residual / total) * ratio * ratio;
}
