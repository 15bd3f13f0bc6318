import { InputRangeError, requireFinite, show } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import { requirePairs } from "./average.ts";

/** How many rows have a score of at least each threshold, counted by class. */
export interface CountsByThreshold {
  /** Infinity, then the different scores from high to low. */
  readonly thresholds: Float64Array;
  /** Rows of the positive class with a score ≥ the threshold; the last entry counts all of them. */
  readonly positives: Float64Array;
  /** Rows of the other classes with a score ≥ the threshold; the last entry counts all of them. */
  readonly negatives: Float64Array;
}

/**
 * Counts for every threshold that separates two different scores. Rows of equal score are counted together, so the order
 * of the rows does not matter.
 *
 * @throws RangeError when lengths differ, a score is not finite, or the labels do not hold both the positive and another class
 */
export function countsByThreshold(
  functionName: string,
  { scores, labels, positive }: { scores: ArrayLike<number>; labels: ArrayLike<Label>; positive: Label },
): CountsByThreshold {
  requirePairs(functionName, scores, labels);
  const score = Float64Array.from(scores);
  requireFinite(functionName, "scores", score);
  const order = Uint32Array.from(score, (_, i) => i).sort((i, j) => score[j]! - score[i]!);
  const counts = { thresholds: [Infinity], positives: [0], negatives: [0] };
  let positives = 0;
  let negatives = 0;
  for (let at = 0; at < order.length; ) {
    const threshold = score[order[at]!]!;
    for (; at < order.length && score[order[at]!] === threshold; at++) {
      if (labels[order[at]!] === positive) positives += 1;
      else negatives += 1;
    }
    counts.thresholds.push(threshold);
    counts.positives.push(positives);
    counts.negatives.push(negatives);
  }
  if (positives === 0 || negatives === 0) {
    throw new InputRangeError(
      `${functionName}: labels must hold ${show(positive)} and another label, got ${positives} rows with it and ` +
        `${negatives} without. Pass rows of both kinds.`,
    );
  }
  return {
    thresholds: Float64Array.from(counts.thresholds),
    positives: Float64Array.from(counts.positives),
    negatives: Float64Array.from(counts.negatives),
  };
}
