import { largestCurvature } from "../../losses/slopeChange.ts";
import type { LinearData } from "../../training/objective/objective.ts";

/** An upper bound of the curvature of each row's objective: c · weight ‖x̃‖² + l2, with x̃ the row and a 1, and c as in `curvatureBound`. */
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
 * Expected smoothness 𝓛 of batches of τ of n rows, with the curvature L of the whole objective and the largest curvature m of a
 * row: (n(τ − 1) L + (n − τ) m) / (τ(n − 1)).
 *
 * Source: Gower et al., “SGD: General Analysis and Improved Rates”, 2019.
 */
export const expectedSmoothness = (n: number, batchRows: number, whole: number, row: number): number =>
  (n * (batchRows - 1) * whole + (n - batchRows) * row) / (batchRows * (n - 1));
