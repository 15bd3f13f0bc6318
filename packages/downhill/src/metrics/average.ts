import { InputRangeError, requireFinite, requireLength, requireRows, show } from "../core/check.ts";
import { toUnitSize } from "../core/powerOfTwo.ts";

/** @throws RangeError unless there are as many predictions as targets, and at least one. */
export function requirePairs(functionName: string, prediction: ArrayLike<unknown>, target: ArrayLike<unknown>): void {
  requireLength(functionName, "prediction", prediction, "target", target.length);
  requireRows(functionName, target);
}

/**
 * Weighted mean of a term over rows: Σ wᵢ termᵢ / Σ wᵢ. Without weights each wᵢ is 1.
 *
 * @throws RangeError unless the weights are n finite numbers ≥ 0 with a positive sum
 */
export function average(
  functionName: string,
  n: number,
  term: (row: number) => number,
  weights: ArrayLike<number> | undefined,
): number {
  if (weights !== undefined) requireWeights(functionName, weights, n);
  const unit = weights === undefined ? 1 : toUnitSize(largestOf(weights)); // sums of weights of 1e308 would overflow
  let sum = 0;
  let total = 0;
  for (let i = 0; i < n; i++) {
    const weight = weights === undefined ? 1 : weights[i]! * unit;
    if (weight === 0) continue; // a row of weight 0 does not count, even if its term is infinite
    sum += weight * term(i);
    total += weight;
  }
  return sum / total;
}

function largestOf(weights: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < weights.length; i++) largest = Math.max(largest, weights[i]!);
  return largest;
}

function requireWeights(functionName: string, weights: ArrayLike<number>, n: number): void {
  requireLength(functionName, "weights", weights, "row", n);
  const numbers = Float64Array.from(weights);
  requireFinite(functionName, "weights", numbers);
  const negative = numbers.find((weight) => weight < 0);
  if (negative !== undefined || numbers.every((weight) => weight === 0)) {
    throw new InputRangeError(
      `${functionName}: weights must be at least 0 and not all 0, got ${show(negative ?? 0)}. Pass a positive weight for each row that counts.`,
    );
  }
}
