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

  test("a weight counts copies of a row, and the scale of the weights does not matter", () => {
    expect(meanSquaredError(prediction, target, [1, 0, 1, 2])).toBe(2 / 4);
    expect(meanAbsoluteError(prediction, target, [0, 3, 1, 0])).toBe(6 / 4);
    expect(rootMeanSquaredError(prediction, target, Float64Array.of(8, 0, 8, 16))).toBe(Math.sqrt(2 / 4));
    expect(meanSquaredError([1, Number.NaN], [1, 1], [1, 0])).toBe(0);
  });
});

test("R² is 0 for the mean and 1 for the target", () => {
  expect(rSquared([2, 2, 2], [1, 2, 3])).toBe(0);
  expect(rSquared([1, 2, 3], [1, 2, 3])).toBe(1);
  expect(rSquared([3, 2, 1], [1, 2, 3])).toBe(-3);
});

test("R² of a constant target is NaN, also if the mean would be rounded", () => {
  expect(rSquared([0.1, 0.1, 0.1], [0.1, 0.1, 0.1])).toBeNaN();
  expect(rSquared([1, 2, 3], [0.7, 0.7, 0.7])).toBeNaN();
  expect(rSquared([1], [2])).toBeNaN();
});

test("R² is accurate for targets far from 0", () => {
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

describe("numbers of any size", () => {
  test("R² near the limits of float64, where squares overflow or become 0", () => {
    const [prediction, target] = [
      [1, 2, 3, 5],
      [1, 4, 3, 4],
    ];
    const expected = rSquared(prediction, target);
    for (const size of [5e-324, 1e-310, 1e-200, 1e-170, 1e-160, 1e155, 1e200, 1e300, 3e307]) {
      const [p, t] = [prediction, target].map((xs) => xs.map((x) => x * size)) as [number[], number[]];
      expect(rSquared(p, t)).toBeCloseTo(expected, 14);
      expect(rootMeanSquaredError(p, t) / size).toBeCloseTo(Math.sqrt(5 / 4), size < 1e-300 ? 0 : 14);
      expect(meanAbsoluteError(p, t) / size).toBeCloseTo(3 / 4, size < 1e-300 ? 0 : 14);
    }
  });

  test("a factor 2^k does not change R², and changes the squared error by exactly 4^k", () => {
    const tens = fc.array(fc.tuple(fc.integer({ min: -999, max: 999 }), fc.integer({ min: -999, max: 999 })), {
      minLength: 2,
      maxLength: 20,
    });
    fc.assert(
      fc.property(tens, fc.integer({ min: -1060, max: 1010 }), (pairs, exponent) => {
        const [p, t] = [0, 1].map((side) => pairs.map((pair) => pair[side]!)) as [number[], number[]];
        const scaled = (xs: number[]) => xs.map((x) => x * 2 ** Math.min(exponent, 0) * 2 ** Math.max(exponent, 0));
        expect(rSquared(scaled(p), scaled(t))).toBe(rSquared(p, t));
        if (Math.abs(exponent) < 1000) {
          expect(rootMeanSquaredError(scaled(p), scaled(t))).toBe(rootMeanSquaredError(p, t) * 2 ** exponent);
          expect(meanAbsoluteError(scaled(p), scaled(t))).toBe(meanAbsoluteError(p, t) * 2 ** exponent);
        }
        const expected = meanSquaredError(p, t) * 2 ** exponent * 2 ** exponent; // can be Infinity or 0
        if (exponent > -490 || exponent < -560) expect(meanSquaredError(scaled(p), scaled(t))).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  test("errors much larger or smaller than the deviation of the target", () => {
    expect(rSquared([1e200, 2e200], [1, 3])).toBe(Number.NEGATIVE_INFINITY); // about −1e400
    expect(rSquared([1e100, 2e100], [1, 3]) / -2.5e200).toBeCloseTo(1, 14);
    expect(rSquared([1 + 1e-12, 3], [1, 3])).toBeCloseTo(1, 14);
    expect(rSquared([1e-200, 0], [2e-200, 0])).toBeCloseTo(0.5, 14);
    expect(rSquared([-1.7e308, 1.7e308], [1.7e308, -1.7e308])).toBe(-3); // differences above the largest number
  });

  test("weights of any size", () => {
    for (const size of [1e-320, 1e-300, 1e300, 4e307]) {
      expect(meanSquaredError([1, 2, 3, 5], [1, 4, 3, 4], [size, 0, size, 2 * size])).toBe(2 / 4);
    }
  });
});

test("different lengths and impossible weights throw", () => {
  for (const metric of [meanSquaredError, meanAbsoluteError, rSquared]) {
    expect(() => metric([1, 2], [1])).toThrow(
      `${metric.name}: prediction must have one entry per target (1), got 2. Pass lists of the same length.`,
    );
    expect(() => metric([], [])).toThrow(`${metric.name}: there must be at least one row, got none.`);
  }
  expect(() => meanSquaredError([1, 2], [1, 2], [1])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: meanSquaredError: weights must have one entry per row (2), got 1. Pass lists of the same length.]`,
  );
  expect(() => meanSquaredError([1, 2], [1, 2], [1, -1])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: meanSquaredError: weights must be at least 0 and not all 0, got -1. Pass a positive weight for each row that counts.]`,
  );
  expect(() => meanSquaredError([1, 2], [1, 2], [0, 0])).toThrow(RangeError);
  expect(() => meanAbsoluteError([1, 2], [1, 2], [1, Number.NaN])).toThrow(RangeError);
});
