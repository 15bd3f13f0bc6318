import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Label } from "../core/label.ts";
import { matrixFromRows } from "../core/matrix.ts";
import { apportion } from "./apportion.ts";
import { kFolds } from "./kFolds.ts";
import { split } from "./split.ts";
import { trainTestSplit } from "./trainTestSplit.ts";

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);
const sorted = (rows: Iterable<number>) => [...rows].sort((a, b) => a - b);
const countOf = (labels: readonly Label[], rows: Iterable<number>, label: Label) =>
  [...rows].filter((row) => labels[row] === label).length;
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

const someLabels = fc.array(fc.constantFrom<Label>("a", "b", true, 1), { minLength: 2, maxLength: 80 });
const someSeed = fc.maxSafeNat();

describe("apportion", () => {
  test("small cases by hand", () => {
    expect(apportion([50, 50, 50], 30)).toEqual([10, 10, 10]);
    expect(apportion([6, 3, 1], 5)).toEqual([3, 2, 0]); // quotas 3, 1.5, 0.5: of two equal remainders the first one gets the row
    expect(apportion([7, 2, 1], 3)).toEqual([2, 1, 0]);
    expect(apportion([97, 2, 1], 10)).toEqual([9, 1, 0]); // quotas 9.7, 0.2, 0.1: a class of two rows gets one
    expect(apportion([2, 8], 9)).toEqual([2, 7]); // quotas 1.8, 7.2: one row is left for two classes
    expect(apportion([2, 8], 8)).toEqual([1, 7]);
    expect(apportion([2, 2, 2], 2)).toEqual([1, 1, 0]);
    expect(apportion([3], 2)).toEqual([2]);
  });

  test("parts add up to the total and differ from their quota by less than 1, unless a class would be absent", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 }), fc.nat(), (sizes, raw) => {
        const n = sum(sizes);
        const total = raw % (n + 1);
        const parts = apportion(sizes, total);
        expect(sum(parts)).toBe(total);
        const several = sizes.filter((size) => size > 1);
        const feasible = several.length <= total && several.length <= n - total;
        const free = sizes.every((size) => (size * total) / n >= 1 && (size * (n - total)) / n >= 1);
        parts.forEach((part, k) => {
          expect(part >= 0 && part <= sizes[k]!).toBe(true);
          if (feasible && sizes[k]! > 1) expect(part > 0 && part < sizes[k]!).toBe(true);
          if (free) expect(Math.abs(part - (sizes[k]! * total) / n)).toBeLessThan(1);
        });
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});

