import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Label } from "../core/label.ts";
import { random } from "../core/random.ts";
import { splitRatings } from "./splitRatings.ts";

const label = fc.oneof(
  fc.integer({ min: 0, max: 6 }),
  fc.constantFrom<Label>("0", "a", "constructor", "__proto__", true),
);
const tables = fc.array(fc.tuple(label, label), { minLength: 2, maxLength: 60 });
const listsOf = (rows: readonly (readonly [Label, Label])[]) => ({
  users: rows.map(([user]) => user),
  items: rows.map(([, item]) => item),
});
const pairOf = ([user, item]: readonly [Label, Label]) => JSON.stringify([user, item]);

test("each row is in one part; each user and item has a training row; the rows of a pair stay together", () => {
  let held = 0;
  fc.assert(
    fc.property(tables, fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.nat(99), (rows, testShare, seed) => {
      const expected = Math.round(testShare * rows.length);
      fc.pre(expected >= 1 && expected < rows.length);
      let split: ReturnType<typeof splitRatings>;
      try {
        split = splitRatings(listsOf(rows), { testShare, seed });
      } catch (error) {
        expect((error as Error).message).toMatch(
          /^splitRatings: ratings must hold a pair whose user and item have other/,
        );
        return;
      }
      const { train, test } = split;
      held++;
      expect([...train, ...test].sort((a, b) => a - b)).toEqual([...rows.keys()]);
      expect(test.length).toBeGreaterThan(0);
      expect(test.length).toBeLessThanOrEqual(expected);
      for (const side of [0, 1] as const) {
        const trained = new Set(Array.from(train, (row) => rows[row]![side]));
        expect(rows.every((row) => trained.has(row[side]))).toBe(true);
      }
      const trained = new Set(Array.from(train, (row) => pairOf(rows[row]!)));
      expect(Array.from(test).some((row) => trained.has(pairOf(rows[row]!)))).toBe(false);
    }),
    { numRuns: 500 },
  );
  expect(held).toBeGreaterThan(100);
});

describe("with many ratings for each user and item", () => {
  const draw = random(3);
  const rows = Array.from({ length: 900 }, (_, i) => [i % 30, Math.floor(i / 30)] as const);
  const order = draw.permutation(900);
  const table = listsOf(Array.from(order, (at) => rows[at]!));

  test("the share is exact, and all rows are equally likely", () => {
    const counts = new Float64Array(900);
    for (let seed = 0; seed < 200; seed++) {
      const { test: rest } = splitRatings(table, { testShare: 0.2, seed });
      expect(rest.length).toBe(180);
      for (const row of rest) counts[row]! += 1;
    }
    // 200 draws of 0.2: mean 40, deviation 5.66; the largest of 900 is within five deviations
    expect(Math.max(...counts.map((count) => Math.abs(count - 40)))).toBeLessThan(5 * 5.66);
  });

  test("the seed determines the split", () => {
    expect(splitRatings(table, { seed: 4 })).toEqual(splitRatings(table, { seed: 4 }));
    expect(splitRatings(table, { seed: 4 })).not.toEqual(splitRatings(table, { seed: 5 }));
    expect(splitRatings(table)).toEqual(splitRatings(table, { testShare: 0.2, seed: 0 }));
  });

  test("testShare 0.99 takes as many test ratings as possible", () => {
    const { train, test: rest } = splitRatings(table, { testShare: 0.99 });
    expect([train.length + rest.length, train.length >= 30]).toEqual([900, true]);
    expect(train.length).toBeLessThan(90);
  });
});

test("the ratings of a pair stay together, also if a user has no other pair", () => {
  const rows = [
    ["a", 1],
    ["a", 1],
    ["b", 1],
    ["b", 2],
    ["c", 2],
    ["c", 1],
  ] as const;
  for (let seed = 0; seed < 30; seed++) {
    const { test: rest } = splitRatings(listsOf(rows), { testShare: 0.5, seed });
    expect(Array.from(rest).some((row) => row < 2)).toBe(false);
  }
});

test.each<readonly [string, () => unknown, string]>([
  [
    "no rating can be a test rating",
    () => splitRatings({ users: ["a", "b"], items: [1, 2] }, { testShare: 0.5 }),
    "splitRatings: ratings must hold a pair whose user and item have other ratings, got none among 2. " +
      "Train on all of them, or supply more ratings.",
  ],
  [
    "lists of other lengths",
    () => splitRatings({ users: ["a"], items: [1, 2] }),
    "splitRatings: users must have one entry per item (2), got 1. Pass lists of the same length.",
  ],
  [
    "a share of less than one rating",
    () => splitRatings({ users: ["a", "b"], items: [1, 2] }, { testShare: 0.1 }),
    "splitRatings: testShare must leave a training row and a test row of 2 rows, got 0.1. Pass a share such as 0.5.",
  ],
  [
    "an unknown option",
    () => splitRatings({ users: ["a"], items: [1] }, { stratify: true } as object),
    'splitRatings: option "stratify" is unknown. Use only testShare, seed, times, lastPerUser.',
  ],
])("throws: %s", (_, call, message) => {
  expect(call).toThrow(message);
});

