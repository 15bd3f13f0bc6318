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
  const own = sortedScores(score, labels, (label) => label === positive);
  const other = sortedScores(score, labels, (label) => label !== positive);
  if (own.length === 0 || other.length === 0) {
    throw new InputRangeError(
      `${functionName}: labels must hold ${show(positive)} and another label, got ${own.length} rows with it and ` +
        `${other.length} without. Pass rows of both kinds.`,
    );
  }
  const thresholds = new Float64Array(score.length + 1);
  const positives = new Float64Array(score.length + 1);
  const negatives = new Float64Array(score.length + 1);
  thresholds[0] = Infinity;
  let size = 1;
  // The sorted scores of both classes are merged from their ends: a sort of numbers is many times as fast as a sort of rows.
  for (let [p, n] = [own.length, other.length]; p + n > 0; size++) {
    const threshold = Math.max(own[p - 1] ?? -Infinity, other[n - 1] ?? -Infinity);
    while (own[p - 1] === threshold) p -= 1;
    while (other[n - 1] === threshold) n -= 1;
    thresholds[size] = threshold;
    positives[size] = own.length - p;
    negatives[size] = other.length - n;
  }
  return {
    thresholds: thresholds.slice(0, size),
    positives: positives.slice(0, size),
    negatives: negatives.slice(0, size),
  };
}

/** The scores of the rows with some labels, from low to high. */
const sortedScores = (scores: Float64Array, labels: ArrayLike<Label>, isOwn: (label: Label) => boolean): Float64Array =>
  scores.filter((_, i) => isOwn(labels[i]!)).sort();
