import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { meanAbsoluteError, meanSquaredError, rootMeanSquaredError, rSquared } from "./regression.ts";

const someNumber = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const somePairs = fc.array(fc.tuple(someNumber, someNumber), { minLength: 1, maxLength: 40 });

describe("by hand", () => {
  const prediction = [1, 2, 3, 5];
  const target = Float64Array.of(1, 4, 3, 4);

  test("plain", () => {
    expect(meanSquaredError(prediction, target)).toBe(5 / 4);
    expect(rootMeanSquaredError(prediction, target)).toBe(Math.sqrt(5 / 4));
    expect(meanAbsoluteError(prediction, target)).toBe(3 / 4);
    expect(rSquared(prediction, target)).toBeCloseTo(1 - 5 / 6, 15);
  });

  test("weighted: a weight is a number of copies, 0 none, and its scale does not matter", () => {
    expect(meanSquaredError(prediction, target, [1, 0, 1, 2])).toBe(2 / 4);
    expect(meanAbsoluteError(prediction, target, [0, 3, 1, 0])).toBe(6 / 4);
    expect(rootMeanSquaredError(prediction, target, Float64Array.of(8, 0, 8, 16))).toBe(Math.sqrt(2 / 4));
    expect(meanSquaredError([1, Number.NaN], [1, 1], [1, 0])).toBe(0);
  });
});

test("the mean explains nothing, the target all of itself", () => {
  expect(rSquared([2, 2, 2], [1, 2, 3])).toBe(0);
  expect(rSquared([1, 2, 3], [1, 2, 3])).toBe(1);
  expect(rSquared([3, 2, 1], [1, 2, 3])).toBe(-3);
});

test("R² of a constant target is NaN, even where the mean would be rounded", () => {
  expect(rSquared([0.1, 0.1, 0.1], [0.1, 0.1, 0.1])).toBeNaN();
  expect(rSquared([1, 2, 3], [0.7, 0.7, 0.7])).toBeNaN();
  expect(rSquared([1], [2])).toBeNaN();
});

test("R² keeps its digits far from 0", () => {
  expect(rSquared([1e9 + 1, 1e9 + 2, 1e9 + 4], [1e9 + 1, 1e9 + 2, 1e9 + 3])).toBe(0.5);
});

test("a NaN among the numbers gives NaN", () => {
  expect(meanSquaredError([Number.NaN, 1], [1, 1])).toBeNaN();
  expect(rSquared([1, 2], [Number.NaN, 2])).toBeNaN();
});

test("R² ≤ 1 and is 1 − MSE/variance; MAE ≤ RMSE; errors are symmetric", () => {
  fc.assert(
    fc.property(somePairs, (pairs) => {
      const prediction = pairs.map(([p]) => p);
      const target = pairs.map(([, t]) => t);
      expect(rSquared(prediction, target) > 1).toBe(false);
      const mean = target.reduce((sum, t) => sum + t, 0) / target.length;
      const variance = meanSquaredError(target, Array(target.length).fill(mean));
      if (variance > 1e-3) {
        const witness = 1 - meanSquaredError(prediction, target) / variance;
        expect(Math.abs(rSquared(prediction, target) - witness)).toBeLessThan(1e-9 * (1 + Math.abs(witness)));
      }
      const rootMeanSquare = rootMeanSquaredError(prediction, target);
      expect(meanAbsoluteError(prediction, target)).toBeLessThanOrEqual(rootMeanSquare * (1 + 1e-12) + 1e-150);
      expect(rootMeanSquaredError(target, prediction)).toBe(rootMeanSquare);
    }),
    { numRuns: 300, seed: 1 },
  );
});

test("rows that do not pair, and impossible weights, are refused", () => {
  for (const metric of [meanSquaredError, meanAbsoluteError, rSquared]) {
    expect(() => metric([1, 2], [1])).toThrow(
      `${metric.name}: prediction must have one value per target (1) and at least one, got 2. Pair every row.`,
    );
    expect(() => metric([], [])).toThrow(RangeError);
  }
  expect(() => meanSquaredError([1, 2], [1, 2], [1])).toThrow(
    "meanSquaredError: weights must have one value per row (2), got 1. Pair every row.",
  );
  expect(() => meanSquaredError([1, 2], [1, 2], [1, -1])).toThrow(
    "meanSquaredError: weights must be at least 0 and not all 0, got -1. Drop rows by a weight of 0.",
  );
  expect(() => meanSquaredError([1, 2], [1, 2], [0, 0])).toThrow(RangeError);
  expect(() => meanAbsoluteError([1, 2], [1, 2], [1, Number.NaN])).toThrow(RangeError);
});