describe("with times", () => {
  const draw = random(8);
  const rows = Array.from(
    { length: 300 },
    () => [Math.floor(20 * draw.uniform()), Math.floor(12 * draw.uniform())] as const,
  );
  const times = rows.map(() => Math.floor(100 * draw.uniform()));
  const pairs = listsOf(rows);

  test("the test ratings are the latest, of users and items with training ratings and of new pairs", () => {
    const { train, test: rest, leftOut } = splitRatings(pairs, { testShare: 0.3, times });
    const cut = Math.max(...Array.from(train, (row) => times[row]!));
    const late = rows.flatMap((_, row) => (times[row]! > cut ? [row] : []));
    expect([...rest, ...leftOut].sort((a, b) => a - b)).toEqual(late);
    expect(train.length + late.length).toBe(300);
    expect(late.length).toBeLessThanOrEqual(90);
    expect(late.length).toBeGreaterThan(80);
    const trained = { users: new Set<Label>(), items: new Set<Label>(), pairs: new Set<string>() };
    for (const row of train) {
      trained.users.add(rows[row]![0]);
      trained.items.add(rows[row]![1]);
      trained.pairs.add(pairOf(rows[row]!));
    }
    const isFair = (row: number) =>
      trained.users.has(rows[row]![0]) && trained.items.has(rows[row]![1]) && !trained.pairs.has(pairOf(rows[row]!));
    expect(Array.from(rest).every(isFair)).toBe(true);
    expect(Array.from(leftOut).some(isFair)).toBe(false);
    expect(leftOut.length).toBeGreaterThan(10);
    for (const part of [train, rest, leftOut]) {
      expect([...part]).toEqual([...part].sort((a, b) => times[a]! - times[b]! || a - b));
    }
    const dates = times.map((time) => new Date(86_400_000 * time));
    expect(splitRatings(pairs, { testShare: 0.3, times: dates })).toEqual({ train, test: rest, leftOut });
  });

  test("lastPerUser takes the last ratings of each user that has more", () => {
    const { train, test: rest, leftOut } = splitRatings(pairs, { times, lastPerUser: 2 });
    for (let user = 0; user < 20; user++) {
      const own = rows.flatMap((row, at) => (row[0] === user ? [at] : []));
      own.sort((a, b) => times[a]! - times[b]! || a - b);
      const late = [...rest, ...leftOut].filter((at) => rows[at]![0] === user);
      expect(new Set(late)).toEqual(new Set(own.slice(-2)));
    }
    expect(train.length).toBe(300 - 2 * new Set(pairs.users).size);
    const single = splitRatings({ users: ["a", "b", "b"], items: [2, 1, 2] }, { times: [3, 1, 2], lastPerUser: 1 });
    expect(single).toEqual({ train: Uint32Array.of(1, 0), test: Uint32Array.of(2), leftOut: new Uint32Array(0) });
  });

  test.each<readonly [string, Parameters<typeof splitRatings>[1], string]>([
    [
      "a time that is text",
      { times: rows.map(() => "1") as never },
      'times must hold numbers or Dates, got "1" in row 0',
    ],
    [
      "an invalid Date",
      { times: rows.map(() => new Date("x")) },
      "times must hold finite numbers or valid Dates, got an object",
    ],
    ["too few times", { times: [1] }, "times must have one entry per rating (300), got 1"],
    ["equal times", { times: rows.map(() => 1) }, "the last 0.2 of the ratings have the same time as earlier ones"],
    ["lastPerUser alone", { lastPerUser: 1 }, "lastPerUser needs the times of the ratings, got none. Pass times."],
    ["both", { times, lastPerUser: 1, testShare: 0.1 }, "only one of testShare and lastPerUser can be set"],
    ["lastPerUser 0", { times, lastPerUser: 0 }, "lastPerUser must be a whole number of at least 1, got 0"],
    [
      "lastPerUser 300",
      { times, lastPerUser: 300 },
      "lastPerUser must be below the number of ratings of some user, got 300",
    ],
  ])("%s throws", (_, options, message) => {
    expect(() => splitRatings(pairs, options)).toThrow(message);
  });
});
