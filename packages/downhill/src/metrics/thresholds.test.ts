import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { brierScore } from "./brierScore.ts";
import { chooseThreshold, type ThresholdGoal } from "./chooseThreshold.ts";
import { balancedAccuracy, classScores } from "./classification.ts";
import { precisionRecallCurve } from "./precisionRecall.ts";

const someRows = fc.array(
  fc.record({
    p: fc.oneof(
      fc.integer({ min: 0, max: 10 }).map((i) => i / 10),
      fc.double({ min: 0, max: 1, noNaN: true }),
    ),
    positive: fc.boolean(),
  }),
  { minLength: 2, maxLength: 40 },
);
const someGoal = fc.oneof(
  fc.constant<ThresholdGoal>("f1"),
  fc.record({ falsePositive: fc.integer({ min: 0, max: 9 }), falseNegative: fc.integer({ min: 1, max: 9 }) }),
);

/** F1, or the mean cost, of predictions with a threshold. */
function goalValue(rows: readonly { p: number; positive: boolean }[], threshold: number, goal: ThresholdGoal): number {
  const count = (predicted: boolean, positive: boolean) =>
    rows.filter((row) => row.p >= threshold === predicted && row.positive === positive).length;
  const [hits, falsePositives, misses] = [count(true, true), count(true, false), count(false, true)];
  if (goal === "f1") return (2 * hits) / (2 * hits + falsePositives + misses);
  return (falsePositives * goal.falsePositive + misses * goal.falseNegative) / rows.length;
}

describe("chooseThreshold", () => {
  test("no threshold is better, and the predictions with it have the reported value", () => {
    fc.assert(
      fc.property(someRows, someGoal, (rows, goal) => {
        const labels = rows.map(({ positive }) => positive);
        fc.pre(labels.includes(true) && labels.includes(false));
        const probabilities = rows.map(({ p }) => p);
        const { threshold, value } = chooseThreshold(probabilities, labels, true, goal);
        expect(goalValue(rows, threshold, goal)).toBeCloseTo(value, 12);
        for (const other of [...probabilities, 0, 2]) {
          const difference = goalValue(rows, other, goal) - value;
          expect(goal === "f1" ? difference : -difference).toBeLessThanOrEqual(1e-12);
        }
        expect(threshold).toBeGreaterThanOrEqual(0);
        expect(threshold).toBeLessThanOrEqual(1.0000000000000002);
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  test("the threshold is halfway to the next lower probability", () => {
    const labels = [false, false, true, true];
    expect(chooseThreshold([0.125, 0.25, 0.5, 0.75], labels, true, "f1")).toEqual({ threshold: 0.375, value: 1 });
    expect(chooseThreshold([0.1, 0.1, 0.1, 0.1], labels, true, "f1").threshold).toBe(0);
    const next = 0.5000000000000001; // no number is between this one and 0.5
    expect(chooseThreshold([0.5, 0.5, next, next], labels, true, "f1").threshold).toBe(next);
  });

  test("if a false positive costs too much, no row is predicted as positive", () => {
    const costs = { falsePositive: 100, falseNegative: 1 };
    expect(chooseThreshold([0.5, 0.75], [true, false], true, costs)).toEqual({ threshold: 0.875, value: 0.5 });
    expect(chooseThreshold([1, 1], [true, false], true, costs).threshold).toBeGreaterThan(1);
  });

  test("goals and probabilities that are not allowed throw", () => {
    const choose = (goal: unknown, p = 0.5) => chooseThreshold([p, 0.1], ["yes", "no"], "yes", goal as ThresholdGoal);
    expect(() => choose("recall")).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: chooseThreshold: goal must be "f1" or two costs, got "recall". Pass "f1", or { falsePositive: 1, falseNegative: 5 }.]`,
    );
    expect(() => choose({ falsePositive: 0, falseNegative: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: chooseThreshold: one of the costs must be above 0, got 0 and 0. Pass falseNegative: 1, for example.]`,
    );
    expect(() => choose({ falsePositive: -1, falseNegative: 1 })).toThrow("at least 0, got -1");
    expect(() => choose({ falsePositive: 1 })).toThrow("falseNegative must be a finite number");
    expect(() => choose({ falsePositive: 1, falseNegative: 1, other: 2 })).toThrow('cost "other" is unknown');
    expect(() => choose("f1", 1.5)).toThrow("probabilities must be from 0 to 1, got 1.5 at row 0");
    expect(() => chooseThreshold([0.5], ["yes"], "yes", "f1")).toThrow("labels must hold");
    expect(choose({ falsePositive: 1, falseNegative: 5 }).value).toBe(0);
  });
});

test("F1 along the precision-recall curve is that of classScores", () => {
  const [scores, labels] = [
    [0.9, 0.7, 0.7, 0.4, 0.1],
    [1, 1, 0, 0, 1],
  ];
  const { f1, thresholds } = precisionRecallCurve(scores, labels, 1);
  f1.forEach((value, k) => {
    const predicted = scores.map((score) => Number(score >= thresholds[k]!));
    expect(value).toBe(classScores(predicted, labels).perClass[1]!.f1);
  });
  expect(f1[0]).toBe(0);
});

test("the Brier score rejects numbers that are not probabilities", () => {
  expect(brierScore([0, 1, 1], ["no", "yes", "no"], "yes")).toBe(1 / 3);
  expect(() => brierScore([2, 1], ["no", "yes"], "yes")).toThrow("got 2 at row 0");
  expect(() => brierScore([], [], "yes")).toThrow("at least one row");
});

test("the balanced accuracy counts only classes that have rows", () => {
  expect(balancedAccuracy(["a", "c", "b", "b"], ["a", "a", "b", "b"])).toBe(0.75);
  expect(() => balancedAccuracy(["a"], ["a", "b"])).toThrow("one entry per");
});
