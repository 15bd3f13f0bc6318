// Learning rates with which plain descent on ratings is stable.
import type { Optimizer } from "../../optimizers/optimizer.ts";
import { largestOf, type RatingParts } from "./ratings.ts";

/** The facts about a run on ratings that its stable learning rate depends on. */
export interface RatingRun {
  /** Largest |standardized rating|. */
  readonly largest: number;
  readonly l2: number;
  /** The largest share of the ratings of a batch that one user or item can have: 1 for one rating per update. */
  readonly share: number;
}

/**
 * Half of the largest stable learning rate: 1/(s (2 t + 2) + l2), with t the largest |standardized rating| and s twice the share
 * (once for the user, once for the item), at most 1.
 *
 * An update on one rating with learning rate η is stable if η (‖p‖² + ‖q‖² + 2 + |e| + l2) < 2, where the 2 in the sum comes from
 * the biases: the second derivatives of ½ e² are (q, p, 1, 1)(q, p, 1, 1)ᵀ − e (0 I; I 0). For p · q = t and ‖p‖ = ‖q‖ this is
 * η (2 t + 2 + l2) < 2.
 */
export const stableRate = ({ largest, l2, share }: RatingRun): number =>
  1 / (Math.min(1, 2 * share) * (2 * largest + 2) + l2);

/**
 * The t of `stableRate` for the default learning rate: 3 Σ r² / Σ |r|, but at most the largest |r| and at least half of it.
 * For normally distributed ratings r this is about 3.8 deviations. A few ratings that are far from all others then hardly lower the
 * rate, and an update is still stable where the prediction is equal to any of the ratings.
 */
export function largeRating(parts: RatingParts): number {
  const largest = largestOf(parts);
  let [sizes, squares] = [0, 0];
  parts.each((ratings) => {
    for (const rating of ratings) {
      const size = Math.abs(rating / largest); // at most 1, so that no square overflows
      sizes += size;
      squares += size * size;
    }
  });
  return largest * Math.max(0.5, Math.min(1, (3 * squares) / sizes || 1));
}

/** A constant learning rate for an optimizer that diverged: half of `stableRate` / gain; undefined for an optimizer without a gain. */
export function suggestedRatingRate({ gain, fullBatch }: Optimizer, run: RatingRun): number | undefined {
  if (gain === undefined || fullBatch) return undefined;
  const rate = stableRate(run) / (2 * gain);
  return rate > 0 && rate < Infinity ? Number((0.95 * rate).toPrecision(2)) : undefined;
}
