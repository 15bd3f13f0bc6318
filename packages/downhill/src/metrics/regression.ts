import { average, requirePairs } from "./average.ts";
import { deviations, differences } from "./differences.ts";

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
  const { mean, factor } = scaledMeanSquare("meanSquaredError", prediction, target, weights);
  return mean / factor / factor;
}

/**
 * Root of the mean squared error, in the unit of the target: √(Σ w (p − t)² / Σ w). Right also where float64 cannot hold the
 * squares. Throws as `meanSquaredError`.
 */
export function rootMeanSquaredError(
  prediction: ArrayLike<number>,
  target: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number {
  const { mean, factor } = scaledMeanSquare("rootMeanSquaredError", prediction, target, weights);
  return Math.sqrt(mean) / factor;
}

/** Σ w (factor (p − t))² / Σ w: in whose place the squares themselves may overflow or vanish. */
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
 * @param weights  of the rows, ≥ 0; all 1 when left out
 * @throws RangeError when lengths differ or there is no row
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
 * Share of the target's variance that is explained: R² = 1 − Σ (p − t)² / Σ (t − t̄)².
 *
 * @returns at most 1; 0 for predicting t̄, below 0 for worse, whatever the size of the numbers. NaN for a constant target
 *          (and so for a single row), where the share has no meaning
 * @throws RangeError when lengths differ or there is no row
 */
export function rSquared(prediction: ArrayLike<number>, target: ArrayLike<number>): number {
  requirePairs("rSquared", prediction, target);
  const errors = differences(prediction, target);
  const spread = deviations(target);
  const residual = sumOfSquares(errors.values);
  const total = sumOfSquares(spread.values);
  if (total === 0) return NaN;
  const ratio = spread.factor / errors.factor;
  return residual === 0 ? 1 : 1 - (residual / total) * ratio * ratio;
}

function sumOfSquares(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}
