import { random } from "downhill";

export interface RatingsOptions {
  readonly users: number;
  readonly items: number;
  readonly count: number;
  /** The number of factors of each user and of each item in `start`. */
  readonly rank: number;
}

export interface Ratings {
  /** The user and the item of each rating, one pair after the other. */
  readonly pairs: Uint32Array;
  readonly ratings: Float64Array;
  /** The start parameters, small normal numbers: a row of factors for each user, then for each item. */
  readonly start: Float64Array;
}

/** Ratings of random pairs: products of 4 true factors, with noise of standard deviation 0.5. */
export function drawRatings({ users, items, count, rank }: RatingsOptions): Ratings {
  const draw = random(10).fork("ratings");
  const trueFactors = Float64Array.from({ length: 4 * (users + items) }, () => draw.normal() / Math.SQRT2);
  const pairs = new Uint32Array(2 * count);
  const ratings = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const user = Math.floor(draw.uniform() * users);
    const item = Math.floor(draw.uniform() * items);
    let rating = 0.5 * draw.normal();
    for (let f = 0; f < 4; f++) rating += trueFactors[4 * user + f]! * trueFactors[4 * (users + item) + f]!;
    pairs[2 * i] = user;
    pairs[2 * i + 1] = item;
    ratings[i] = rating;
  }
  return { pairs, ratings, start: Float64Array.from({ length: rank * (users + items) }, () => 0.1 * draw.normal()) };
}
