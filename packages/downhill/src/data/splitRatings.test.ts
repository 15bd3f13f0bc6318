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

test("every row is on one side; every user and item keeps a training row; the rows of a pair stay together", () => {
  let held = 0;
  fc.assert(
    fc.property(tables, fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.nat(99), (rows, heldOut, seed) => {
      const wanted = Math.round(heldOut * rows.length);
      fc.pre(wanted >= 1 && wanted < rows.length);
      let split: ReturnType<typeof splitRatings>;
      try {
        split = splitRatings(listsOf(rows), { heldOut, seed });
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
      expect(test.length).toBeLessThanOrEqual(wanted);
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

describe("of ratings of which each user and item has many", () => {
  const draw = random(3);
  const rows = Array.from({ length: 900 }, (_, i) => [i % 30, Math.floor(i / 30)] as const);
  const order = draw.permutation(900);
  const table = listsOf(Array.from(order, (at) => rows[at]!));

  test("the share is the one wanted, and each row is as likely as another", () => {
    const counts = new Float64Array(900);
    for (let seed = 0; seed < 200; seed++) {
      const { test: rest } = splitRatings(table, { heldOut: 0.2, seed });
      expect(rest.length).toBe(180);
      for (const row of rest) counts[row]! += 1;
    }
    // 200 draws of 0.2: mean 40, deviation 5.66; the largest of 900 lies within five deviations
    expect(Math.max(...counts.map((count) => Math.abs(count - 40)))).toBeLessThan(5 * 5.66);
  });

  test("the seed decides", () => {
    expect(splitRatings(table, { seed: 4 })).toEqual(splitRatings(table, { seed: 4 }));
    expect(splitRatings(table, { seed: 4 })).not.toEqual(splitRatings(table, { seed: 5 }));
    expect(splitRatings(table)).toEqual(splitRatings(table, { heldOut: 0.2, seed: 0 }));
  });

  test("as many as can be are held out of a wish for more", () => {
    const { train, test: rest } = splitRatings(table, { heldOut: 0.99 });
    expect([train.length + rest.length, train.length >= 30]).toEqual([900, true]);
    expect(train.length).toBeLessThan(90);
  });
});

test("two ratings of one pair are on one side, also where the pair is all that a user has", () => {
  const rows = [
    ["a", 1],
    ["a", 1],
    ["b", 1],
    ["b", 2],
    ["c", 2],
    ["c", 1],
  ] as const;
  for (let seed = 0; seed < 30; seed++) {
    const { test: rest } = splitRatings(listsOf(rows), { heldOut: 0.5, seed });
    expect(Array.from(rest).some((row) => row < 2)).toBe(false);
  }
});

test.each<readonly [string, () => unknown, string]>([
  [
    "nothing can be held out",
    () => splitRatings({ users: ["a", "b"], items: [1, 2] }, { heldOut: 0.5 }),
    "splitRatings: ratings must hold a pair whose user and item have other ratings, got none among 2. " +
      "Hold out none, or supply more ratings.",
  ],
  [
    "lists of other lengths",
    () => splitRatings({ users: ["a"], items: [1, 2] }),
    "splitRatings: users must be as many as items (2), got 1. Pair them.",
  ],
  [
    "a share of nothing",
    () => splitRatings({ users: ["a", "b"], items: [1, 2] }, { heldOut: 0.1 }),
    "splitRatings: heldOut must be a share that leaves a rating of 2 on each side, got 0.1. Choose another.",
  ],
  [
    "an unknown option",
    () => splitRatings({ users: ["a"], items: [1] }, { stratify: true } as object),
    'splitRatings: option must be one of heldOut, seed, got "stratify". Check its spelling.',
  ],
])("refuses: %s", (_, call, message) => {
  expect(call).toThrow(message);
});
