// Rates at which plain descent on ratings is stable.
import type { Optimizer } from "../../optimizers/optimizer.ts";

export interface RatingDescent {
  /** Largest size of a standardized rating. */
  readonly largest: number;
  readonly l2: number;
  /** The largest share of a batch's ratings that one user or item can have: 1 for one rating per update. */
  readonly share: number;
}

/**
 * Half of a rate that is stable: 1/(s (2 t + 2 + l2)), with t the largest standardized rating and s the share, at most 1,
 * counted twice in a batch, for the user and for the item.
 *
 * An update on one rating at rate η is stable if η (‖p‖² + ‖q‖² + 2 + |e| + l2) < 2, the 2 inside for the biases: the second
 * derivatives of ½ e² are (q, p, 1, 1)(q, p, 1, 1)ᵀ − e (0 I; I 0). At p · q = t with ‖p‖ = ‖q‖ that is η (2 t + 2 + l2) < 2.
 */
export const stableRate = ({ largest, l2, share }: RatingDescent): number =>
  1 / (Math.min(1, 2 * share) * (2 * largest + 2) + l2);

/** A constant rate for an optimizer that diverged: half the stable one by its gain; undefined where it has no such gain. */
export function suggestedRatingRate({ gain, fullBatch }: Optimizer, descent: RatingDescent): number | undefined {
  if (gain === undefined || fullBatch) return undefined;
  const rate = stableRate(descent) / (2 * gain);
  return rate > 0 && rate < Infinity ? Number((0.95 * rate).toPrecision(2)) : undefined;
}

/** The largest share of the rows that one user or item has. */
export function largestShare(lists: readonly Uint32Array[], rows: Uint32Array): number {
  let most = 0;
  for (const list of lists) {
    const counts = new Map<number, number>();
    for (const row of rows) {
      const count = (counts.get(list[row]!) ?? 0) + 1;
      counts.set(list[row]!, count);
      most = Math.max(most, count);
    }
  }
  return most / rows.length;
}
