// Properties of curves for many inputs, and errors. The goldens of scikit-learn do not test these.
import fc from "fast-check";
import { expect, test } from "vitest";
import { random } from "../core/random.ts";
import { calibrationCurve } from "./calibration.ts";
import { precisionRecallCurve } from "./precisionRecall.ts";
import { rocCurve } from "./roc.ts";
import { thresholdCurves } from "./thresholdCurves.ts";

const someScores = fc
  .array(fc.tuple(fc.integer({ min: -4, max: 4 }), fc.boolean()), { minLength: 2, maxLength: 60 })
  .filter((rows) => rows.some(([, label]) => label) && rows.some(([, label]) => !label));

test("precision and recall are those of the rows at or above each threshold", () => {
  fc.assert(
    fc.property(someScores, (rows) => {
      const scores = rows.map(([score]) => score);
      const labels = rows.map(([, label]) => label);
      const { precision, recall, thresholds, averagePrecision } = precisionRecallCurve(scores, labels, true);
      const all = labels.filter((label) => label).length;
      thresholds.forEach((threshold, k) => {
        const found = rows.filter(([score]) => score >= threshold);
        const right = found.filter(([, label]) => label).length;
        expect(precision[k]).toBe(found.length === 0 ? 1 : right / found.length);
        expect(recall[k]).toBe(right / all);
      });
      expect(averagePrecision).toBeGreaterThan(0);
      expect(averagePrecision).toBeLessThanOrEqual(1 + 1e-12);
    }),
    { seed: 1 },
  );
});

test("a useless score has the precision of the class's share; a perfect one has 1", () => {
  expect(precisionRecallCurve([2, 2, 2, 2], ["a", "b", "b", "b"], "a").averagePrecision).toBe(0.25);
  expect(precisionRecallCurve([3, 2, 1, 0], ["a", "a", "b", "b"], "a").averagePrecision).toBe(1);
});

test("calibration: each row is counted in the bin whose limits hold it", () => {
  const rows = fc.array(
    fc.tuple(
      fc.oneof(
        fc.integer({ min: 0, max: 60 }).map((i) => i / 60),
        fc.double({ min: 0, max: 1, noNaN: true }),
      ),
      fc.boolean(),
    ),
    { minLength: 1, maxLength: 50 },
  );
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 60 }), (rows, bins) => {
      const labels = rows.map(([, label]) => label);
      const curve = calibrationCurve(
        rows.map(([p]) => p),
        labels,
        true,
        { bins },
      );
      const expected = Array.from({ length: bins }, (_, k) =>
        rows.filter(([p]) => (p > k / bins || k === 0) && p <= (k + 1) / bins),
      ).filter((bin) => bin.length > 0);
      expect([...curve.counts]).toEqual(expected.map((bin) => bin.length));
      expect([...curve.observed]).toEqual(expected.map((bin) => bin.filter(([, label]) => label).length / bin.length));
    }),
    { seed: 1, numRuns: 300 },
  );
});

test("thresholdCurves gives the results of rocCurve and precisionRecallCurve", () => {
  const stream = random(3);
  const scores = Array.from({ length: 500 }, () => Math.round(20 * stream.normal()) / 10);
  const labels = scores.map((score) => (score + stream.normal() > 0 ? "a" : "b"));
  expect(thresholdCurves(scores, labels, "a")).toEqual({
    roc: rocCurve(scores, labels, "a"),
    precisionRecall: precisionRecallCurve(scores, labels, "a"),
  });
});

test("arguments that do not make a curve throw an error with advice", () => {
  expect(() => precisionRecallCurve([1, 2], ["a", "a"], "a")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: precisionRecallCurve: labels must hold "a" and another label, got 2 rows with it and 0 without. Pass rows of both kinds.]`,
  );
  expect(() => calibrationCurve([0.2, 1.2], ["a", "b"], "a")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: calibrationCurve: probabilities must be from 0 to 1, got 1.2 at row 1. Pass the column of the positive class of model.probabilities(X).]`,
  );
  expect(() => calibrationCurve([0.2], ["a"], "a", { bins: 0 })).toThrow(RangeError);
});
