import { InputRangeError, InputTypeError, requireFinite, show } from "../../core/check.ts";
import { toUnitSize } from "../../core/powerOfTwo.ts";

/**
 * Sample weight × class weight, scaled to mean 1; null when there are neither.
 *
 * @throws RangeError unless there is one finite number ≥ 0 per row, and not all are 0
 */
export function combinedWeights(
  functionName: string,
  rows: number,
  given: ArrayLike<number> | undefined,
  ofClasses: Float64Array | null,
): Float64Array | null {
  if (given === undefined) return ofClasses && meanOne(functionName, ofClasses);
  if (given.length !== rows) {
    throw new InputRangeError(
      `${functionName}: weights must have one number per row of X (${rows}), got ${given.length}. Correct it.`,
    );
  }
  const odd = Array.from(given).findIndex((weight) => typeof weight !== "number");
  if (odd >= 0) {
    throw new InputTypeError(
      `${functionName}: weights must be numbers, got ${show(given[odd])} in row ${odd}. Convert them.`,
    );
  }
  const weights = Float64Array.from(given);
  requireFinite(functionName, "weights", weights);
  const negative = weights.findIndex((weight) => weight < 0);
  if (negative >= 0) {
    throw new InputRangeError(
      `${functionName}: weights must be at least 0, got ${weights[negative]} in row ${negative}. Correct it.`,
    );
  }
  if (ofClasses === null) return meanOne(functionName, weights);
  const [sample, classes] = [ofUnitSize(weights), ofUnitSize(ofClasses)];
  return meanOne(
    functionName,
    sample.map((weight, i) => weight * classes[i]!),
  );
}

/** Weights times the power of two that brings the largest to a size of 1, so that products and sums stay finite. */
function ofUnitSize(weights: Float64Array): Float64Array {
  const factor = toUnitSize(weights.reduce((largest, weight) => Math.max(largest, weight), 0));
  return weights.map((weight) => weight * factor);
}

/**
 * Weights ≥ 0 scaled to mean 1.
 *
 * @throws RangeError when all are 0
 */
export function meanOne(functionName: string, given: Float64Array): Float64Array {
  const weights = ofUnitSize(given);
  let sum = 0;
  for (const weight of weights) sum += weight;
  if (sum === 0) {
    throw new InputRangeError(
      `${functionName}: weights must not all be 0, got ${weights.length} rows of weight 0. Weigh a row, or hold out more rows.`,
    );
  }
  return weights.map((weight) => (weight * weights.length) / sum);
}
