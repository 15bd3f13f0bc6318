import { InputRangeError, requireFinite, show } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import { requirePairs } from "./average.ts";

/** Points of the curve from (0, 0) to (1, 1), one per different score; at the k-th, scores ≥ thresholds[k] are called positive. */
export interface RocCurve {
  readonly falsePositiveRate: Float64Array;
  readonly truePositiveRate: Float64Array;
  /** Infinity, then the different scores from high to low. */
  readonly thresholds: Float64Array;
  /** Area under the curve by trapezia: P(score of a positive > that of a negative) + ½ P(equal), exact to one rounding. */
  readonly area: number;
}

/**
 * Receiver operating characteristic of a score for one class against all others.
 * Rows of equal score enter together, as one sloped step, so the order of the rows does not matter.
 *
 * @param scores    n finite numbers, higher for the positive class
 * @param labels    n labels
 * @param positive  the label of the positive class
 * @throws RangeError when lengths differ, a score is not finite, or all rows or none are positive: one rate would be 0/0
 */
export function rocCurve(scores: ArrayLike<number>, labels: ArrayLike<Label>, positive: Label): RocCurve {
  requirePairs("rocCurve", scores, labels);
  const n = labels.length;
  const score = Float64Array.from(scores);
  requireFinite("rocCurve", "scores", score);
  const order = Uint32Array.from(score, (_, i) => i).sort((i, j) => score[j]! - score[i]!);
  const points = { falses: [0], trues: [0], thresholds: [Infinity] };
  let falses = 0;
  let trues = 0;
  let twicePairs = 0; // pairs (positive, negative) in the right order count 2, ties 1: a whole number
  for (let at = 0; at < n; ) {
    const threshold = score[order[at]!]!;
    const before = { falses, trues };
    for (; at < n && score[order[at]!] === threshold; at++) {
      if (labels[order[at]!] === positive) trues += 1;
      else falses += 1;
    }
    twicePairs += (falses - before.falses) * (before.trues + trues);
    points.falses.push(falses);
    points.trues.push(trues);
    points.thresholds.push(threshold);
  }
  if (trues === 0 || falses === 0) {
    throw new InputRangeError(
      `rocCurve: labels must hold ${show(positive)} and another label, got ${trues} rows with it and ${falses} without. ` +
        "Pass rows of both kinds.",
    );
  }
  return {
    falsePositiveRate: Float64Array.from(points.falses, (count) => count / falses),
    truePositiveRate: Float64Array.from(points.trues, (count) => count / trues),
    thresholds: Float64Array.from(points.thresholds),
    area: twicePairs / (2 * trues * falses),
  };
}
