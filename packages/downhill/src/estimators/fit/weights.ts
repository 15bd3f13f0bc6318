import { InputRangeError, requireFinite, requireLength } from "../../core/check.ts";
import { toUnitSize } from "../../core/powerOfTwo.ts";
import { requireNumbers } from "./table.ts";

/**
 * Sample weight · class weight of each row; null if there are neither. `meanOne` scales them.
 *
 * @throws RangeError unless there is one finite number ≥ 0 per row; TypeError for a weight that is not a
 * number
 */
export function combinedWeights(
  functionName: string,
  rows: number,
  sampleWeights: ArrayLike<number> | undefined,
  classWeights: Float64Array | null,
): Float64Array | null {
  if (sampleWeights === undefined) return classWeights;
  requireLength(functionName, "weights", sampleWeights, "row of X", rows);
  requireNumbers(functionName, "weights", sampleWeights, "Convert all weights to numbers.");
  const weights = Float64Array.from(sampleWeights);
  requireFinite(functionName, "weights", weights);
  const negative = weights.findIndex((weight) => weight < 0);
  if (negative >= 0) {
    throw new InputRangeError(
      `${functionName}: weights must be at least 0, got ${weights[negative]} in row ${negative}. Pass 0 to ignore the row.`,
    );
  }
  if (classWeights === null) return weights;
  const [sample, classes] = [unitSize(weights), unitSize(classWeights)];
  return sample.map((weight, i) => weight * classes[i]!);
}

/** Scales weights by a power of two such that the largest is about 1: then products and sums are finite. */
function unitSize(weights: Float64Array): Float64Array {
  const factor = toUnitSize(weights.reduce((largest, weight) => Math.max(largest, weight), 0));
  return weights.map((weight) => weight * factor);
}

/**
 * Weights ≥ 0, scaled to mean 1.
 *
 * @throws RangeError if all are 0
 */
export function meanOne(functionName: string, unscaled: Float64Array, advice?: string): Float64Array {
  const weights = unitSize(unscaled);
  let sum = 0;
  for (const weight of weights) sum += weight;
  requireSomeWeight(functionName, sum, weights.length, advice);
  return weights.map((weight) => (weight * weights.length) / sum);
}

/** @throws RangeError if the sum of the weights is 0 */
export function requireSomeWeight(
  functionName: string,
  sum: number,
  rows: number,
  advice = "Pass a positive weight for some of these rows.",
): void {
  if (sum > 0) return;
  throw new InputRangeError(`${functionName}: weights must not all be 0, got only zeros for ${rows} rows. ${advice}`);
}