describe("trainTestSplit", () => {
  test("partitions the rows, with exactly round(testShare · n) test rows", () => {
    fc.assert(
      fc.property(
        someLabels,
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        someSeed,
        fc.boolean(),
        (y, testShare, seed, stratify) => {
          const size = Math.round(testShare * y.length);
          fc.pre(size > 0 && size < y.length);
          const { train, test } = trainTestSplit(y, { testShare, seed, stratify });
          expect(test.length).toBe(size);
          expect(sorted([...train, ...test])).toEqual(upTo(y.length));
        },
      ),
      { numRuns: 300, seed: 2 },
    );
  });

  test("with stratify the shares are within 1 and every class is in both parts", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 5, max: 40 }), { minLength: 1, maxLength: 5 }),
        someSeed,
        (sizes, seed) => {
          const y = sizes.flatMap((size, k) => Array.from({ length: size }, () => `class ${k}`));
          const { train, test } = trainTestSplit(y, { testShare: 0.2, seed, stratify: true });
          sizes.forEach((size, k) => {
            const held = countOf(y, test, `class ${k}`);
            expect(Math.abs(held - (size * test.length) / y.length)).toBeLessThan(1);
            expect(held).toBeGreaterThan(0);
            expect(countOf(y, train, `class ${k}`)).toBe(size - held);
          });
        },
      ),
      { numRuns: 200, seed: 3 },
    );
  });

  test("rare classes are in both parts, too", () => {
    const y = [..."aaaaaaaaaaaaaaaaaabb"];
    for (const testShare of [0.1, 0.5, 0.9]) {
      const { train, test } = trainTestSplit(y, { testShare, stratify: true });
      expect([countOf(y, train, "b"), countOf(y, test, "b")]).toEqual([1, 1]);
    }
  });

  test("all rows are equally often test rows, with and without stratify", () => {
    const y = [..."aaaaaabbbb"];
    for (const stratify of [false, true]) {
      const counts = new Float64Array(10);
      for (let seed = 0; seed < 4000; seed++) {
        for (const row of trainTestSplit(y, { testShare: 0.5, seed, stratify }).test) counts[row]! += 1;
      }
      for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(4 * Math.sqrt(1000));
    }
  });

  test("the same seed gives the same rows; by default a fifth are test rows", () => {
    expect(trainTestSplit(100, { seed: 1 })).toEqual(trainTestSplit(100, { seed: 1 }));
    expect(trainTestSplit(100, { seed: 2 })).not.toEqual(trainTestSplit(100, { seed: 1 }));
    expect(trainTestSplit(100).test.length).toBe(20);
    expect(trainTestSplit(Float64Array.from(upTo(100)))).toEqual(trainTestSplit(100));
  });

  test("impossible splits throw", () => {
    expect(() => trainTestSplit(3, { testShare: 0.1 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: trainTestSplit: testShare must leave a training row and a test row of 3 rows, got 0.1. Pass a share such as 0.5.]`,
    );
    for (const testShare of [0, 1, -0.5, 20, Number.NaN])
      expect(() => trainTestSplit(30, { testShare })).toThrow(RangeError);
    expect(() => trainTestSplit(1)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: trainTestSplit: rows must be a whole number of at least 2, got 1. Pass a whole number, such as 2.]`,
    );
    expect(() => trainTestSplit(30, { stratify: true })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: trainTestSplit: rows must be a list of labels with stratify: true, got 30. Pass the labels, or leave out stratify.]`,
    );
    expect(() => trainTestSplit(30, { testSize: 0.2 } as object)).toThrow(TypeError);
  });
});

describe("split", () => {
  const X = matrixFromRows(upTo(20).map((i) => [i, 10 * i]));

  test("rows stay with their targets, in the order of X", () => {
    const rows = trainTestSplit(20, { testShare: 0.3, seed: 4 });
    const numbers = split(X, Float64Array.from(upTo(20)), { testShare: 0.3, seed: 4 });
    expect(numbers.train.y).toEqual(Float64Array.from(rows.train.sort()));
    expect(numbers.test.y).toEqual(Float64Array.from(rows.test.sort()));
    for (const part of [numbers.train, numbers.test]) {
      expect([...part.X.data]).toEqual([...part.y].flatMap((i) => [i, 10 * i]));
      expect(part.X.rows).toBe(part.y.length);
    }
  });

  test("targets keep their type", () => {
    expect(split(X, Uint32Array.from(upTo(20))).test.y).toBeInstanceOf(Uint32Array);
    const words = split(
      X,
      upTo(20).map((i) => (i < 10 ? "low" : "high")),
      { stratify: true },
    );
    expect([...words.test.y].sort()).toEqual(["high", "high", "low", "low"]);
  });

  test("different lengths throw", () => {
    const rows = [[1], [2]];
    expect(() => split(rows as never, [1, 2])).toThrow(
      "split: X must be a Matrix, got an array of 2. Pass matrixFromRows(X).",
    );
    expect(split(matrixFromRows(rows), [1, 2], { testShare: 0.5 }).test.y.length).toBe(1); // the advice works
    expect(() => split(X, new Float64Array(19))).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: split: y must have one entry per row of X (20), got 19. Pass lists of the same length.]`,
    );
  });
});

describe("kFolds", () => {
  test("folds partition the rows, evenly in size and within each class", () => {
    fc.assert(
      fc.property(someLabels, fc.nat(), someSeed, fc.boolean(), (y, raw, seed, stratify) => {
        const k = 2 + (raw % (y.length - 1));
        const folds = kFolds(y, { k, seed, stratify });
        expect(folds.length).toBe(k);
        expect(sorted(folds.flatMap(({ test }) => [...test]))).toEqual(upTo(y.length));
        for (const { train, test } of folds) {
          expect(sorted([...train, ...test])).toEqual(upTo(y.length));
          expect(Math.abs(test.length - y.length / k)).toBeLessThan(1);
          for (const label of stratify ? new Set(y) : []) {
            const all = countOf(y, upTo(y.length), label);
            expect(Math.abs(countOf(y, test, label) - all / k)).toBeLessThan(1);
          }
        }
      }),
      { numRuns: 200, seed: 4 },
    );
  });

  test("the same seed gives the same folds; five by default", () => {
    expect(kFolds(23, { seed: 1 })).toEqual(kFolds(23, { seed: 1 }));
    expect(kFolds(23, { seed: 2 })).not.toEqual(kFolds(23, { seed: 1 }));
    expect(kFolds(23).map(({ test }) => test.length)).toEqual([5, 5, 5, 4, 4]);
  });

  test("impossible folds throw", () => {
    expect(() => kFolds(4, { k: 5 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: kFolds: k must be at least 2 and below 5, got 5. Pass a number such as 2.]`,
    );
    expect(() => kFolds(4, { k: 1 })).toThrow(RangeError);
    expect(() => kFolds(4, { k: 2, stratify: true })).toThrow(TypeError);
    expect(() => kFolds(4, { folds: 2 } as object)).toThrow(TypeError);
  });
});
