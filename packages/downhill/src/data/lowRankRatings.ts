import { InputRangeError, requireKnown, requireNonNegative, requireSize, requireWithin, show } from "../core/check.ts";
import type { Matrix } from "../core/matrix.ts";
import { type Seed, seeded } from "./seeded.ts";

/** Options of `lowRankRatings`. */
export interface LowRankOptions {
  /** Number of users [60]. */
  readonly users?: number;
  /** Number of items [40]. */
  readonly items?: number;
  /** Rank of the full matrix, at most the smaller of users and items [3]. */
  readonly rank?: number;
  /** Share of the cells that have a rating, above 0 and at most 1 [0.3]. */
  readonly observed?: number;
  /** Standard deviation of the normal noise on a rating, ≥ 0 [0.1]. */
  readonly noise?: number;
  /** Seed of the random numbers, a whole number, or a stream of `random(seed)` to draw from [0]. */
  readonly seed?: Seed;
}

/** Ratings, and the matrix that they were drawn from. */
export interface LowRankRatings {
  /** The user of each rating. */
  readonly users: Uint32Array;
  /** The item of each rating. */
  readonly items: Uint32Array;
  /** The ratings, with noise. */
  readonly ratings: Float64Array;
  /** users × items: all ratings, without noise. */
  readonly full: Matrix;
}

/**
 * Ratings from a matrix of low rank: full = P Qᵀ / √rank, with standard normal P and Q. So its entries have mean 0 and
 * variance 1. A rating is an entry + noise · ε, with ε standard normal.
 *
 * @returns round(observed · users · items) ratings in the order of the users; every set of cells is equally likely
 * @throws RangeError or TypeError for an option that is not allowed
 *
 * @example
 * ```ts
 * import { lowRankRatings } from "downhill";
 *
 * const { ratings, full } = lowRankRatings({ users: 20, items: 10, observed: 0.5, seed: 1 });
 * ratings.length; // 100
 * full.rows; // 20
 * ```
 */
export function lowRankRatings({
  users = 60,
  items = 40,
  rank = 3,
  observed = 0.3,
  noise = 0.1,
  seed = 0,
  ...others
}: LowRankOptions = {}): LowRankRatings {
  const functionName = "lowRankRatings";
  requireKnown(functionName, others, ["users", "items", "rank", "observed", "noise", "seed"]);
  requireSize(functionName, "users", users);
  requireSize(functionName, "items", items);
  requireSize(functionName, "rank", rank);
  requireWithin(functionName, "rank", rank, 1, Math.min(users, items) + 1);
  requireNonNegative(functionName, "noise", noise);
  const cells = users * items;
  const count = Math.round(observed * cells);
  if (!(count >= 1 && observed <= 1)) {
    throw new InputRangeError(
      `${functionName}: observed must be a share of the cells, at least ${1 / cells} and at most 1, got ${show(observed)}. Pass a share such as 1.`,
    );
  }
  const draw = seeded(seed, functionName);
  const P = Float64Array.from({ length: users * rank }, () => draw.normal());
  const Q = Float64Array.from({ length: items * rank }, () => draw.normal());
  const full = new Float64Array(cells);
  const observedRatings = {
    users: new Uint32Array(count),
    items: new Uint32Array(count),
    ratings: new Float64Array(count),
  };
  const scale = 1 / Math.sqrt(rank);
  for (let cell = 0, k = 0; cell < cells; cell++) {
    const user = Math.floor(cell / items);
    const item = cell % items;
    let sum = 0;
    for (let r = 0; r < rank; r++) sum += P[user * rank + r]! * Q[item * rank + r]!;
    full[cell] = sum * scale;
    // A cell is taken with probability (ratings to draw) / (cells left): Knuth's algorithm S.
    if (draw.uniform() * (cells - cell) < count - k) {
      observedRatings.users[k] = user;
      observedRatings.items[k] = item;
      observedRatings.ratings[k++] = full[cell]! + noise * draw.normal();
    }
  }
  return { ...observedRatings, full: { data: full, rows: users, columns: items } };
}
