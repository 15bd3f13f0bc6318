// Scores of predicted quantiles and of predicted means of counts. Their numbers are compared with scikit-learn in test/goldens.

import { describe, expect, test } from "vitest";
import { random } from "../core/random.ts";
import { dSquared } from "./dSquared.ts";
import { meanPinballLoss } from "./pinballLoss.ts";
import { meanPoissonDeviance } from "./poissonDeviance.ts";

const draw = random(4);
const target = Float64Array.from({ length: 41 }, () => Math.floor(9 * draw.uniform() ** 2));

describe("the constant of dSquared has the lowest loss of all constants", () => {
  const losses = [
    ["absolute", (p: Float64Array) => meanPinballLoss(p, target, 0.5)],
    [{ quantile: 0.83 }, (p: Float64Array) => meanPinballLoss(p, target, 0.83)],
    ["poisson", (p: Float64Array) => meanPoissonDeviance(p, target)],
  ] as const;
  test.each(losses)("%j", (loss, lossOf) => {
    const constants = Array.from({ length: 901 }, (_, i) => new Float64Array(41).fill(i / 100));
    const best = Math.max(...constants.map((constant) => dSquared(constant, target, loss)));
    expect(best).toBeLessThanOrEqual(1e-12);
    expect(best).toBeGreaterThan(-1e-4);
    expect(dSquared(target, target, loss)).toBe(1);
    const half = Math.min(...constants.map(lossOf));
    expect(dSquared(constants[0]!, target, loss)).toBeCloseTo(1 - lossOf(constants[0]!) / half, 3);
  });

  test("constant targets have no D²", () => {
    expect(dSquared([1, 2], [3, 3], "absolute")).toBeNaN();
    expect(dSquared([1, 2], [0, 0], "poisson")).toBeNaN();
  });
});

test("a mean of 0 costs nothing for a count of 0, and infinitely much for another count", () => {
  expect(meanPoissonDeviance([0], [0])).toBe(0);
  expect(meanPoissonDeviance([0], [1])).toBe(Infinity);
  expect(meanPoissonDeviance([0, 2], [1, 2], [0, 1])).toBe(0);
});

test("errors", () => {
  expect(() => meanPinballLoss([1], [1], 1)).toThrow(
    "meanPinballLoss: quantile must be above 0 and below 1, got 1. Pass a number such as 0.1.",
  );
  expect(() => dSquared([1], [1], { quantile: 0 })).toThrow("quantile must be above 0 and below 1, got 0.");
  expect(() => dSquared([1], [1], "huber" as never)).toThrow("dSquared: loss must be one of absolute, poisson, got");
  expect(() => meanPoissonDeviance([1, -1], [1, 1])).toThrow(
    "meanPoissonDeviance: prediction must be numbers of at least 0, got -1 in row 1. Use meanSquaredError for such numbers.",
  );
  expect(() => meanPoissonDeviance([1, 1], [1, -2])).toThrow("target must be numbers of at least 0, got -2 in row 1.");
  expect(() => meanPinballLoss([1], [1, 2], 0.5)).toThrow(
    "meanPinballLoss: prediction must have one entry per target (2)",
  );
});
