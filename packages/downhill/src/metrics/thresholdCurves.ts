import type { Label } from "../core/label.ts";
import { countsByThreshold } from "./countsByThreshold.ts";
import { type PrecisionRecallCurve, precisionRecallOf } from "./precisionRecall.ts";
import { type RocCurve, rocOf } from "./roc.ts";

/** Both curves of a score over all thresholds. */
export interface ThresholdCurves {
  /** The result of `rocCurve`. */
  readonly roc: RocCurve;
  /** The result of `precisionRecallCurve`. */
  readonly precisionRecall: PrecisionRecallCurve;
}

/**
 * The results of `rocCurve` and `precisionRecallCurve`, in half of the time of the two calls: the scores are sorted once.
 *
 * @param scores    n finite numbers, higher for the positive class
 * @param labels    n labels
 * @param positive  the label of the positive class
 * @throws RangeError when lengths differ, a score is not finite, or all rows or none are positive
 *
 * @example
 * ```ts
 * import { thresholdCurves } from "downhill";
 *
 * const { roc, precisionRecall } = thresholdCurves([0.9, 0.4, 0.4, 0.1], ["yes", "yes", "no", "no"], "yes");
 * roc.area; // 0.875
 * precisionRecall.averagePrecision; // 0.8333333333333333
 * ```
 */
export function thresholdCurves(scores: ArrayLike<number>, labels: ArrayLike<Label>, positive: Label): ThresholdCurves {
  const counts = countsByThreshold("thresholdCurves", { scores, labels, positive });
  return { roc: rocOf(counts), precisionRecall: precisionRecallOf(counts) };
}
