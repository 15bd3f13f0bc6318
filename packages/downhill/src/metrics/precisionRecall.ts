import type { Label } from "../core/label.ts";
import { type CountsByThreshold, countsByThreshold } from "./countsByThreshold.ts";

/** Points of the curve by rising recall. Point k predicts the positive class for every score ≥ thresholds[k]. */
export interface PrecisionRecallCurve {
  /** TP / (TP + FP): of the rows predicted as positive, the share that is positive. The first is 1. */
  readonly precision: Float64Array;
  /** TP / (TP + FN): of the positive rows, the share that is predicted as positive. From 0 to 1. */
  readonly recall: Float64Array;
  /** 2 TP / (2 TP + FP + FN), the harmonic mean of precision and recall. The first is 0. */
  readonly f1: Float64Array;
  /** Infinity, then the different scores from high to low. */
  readonly thresholds: Float64Array;
  /** Σₖ (recallₖ − recallₖ₋₁) · precisionₖ: the mean precision over the positive rows. */
  readonly averagePrecision: number;
}

/**
 * Precision against recall of a score for one class against all others, for every threshold. For a rare positive class it is
 * more informative than the ROC curve: the precision of random scores is the share of the class.
 *
 * @param scores    n finite numbers, higher for the positive class
 * @param labels    n labels
 * @param positive  the label of the positive class
 * @throws RangeError when lengths differ, a score is not finite, or all rows or none are positive
 *
 * @example
 * ```ts
 * import { precisionRecallCurve } from "downhill";
 *
 * const curve = precisionRecallCurve([0.9, 0.6, 0.4, 0.1], ["yes", "no", "yes", "no"], "yes");
 * [...curve.recall]; // [0, 0.5, 0.5, 1, 1]
 * curve.averagePrecision; // 0.8333333333333333
 * ```
 */
export const precisionRecallCurve = (
  scores: ArrayLike<number>,
  labels: ArrayLike<Label>,
  positive: Label,
): PrecisionRecallCurve => precisionRecallOf(countsByThreshold("precisionRecallCurve", { scores, labels, positive }));

export function precisionRecallOf({ thresholds, positives, negatives }: CountsByThreshold): PrecisionRecallCurve {
  const all = positives.at(-1)!;
  const precision = positives.map((count, k) => (k === 0 ? 1 : count / (count + negatives[k]!)));
  const recall = positives.map((count) => count / all);
  const f1 = positives.map((count, k) => (2 * count) / (all + count + negatives[k]!));
  let averagePrecision = 0;
  for (let k = 1; k < recall.length; k++) averagePrecision += (recall[k]! - recall[k - 1]!) * precision[k]!;
  return { precision, recall, f1, thresholds, averagePrecision };
}
