import { InputRangeError, requireKnown, requireNonNegative, requireSize, requireWithin, show } from "../core/check.ts";
import type { Matrix } from "../core/matrix.ts";
import { type Seed, seeded } from "./seeded.ts";

export interface RatingsOptions {
  readonly users?: number;
  readonly items?: number;
  /** Rank of the full matrix, at most the smaller of users and items. */
  readonly rank?: number;
  /** Share of the cells that is observed, in (0, 1]. */
  readonly observed?: number;
  /** Standard deviation of the normal noise on a rating, ≥ 0. */
  readonly noise?: number;
  readonly seed?: Seed;
}

/** Observed ratings: the k-th is that of `users[k]` for `items[k]`; `full` is the whole matrix without noise. */
export interface Ratings {
  readonly users: Uint32Array;
  readonly items: Uint32Array;
  readonly ratings: Float64Array;
  readonly full: Matrix;
}

/**
 * Ratings of a low-rank taste: full = P Qᵀ / √rank with standard normal P and Q, so entries have mean 0 and variance 1;
 * a rating is its entry + noise · ε.
 *
 * @returns exactly round(observed · users · items) ratings, user by user, every set of cells equally likely;
 *          full users × items
 */
export function lowRankRatings({
  users = 60,
  items = 40,
  rank = 3,
  observed = 0.3,
  noise = 0.1,
  seed = 0,
  ...others
}: RatingsOptions = {}): Ratings {
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
      `${functionName}: observed must be a share of at most 1 that keeps a rating, got ${show(observed)}. Choose another share.`,
    );
  }
  const draw = seeded(seed, functionName);
  const P = Float64Array.from({ length: users * rank }, () => draw.normal());
  const Q = Float64Array.from({ length: items * rank }, () => draw.normal());
  const full = new Float64Array(cells);
  const seen = { users: new Uint32Array(count), items: new Uint32Array(count), ratings: new Float64Array(count) };
  const scale = 1 / Math.sqrt(rank);
  for (let cell = 0, k = 0; cell < cells; cell++) {
    const user = Math.floor(cell / items);
    const item = cell % items;
    let sum = 0;
    for (let r = 0; r < rank; r++) sum += P[user * rank + r]! * Q[item * rank + r]!;
    full[cell] = sum * scale;
    // Each cell is taken with probability (still wanted) / (cells left): Knuth's algorithm S.
    if (draw.uniform() * (cells - cell) < count - k) {
      seen.users[k] = user;
      seen.items[k] = item;
      seen.ratings[k++] = full[cell]! + noise * draw.normal();
    }
  }
  return { ...seen, full: { data: full, rows: users, columns: items } };
}
