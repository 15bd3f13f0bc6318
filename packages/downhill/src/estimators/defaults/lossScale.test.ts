import { describe, expect, test } from "vitest";
import { random } from "../../core/random.ts";
import { linearRegression, matrix, plain } from "../../index.ts";
import { rowsInMemory } from "../fit/fitRows.ts";
import { curvatureOf, meanTarget, spread } from "./lossScale.ts";

const rowsOf = (data: Float64Array, weights: Float64Array | null) => {
  const column = { data, rows: data.length, columns: 1 };
  return rowsInMemory({ X: column, y: column, weights });
};

describe("the robust deviation", () => {
  test("of normal numbers is about their standard deviation, also with a tenth of outliers", () => {
    const draw = random(1);
    const clean = Float64Array.from({ length: 20_000 }, () => 7 + 3 * draw.normal());
    expect(Math.abs(spread(clean, null) - 3)).toBeLessThan(0.05);
    const spoiled = clean.map((x, i) => (i % 10 === 0 ? 1e9 : x));
    expect(Math.abs(spread(spoiled, null) - 3)).toBeLessThan(0.5);
  });

  test("is 1.4826 times the median distance from the median", () => {
    expect(spread(Float64Array.of(9, 1, 2, 4, 100), null)).toBe(1.4826 * 3); // the median is 4, the distances 5, 3, 2, 0, 96
  });

  test("if most numbers are equal, it is the mean distance; of equal numbers it is 0", () => {
    expect(spread(Float64Array.of(5, 5, 5, 9), null)).toBe(1);
    expect(spread(Float64Array.of(5, 5, 5), null)).toBe(0);
  });

  test("a weight of 2 counts a number twice, and a weight of 0 leaves it out", () => {
    const x = Float64Array.of(8, 1, 3, 90, 4, 4.5);
    const weights = Float64Array.of(1, 2, 0, 1, 2, 1);
    const copies = Float64Array.of(8, 1, 1, 90, 4, 4, 4.5);
    const meanOne = weights.map((w) => (w * 6) / 7);
    expect(spread(x, meanOne)).toBe(spread(copies, null));
    expect(meanTarget(rowsOf(x, meanOne))).toBeCloseTo(meanTarget(rowsOf(copies, null)), 12);
  });

  test("does not change the numbers", () => {
    const x = Float64Array.of(3, 1, 2);
    spread(x, null);
    expect([...x]).toEqual([3, 1, 2]);
  });
});

test("the curvature for learning rates", () => {
  const facts = { largest: () => ({ target: 7, score: Math.log(9) }) };
  expect(curvatureOf({ settings: {}, ...facts })).toBe(1);
  expect(curvatureOf({ settings: { loss: "huber", delta: 0.1 }, ...facts })).toBe(1);
  expect(curvatureOf({ settings: { loss: "quantile", quantile: 0.9, width: 0.05 }, ...facts })).toBeCloseTo(1 / 5, 12);
  expect(curvatureOf({ settings: { loss: "absolute", width: 0.05 }, ...facts })).toBeCloseTo(2 / 5, 12);
  expect(curvatureOf({ settings: { loss: "poisson" }, ...facts })).toBeCloseTo(9, 12);
  const high = { largest: () => ({ target: 7, score: 900 }) };
  expect(curvatureOf({ settings: { loss: "poisson" }, ...high })).toBeCloseTo(Math.exp(40), -4);
});

describe("starts", () => {
  const draw = random(2);
  const x = Float64Array.from({ length: 60 }, () => draw.normal());
  const X = matrix(x, 60, 1);
  const y = x.map((value) => Math.max(0, Math.round(4 + value + draw.normal())));
  const firstParams = (options: object) => {
    const [step] = linearRegression({ optimizer: plain(1e-12), epochs: 1, ...options }).train(X, y);
    return step!.params;
  };

  test("poisson starts at the logarithm of the mean target", () => {
    const mean = y.reduce((sum, count) => sum + count, 0) / 60;
    const [w, b] = firstParams({ loss: "poisson" });
    expect(w).toBeCloseTo(0, 9);
    expect(b).toBeCloseTo(Math.log(mean), 9);
  });

  test("huber, absolute and quantile start near the optimum, and a start that is passed is used", () => {
    const best = linearRegression().fit(X, y).params();
    for (const options of [{ loss: "huber" }, { loss: "absolute" }, { loss: "quantile", quantile: 0.5 }]) {
      firstParams(options).forEach((value, j) => {
        expect(Math.abs(value - best[j]!)).toBeLessThan(0.5);
      });
      const [w, b] = firstParams({ ...options, start: Float64Array.of(3, -8) });
      expect([w, b].map((value) => value!.toFixed(6))).toEqual(["3.000000", "-8.000000"]);
      expect([...firstParams({ ...options, start: "zeros" })].every((value) => Math.abs(value) < 1e-9)).toBe(true);
    }
  });
});
