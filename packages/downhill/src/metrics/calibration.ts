import { requireSize } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import { requirePairs } from "./average.ts";
import { requireProbability } from "./probability.ts";

/** One entry for each bin that has a row, in ascending order of the probabilities. */
export interface CalibrationCurve {
  /** Mean predicted probability of the rows of the bin. */
  readonly predicted: Float64Array;
  /** Share of the rows of the bin that belong to the positive class. */
  readonly observed: Float64Array;
  /** Rows of the bin. */
  readonly counts: Float64Array;
}

/**
 * Calibration curve: compares predicted probabilities with observed shares. The rows are put into bins of equal width by their
 * predicted probability. Each bin has the mean probability of its rows and the share of positive rows. For a calibrated model
 * these are equal.
 *
 * Bin k of b holds the probabilities above k/b and at most (k + 1)/b; the first bin also holds 0.
 *
 * @param probabilities  n numbers from 0 to 1: of the positive class
 * @param labels         n labels
 * @param positive       the label of the positive class
 * @param options        `bins` is the number of bins [10]
 * @throws RangeError when lengths differ, a probability is not from 0 to 1, or bins is not a whole number of at least 1
 *
 * @example
 * ```ts
 * import { calibrationCurve } from "downhill";
 *
 * const curve = calibrationCurve([0.25, 0.25, 0.75, 0.75], [false, false, true, false], true, { bins: 2 });
 * [...curve.predicted]; // [0.25, 0.75]
 * [...curve.observed]; // [0, 0.5]
 * ```
 */
export function calibrationCurve(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<Label>,
  positive: Label,
  { bins = 10 }: { bins?: number } = {},
): CalibrationCurve {
  requirePairs("calibrationCurve", probabilities, labels);
  requireSize("calibrationCurve", "bins", bins);
  const sums = new Float64Array(bins);
  const positives = new Float64Array(bins);
  const counts = new Float64Array(bins);
  for (let i = 0; i < labels.length; i++) {
    const probability = probabilities[i]!;
    requireProbability("calibrationCurve", probability, i);
    const bin = binOf(probability, bins);
    sums[bin]! += probability;
    counts[bin]! += 1;
    if (labels[i] === positive) positives[bin]! += 1;
  }
  const filled = Uint32Array.from(counts.keys()).filter((bin) => counts[bin]! > 0);
  return {
    predicted: Float64Array.from(filled, (bin) => sums[bin]! / counts[bin]!),
    observed: Float64Array.from(filled, (bin) => positives[bin]! / counts[bin]!),
    counts: Float64Array.from(filled, (bin) => counts[bin]!),
  };
}

/** The bin of a probability. The product is rounded, so the limits of the bin are compared, too. */
function binOf(probability: number, bins: number): number {
  let bin = Math.min(bins - 1, Math.floor(probability * bins));
  if (bin > 0 && probability <= bin / bins) bin -= 1;
  else if (bin < bins - 1 && probability > (bin + 1) / bins) bin += 1;
  return bin;
}
