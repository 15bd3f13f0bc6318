import { expect, test } from "vitest";
import { lowRankRatings } from "./lowRankRatings.ts";

/** Rank by Gaussian elimination with full pivoting, entries below 1e-10 of the largest counting as 0. */
function rankOf(data: number[], rows: number, columns: number): number {
  const a = Array.from({ length: rows }, (_, i) => data.slice(i * columns, (i + 1) * columns));
  const largest = Math.max(...data.map(Math.abs));
  for (let rank = 0; rank < Math.min(rows, columns); rank++) {
    let [pivot, row, column] = [0, rank, rank];
    for (let i = rank; i < rows; i++) {
      for (let j = rank; j < columns; j++) {
        if (Math.abs(a[i]![j]!) > Math.abs(pivot)) [pivot, row, column] = [a[i]![j]!, i, j];
      }
    }
    if (Math.abs(pivot) < 1e-10 * largest) return rank;
    [a[rank], a[row]] = [a[row]!, a[rank]!];
    for (const line of a) [line[rank], line[column]] = [line[column]!, line[rank]!];
    for (let i = rank + 1; i < rows; i++) {
      const factor = a[i]![rank]! / pivot;
      for (let j = rank; j < columns; j++) a[i]![j]! -= factor * a[rank]![j]!;
    }
  }
  return Math.min(rows, columns);
}

test("the full matrix has exactly the rank", () => {
  for (const rank of [1, 2, 5]) {
    const { full } = lowRankRatings({ users: 20, items: 15, rank });
    expect(rankOf([...full.data], 20, 15)).toBe(rank);
  }
});

test("entries have mean 0 and variance 1, noise has its standard deviation", () => {
  const made = lowRankRatings({ users: 300, items: 300, rank: 50, observed: 0.5, noise: 0.2 });
  const cells = 90_000;
  const entries = [...made.full.data];
  const mean = entries.reduce((sum, value) => sum + value, 0) / cells;
  const square = entries.reduce((sum, value) => sum + value * value, 0) / cells;
  expect(Math.abs(mean)).toBeLessThan(0.02);
  expect(Math.abs(square - 1)).toBeLessThan(0.06); // P and Q have 15 000 entries each: 4 · √(2 · 2/15 000)
  const noise = made.ratings.map((rating, k) => rating - entries[made.users[k]! * 300 + made.items[k]!]!);
  expect(Math.abs(noise.reduce((sum, e) => sum + e * e, 0) / 45_000 / 0.04 - 1)).toBeLessThan(
    4 * Math.sqrt(2 / 45_000),
  );
});

test("exactly the observed share of distinct cells, in the order of the users", () => {
  for (const [observed, count] of [
    [0.3, 84],
    [1, 280],
    [0.0036, 1],
  ] as const) {
    const { users, items, ratings, full } = lowRankRatings({ users: 20, items: 14, observed, noise: 0 });
    expect([users.length, items.length, ratings.length]).toEqual([count, count, count]);
    const cells = Array.from(users, (user, k) => user * 14 + items[k]!);
    expect(new Set(cells).size).toBe(count);
    expect([...cells].sort((a, b) => a - b)).toEqual(cells);
    cells.forEach((cell, k) => {
      expect(ratings[k]).toBe(full.data[cell]);
    });
  }
});

test("every cell is observed equally often", () => {
  const counts = new Float64Array(12);
  for (let seed = 0; seed < 3000; seed++) {
    const { users, items } = lowRankRatings({ users: 4, items: 3, rank: 1, observed: 0.25, seed });
    users.forEach((user, k) => {
      counts[user * 3 + items[k]!]! += 1;
    });
  }
  for (const count of counts) expect(Math.abs(count - 750)).toBeLessThan(4 * Math.sqrt(3000 * 0.25 * 0.75));
});

test("the same seed gives the same bits, another seed others", () => {
  expect(lowRankRatings({ seed: 1 })).toEqual(lowRankRatings({ seed: 1 }));
  expect(lowRankRatings({ seed: 2 }).ratings).not.toEqual(lowRankRatings({ seed: 1 }).ratings);
});

test("wrong options throw", () => {
  expect(() => lowRankRatings({ users: 3, items: 2, rank: 3 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: lowRankRatings: rank must be at least 1 and below 3, got 3. Pass a number such as 1.]`,
  );
  expect(() => lowRankRatings({ observed: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: lowRankRatings: observed must be a share of the cells, at least 0.0004166666666666667 and at most 1, got 0. Pass a share such as 1.]`,
  );
  expect(() => lowRankRatings({ observed: 1.0001 })).toThrow(RangeError);
  expect(() => lowRankRatings({ observed: Number.NaN })).toThrow(RangeError);
  expect(() => lowRankRatings({ noise: -0.1 })).toThrow(RangeError);
  expect(() => lowRankRatings({ ranks: 2 } as object)).toThrow(TypeError);
});
