import type { Label } from "../core/label.ts";
import { type CountsByThreshold, countsByThreshold } from "./countsByThreshold.ts";

/** Points of the curve from (0, 0) to (1, 1). Point k predicts the positive class for every score ≥ thresholds[k]. */
export interface RocCurve {
  /** Share of the negative rows that are predicted as positive. */
  readonly falsePositiveRate: Float64Array;
  /** Share of the positive rows that are predicted as positive. */
  readonly truePositiveRate: Float64Array;
  /** Infinity, then the different scores from high to low. */
  readonly thresholds: Float64Array;
  /** Area under the curve by trapezia: P(score of a positive > that of a negative) + ½ P(equal), exact to one rounding. */
  readonly area: number;
}

/**
 * Receiver operating characteristic of a score for one class against all others: the true positive rate TP / (TP + FN)
 * against the false positive rate FP / (FP + TN), for every threshold.
 *
 * Rows of equal score make one sloped line of the curve, so the order of the rows does not matter.
 *
 * @param scores    n finite numbers, higher for the positive class
 * @param labels    n labels
 * @param positive  the label of the positive class
 * @throws RangeError when lengths differ, a score is not finite, or all rows or none are positive: one rate would be 0/0
 *
 * @example
 * ```ts
 * import { rocCurve } from "downhill";
 *
 * const { area } = rocCurve([0.9, 0.4, 0.4, 0.1], ["yes", "yes", "no", "no"], "yes");
 * area; // 0.875
 * ```
 */
export const rocCurve = (scores: ArrayLike<number>, labels: ArrayLike<Label>, positive: Label): RocCurve =>
  rocOf(countsByThreshold("rocCurve", { scores, labels, positive }));

export function rocOf({ thresholds, positives, negatives }: CountsByThreshold): RocCurve {
  const [allPositives, allNegatives] = [positives.at(-1)!, negatives.at(-1)!];
  let twicePairs = 0; // a pair (positive, negative) in the right order counts 2, a tie 1: a whole number
  for (let k = 1; k < thresholds.length; k++) {
    twicePairs += (negatives[k]! - negatives[k - 1]!) * (positives[k - 1]! + positives[k]!);
  }
  return {
    falsePositiveRate: negatives.map((count) => count / allNegatives),
    truePositiveRate: positives.map((count) => count / allPositives),
    thresholds,
    area: twicePairs / (2 * allPositives * allNegatives),
  };
}
