import fc from "fast-check";
import { expect, test } from "vitest";
import { rocCurve } from "./roc.ts";

// Few distinct scores, so ties are common; both classes occur.
const someScores = fc
  .array(fc.tuple(fc.integer({ min: -4, max: 4 }), fc.boolean()), { minLength: 2, maxLength: 60 })
  .filter((rows) => rows.some(([, label]) => label) && rows.some(([, label]) => !label));

test("an example by hand, with a tie between the classes", () => {
  const { falsePositiveRate, truePositiveRate, thresholds, area } = rocCurve(
    [0.9, 0.4, 0.4, 0.1],
    ["yes", "yes", "no", "no"],
    "yes",
  );
  expect([...thresholds]).toEqual([Infinity, 0.9, 0.4, 0.1]);
  expect([...truePositiveRate]).toEqual([0, 0.5, 1, 1]);
  expect([...falsePositiveRate]).toEqual([0, 0, 0.5, 1]);
  expect(area).toBe(3.5 / 4);
});

test("perfect, reversed and useless scores", () => {
  expect(rocCurve([1, 2, 3, 4], [0, 0, 1, 1], 1).area).toBe(1);
  expect(rocCurve([1, 2, 3, 4], [1, 1, 0, 0], 1).area).toBe(0);
  expect(rocCurve([5, 5, 5, 5, 5], [1, 0, 0, 1, 0], 1).area).toBe(0.5);
  expect(rocCurve([0, -0], [true, false], true).thresholds.length).toBe(2);
});

test("the area is the share of ordered pairs, and the area of the trapezia below the curve", () => {
  fc.assert(
    fc.property(someScores, (rows) => {
      const scores = rows.map(([score]) => score);
      const labels = rows.map(([, label]) => label);
      const curve = rocCurve(scores, labels, true);
      const positives = rows.filter(([, label]) => label);
      const negatives = rows.filter(([, label]) => !label);
      let twice = 0;
      for (const [high] of positives) for (const [low] of negatives) twice += high > low ? 2 : high === low ? 1 : 0;
      expect(curve.area).toBe(twice / (2 * positives.length * negatives.length));

      const { falsePositiveRate: x, truePositiveRate: y, thresholds } = curve;
      let trapezia = 0;
      for (let k = 1; k < x.length; k++) trapezia += ((x[k]! - x[k - 1]!) * (y[k]! + y[k - 1]!)) / 2;
      expect(trapezia).toBeCloseTo(curve.area, 14);
      expect([x[0], y[0], x.at(-1), y.at(-1)]).toEqual([0, 0, 1, 1]);
      thresholds.forEach((threshold, k) => {
        expect(y[k]).toBe(positives.filter(([score]) => score >= threshold).length / positives.length);
        expect(x[k]).toBe(negatives.filter(([score]) => score >= threshold).length / negatives.length);
      });

      const backwards = rocCurve([...scores].reverse(), [...labels].reverse(), true);
      expect(backwards).toEqual(curve);
      expect(
        rocCurve(
          scores.map((score) => -score),
          labels,
          true,
        ).area,
      ).toBeCloseTo(1 - curve.area, 14);
    }),
    { numRuns: 200, seed: 1 },
  );
});

test("one class, scores that are not finite and different lengths throw", () => {
  expect(() => rocCurve([1, 2], ["a", "a"], "a")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: rocCurve: labels must hold "a" and another label, got 2 rows with it and 0 without. Pass rows of both kinds.]`,
  );
  expect(() => rocCurve([1, 2], ["a", "a"], "b")).toThrow(RangeError);
  expect(() => rocCurve([1, Number.NaN], ["a", "b"], "a")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: rocCurve: scores must hold finite numbers, got NaN in row 1. Remove the row or supply the value.]`,
  );
  expect(() => rocCurve([1], ["a", "b"], "a")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: rocCurve: prediction must have one entry per target (2), got 1. Pass lists of the same length.]`,
  );
});
