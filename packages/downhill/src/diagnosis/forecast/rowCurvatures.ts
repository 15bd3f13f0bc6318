import { log } from "../../core/elementary.ts";
import { largestCurvature } from "../../losses/slopeChange.ts";
import type { LinearData } from "../../training/objective/objective.ts";

/** An upper bound of the curvature of each row's objective: c · weight ‖x̃‖² + l2, with x̃ the row and a 1, and c the largest second derivative of the loss. */
export function rowCurvatures({ X, n, d, weights, l2, loss }: LinearData): Float64Array {
  const c = largestCurvature(loss) ?? 1;
  return Float64Array.from({ length: n }, (_, i) => {
    let square = 1;
    for (let at = i * d; at < (i + 1) * d; at++) square += X[at]! * X[at]!;
    return c * (weights ? weights[i]! : 1) * square + l2;
  });
}

/** The mean of the `count` largest numbers: no batch of `count` rows has a larger mean curvature. */
export function meanOfLargest(numbers: Float64Array, count: number): number {
  const falling = Float64Array.from(numbers).sort().reverse();
  let sum = 0;
  for (let i = 0; i < count; i++) sum += falling[i]!;
  return sum / count;
}

/**
 * Expected smoothness 𝓛 of batches of τ of n rows, with the curvature L of the full objective and the largest curvature m of a
 * row: (n(τ − 1) L + (n − τ) m) / (τ(n − 1)), for τ < n.
 *
 * Source: Gower et al., “SGD: General Analysis and Improved Rates”, 2019.
 */
export function smoothnessOfBatches(n: number, batchRows: number, full: number, row: number): number {
  const share = (n * (batchRows - 1)) / (batchRows * (n - 1));
  return share * full + ((n - batchRows) / (batchRows * (n - 1))) * row;
}

/**
 * The mean of ln |det(I − rate · Hᵢ)| over the rows, with the Hessian Hᵢ = weight x̃ x̃ᵀ + l2 of half the squared error of row i: an
 * epoch of one row per step multiplies volumes of parameters by e to the power of n times it, in any order of the rows.
 */
export function logVolume(rate: number, { X, n, d, weights, l2 }: LinearData): number {
  const kept = 1 - rate * l2; // by a weight that its row does not use
  let sum = d * log(Math.abs(kept));
  for (let i = 0; i < n; i++) {
    let square = 0;
    for (let at = i * d; at < (i + 1) * d; at++) square += X[at]! * X[at]!;
    sum += log(Math.abs(1 - rate * (weights ? weights[i]! : 1) * (square / kept + 1))) / n;
  }
  return sum;
}
