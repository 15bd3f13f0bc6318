import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { groupFolds } from "./groupFolds.ts";
import { groupSplit } from "./groupSplit.ts";
import { timeFolds } from "./timeFolds.ts";
import { timeSplit } from "./timeSplit.ts";
import type { SplitRows } from "./trainTestSplit.ts";

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);
const sorted = (rows: Iterable<number>) => [...rows].sort((a, b) => a - b);
const someGroups = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 3, maxLength: 80 });
const someTimes = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 4, maxLength: 80 });
const someSeed = fc.maxSafeNat();

function expectNoSharedGroup(groups: readonly number[], { train, test }: SplitRows): void {
  const training = new Set(Array.from(train, (row) => groups[row]));
  expect([...test].filter((row) => training.has(groups[row]))).toEqual([]);
}

describe("groups", () => {
  test("no group has rows in two folds, and each row is a test row once", () => {
    fc.assert(
      fc.property(someGroups, fc.integer({ min: 2, max: 4 }), someSeed, (groups, k, seed) => {
        fc.pre(new Set(groups).size >= k);
        const folds = groupFolds(groups, { k, seed });
        expect(folds.length).toBe(k);
        expect(sorted(folds.flatMap(({ test }) => [...test]))).toEqual(upTo(groups.length));
        for (const fold of folds) {
          expect(fold.test.length).toBeGreaterThan(0);
          expect(sorted([...fold.train, ...fold.test])).toEqual(upTo(groups.length));
          expectNoSharedGroup(groups, fold);
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  test("the sizes of folds differ by at most the largest group", () => {
    fc.assert(
      fc.property(someGroups, someSeed, (groups, seed) => {
        fc.pre(new Set(groups).size >= 3);
        const sizes = groupFolds(groups, { k: 3, seed }).map(({ test }) => test.length);
        const largest = Math.max(...groups.map((group) => groups.filter((other) => other === group).length));
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(largest);
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  test("no group is in both parts of a split, and no part is empty", () => {
    fc.assert(
      fc.property(someGroups, fc.double({ min: 0.05, max: 0.95, noNaN: true }), someSeed, (groups, testShare, seed) => {
        const size = Math.round(testShare * groups.length);
        fc.pre(new Set(groups).size >= 2 && size > 0 && size < groups.length);
        const parts = groupSplit(groups, { testShare, seed });
        expect(sorted([...parts.train, ...parts.test])).toEqual(upTo(groups.length));
        expect(Math.min(parts.train.length, parts.test.length)).toBeGreaterThan(0);
        expectNoSharedGroup(groups, parts);
      }),
      { numRuns: 300, seed: 3 },
    );
  });

  test("groups of one row are divided exactly as requested", () => {
    for (const testShare of [0.1, 0.25, 0.9]) {
      expect(groupSplit(upTo(40), { testShare, seed: 4 }).test.length).toBe(40 * testShare);
    }
    expect(groupFolds(upTo(40), { k: 5 }).map(({ test }) => test.length)).toEqual([8, 8, 8, 8, 8]);
  });

  test("a group that is larger than the requested part can be the test part alone", () => {
    const groups = [...upTo(9).map(() => "a"), "b"];
    for (let seed = 0; seed < 10; seed++) expect([...groupSplit(groups, { testShare: 0.3, seed }).test]).toEqual([9]);
    for (let seed = 0; seed < 10; seed++) expect(groupSplit(groups, { testShare: 0.9, seed }).test.length).toBe(9);
  });

  test("the seed decides which groups are test groups", () => {
    const tests = upTo(20).map((seed) => sorted(groupSplit(upTo(30), { seed }).test).join());
    expect(new Set(tests).size).toBeGreaterThan(15);
    expect(groupSplit(upTo(30), { seed: 1 })).toEqual(groupSplit(upTo(30), { seed: 1 }));
    expect(groupFolds(upTo(30), { seed: 1 })).not.toEqual(groupFolds(upTo(30), { seed: 2 }));
  });

  test("too few groups throw, and the advice works", () => {
    expect(() => groupFolds(["a", "a", "b"])).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: groupFolds: there must be at least 5 groups, got 2, because rows of a group stay together. Pass rows of more groups, or leave the groups out.]`,
    );
    expect(() => groupSplit(["a", "a"])).toThrow("at least 2 groups, got 1");
    expect(() => groupFolds([1, Number.NaN, 2], { k: 2 })).toThrow(
      "groups must be strings, finite numbers or booleans, got NaN in row 1",
    );
    expect(() => groupFolds([1, 2], { k: 1 })).toThrow(RangeError);
    expect(() => groupSplit([1, 2, 3], { share: 0.5 } as object)).toThrow(TypeError);
    expect(groupFolds(["a", "a", "b"], { k: 2 }).length).toBe(2);
  });
});

describe("time", () => {
  test("every test row is later than every training row, and the rows are in the order of time", () => {
    fc.assert(
      fc.property(someTimes, fc.double({ min: 0.05, max: 0.95, noNaN: true }), (times, testShare) => {
        const size = Math.round(testShare * times.length);
        fc.pre(size > 0 && size < times.length);
        const ordered = sorted(times);
        const lastTraining = ordered[times.length - size - 1]!;
        const expected = times.filter((time) => time > lastTraining).length;
        if (expected === 0) {
          expect(() => timeSplit(times, { testShare })).toThrow("all have the latest time");
          return;
        }
        const { train, test } = timeSplit(times, { testShare });
        expect(test.length).toBe(expected);
        expect(Array.from([...train, ...test], (row) => times[row])).toEqual(ordered);
        expect(sorted([...train, ...test])).toEqual(upTo(times.length));
      }),
      { numRuns: 300, seed: 4 },
    );
  });

  test("each fold trains on all rows before its test rows", () => {
    fc.assert(
      fc.property(someTimes, fc.integer({ min: 1, max: 4 }), (times, k) => {
        let folds: SplitRows[];
        try {
          folds = timeFolds(times, { k });
        } catch (error) {
          expect(String(error)).toContain("too many rows have the same time");
          fc.pre(false);
          return;
        }
        expect(folds.length).toBe(k);
        folds.forEach(({ train, test }, i) => {
          const earlier = i === 0 ? [...train] : [...folds[i - 1]!.train, ...folds[i - 1]!.test];
          expect([...train]).toEqual(earlier);
          const last = Math.max(...Array.from(train, (row) => times[row]!));
          expect(Math.min(...Array.from(test, (row) => times[row]!))).toBeGreaterThan(last);
        });
        expect(sorted([...folds.at(-1)!.train, ...folds.at(-1)!.test])).toEqual(upTo(times.length));
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  test("different times give parts of equal size", () => {
    const times = upTo(24).map((i) => new Date(Date.UTC(2024, 0, 24 - i)));
    const folds = timeFolds(times, { k: 3 });
    expect(folds.map(({ train, test }) => [train.length, test.length])).toEqual([
      [6, 6],
      [12, 6],
      [18, 6],
    ]);
    expect([...timeSplit(times, { testShare: 0.125 }).test]).toEqual([2, 1, 0]);
  });

  test("times that are equal or missing throw", () => {
    expect(() => timeFolds([1, 1, 1, 1, 2], { k: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: timeFolds: the times must divide the rows into 3 parts, but too many rows have the same time. Set a smaller k, or leave the times out.]`,
    );
    expect(timeFolds([1, 1, 1, 1, 2], { k: 1 }).length).toBe(1);
    expect(() => timeSplit([1, 2, 2, 2], { testShare: 0.25 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: timeSplit: the last 0.25 of the rows must be later than others, but all have the latest time. Set a larger testShare, or leave the times out.]`,
    );
    expect(timeSplit([1, 2, 2, 2], { testShare: 0.75 }).test.length).toBe(3);
    expect(() => timeSplit([1, Number.NaN, 3])).toThrow("got NaN in row 1");
    expect(() => timeSplit([1, 2, "3"] as never)).toThrow('got "3" in row 2');
  });
});
