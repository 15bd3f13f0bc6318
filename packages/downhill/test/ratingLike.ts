// Ratings like those of real users: a few popular items, a few busy users, 1 to 5 stars.
import { random } from "../src/core/random.ts";

export interface StarRatings {
  readonly users: number[];
  readonly items: number[];
  readonly ratings: number[];
}

/** Makes ratings of distinct pairs. A rating is the sum of biases, products of three factors and noise, rounded to stars. */
export function starRatings(users: number, items: number, count: number, seed = 1): StarRatings {
  const draw = random(seed).fork("stars");
  const RANK = 3;
  const normals = (n: number, deviation: number) => Float64Array.from({ length: n }, () => deviation * draw.normal());
  const [P, Q] = [normals(users * RANK, 0.5), normals(items * RANK, 0.7)];
  const [userBias, itemBias] = [normals(users, 0.4), normals(items, 0.5)];
  const skewed = (n: number) => Math.floor(n * draw.uniform() * draw.uniform());
  const rated = new Set<number>();
  const table: StarRatings = { users: [], items: [], ratings: [] };
  while (table.ratings.length < count) {
    const [u, i] = [skewed(users), skewed(items)];
    if (rated.has(u * items + i)) continue;
    rated.add(u * items + i);
    let z = 3.5 + userBias[u]! + itemBias[i]! + 0.6 * draw.normal();
    for (let f = 0; f < RANK; f++) z += P[u * RANK + f]! * Q[i * RANK + f]!;
    table.users.push(u);
    table.items.push(i);
    table.ratings.push(Math.min(5, Math.max(1, Math.round(z))));
  }
  return table;
}
