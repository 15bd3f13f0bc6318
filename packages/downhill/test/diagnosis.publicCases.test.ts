// Six questions that users asked in public, about a loss that became NaN: the forecast before training, and then the run.
// Our objective is half the mean squared error. A rate for the mean squared error is doubled, because that objective is twice
// ours; a rate for the sum of the squared errors of n rows is multiplied by 2n.
import { describe, expect, it } from "vitest";
import { random } from "../src/core/random.ts";
import {
  DivergenceError,
  forecast,
  halfSquared,
  linear,
  network,
  type Problem,
  plain,
  risk,
  type TrainOptions,
  train,
} from "../src/index.ts";
import { column, dense } from "../src/kernels/source.ts";

function line(x: readonly number[], slope: number, intercept: number): Problem {
  const inputs = dense({ data: Float64Array.from(x), rows: x.length, columns: 1 });
  const targets = column(Float64Array.from(x, (each) => slope * each + intercept));
  return risk({ predictor: linear(1), loss: halfSquared(), inputs, targets });
}

const upTo = (n: number, from = 0): number[] => Array.from({ length: n }, (_, i) => from + i);

/** Whether a run diverges in this number of epochs. */
function diverges(problem: Problem, rate: number, epochs: number, options: TrainOptions = {}): boolean {
  try {
    for (const _ of train(problem, plain(rate), { ...options, epochs, every: "epoch" }));
    return false;
  } catch (error) {
    if (error instanceof DivergenceError) return true;
    throw error;
  }
}

describe("tensorflow 18493: x = 1 … 24, the mean squared error, rate 0.01", () => {
  const problem = line(upTo(24, 1), 2, -1);

  it("diverges, 3.1 times per step, because the limit is 0.00488", () => {
    const { band, limit, sentences } = forecast(problem, plain(2 * 0.01));
    expect(band).toBe("diverges");
    expect(limit! / 2).toBeCloseTo(0.00488, 5);
    expect(sentences.join(" ")).toContain("multiplies the distance to the optimum by 3.1");
    expect(diverges(problem, 2 * 0.01, 1000)).toBe(true);
  });

  it("the rate 0.004 works", () => {
    expect(forecast(problem, plain(2 * 0.004)).band).toBe("converges");
    expect(diverges(problem, 2 * 0.004, 5000)).toBe(false);
  });
});

describe("tensorflow 3148: x = 0 … 99, the mean squared error, rate 0.5", () => {
  const problem = line(upTo(100), 0.1, 0.3);

  it("diverges, because the limit is 3.04e-4", () => {
    const { band, limit } = forecast(problem, plain(2 * 0.5));
    expect(band).toBe("diverges");
    expect(limit! / 2).toBeCloseTo(3.04e-4, 6);
    expect(diverges(problem, 2 * 0.5, 1000)).toBe(true);
  });

  it("the rate 0.0001 with about 40 000 steps, which a maintainer advised, works", () => {
    const { band, objectiveAfter, start } = forecast(problem, plain(2 * 0.0001));
    expect(band).toBe("converges");
    expect(objectiveAfter!(40_000) / start!).toBeLessThan(1e-4);
    expect(diverges(problem, 2 * 0.0001, 40_000)).toBe(false);
  });

  it("the rate 0.5 works on numbers between 0 and 1, as in the example that the user changed", () => {
    const draw = random(0);
    const demo = line(
      Array.from({ length: 100 }, () => draw.uniform()),
      0.1,
      0.3,
    );
    const { band, limit } = forecast(demo, plain(2 * 0.5));
    expect(band).toBe("converges");
    expect(limit! / 2).toBeCloseTo(0.8, 1);
    expect(diverges(demo, 2 * 0.5, 1000)).toBe(false);
  });
});

describe("tensorflow 12030: x = 1, 2, 3, 4, 35, the sum of the squared errors, rate 0.01", () => {
  it("diverges, because the limit is 7.96e-4", () => {
    const problem = line([1, 2, 3, 4, 35], -1, 1);
    const { band, limit } = forecast(problem, plain(2 * 5 * 0.01));
    expect(band).toBe("diverges");
    expect(limit! / (2 * 5)).toBeCloseTo(7.96e-4, 6);
    expect(diverges(problem, 2 * 5 * 0.01, 1000)).toBe(true);
  });

  it("works without the last number, as the user found, because the limit is then 0.0299", () => {
    const problem = line([1, 2, 3, 4], -1, 1);
    const { band, limit } = forecast(problem, plain(2 * 4 * 0.01));
    expect(band).toBe("converges");
    expect(limit! / (2 * 4)).toBeCloseTo(0.0299, 4);
    expect(diverges(problem, 2 * 4 * 0.01, 1000)).toBe(false);
  });
});

describe("keras 3040: x = 0 … 199, one row per step, the squared error, rate 0.001", () => {
  const problem = line(upTo(200), 2, 1);

  it("diverges, because a step on the last row overshoots above 2.5e-5", () => {
    const { band, limit } = forecast(problem, plain(2 * 0.001), { batchSize: 1 });
    expect(band).toBe("diverges");
    expect(limit! / 2).toBeCloseTo(2.5e-5, 6);
    expect(diverges(problem, 2 * 0.001, 20, { batchSize: 1 })).toBe(true);
  });

  it("the safe rate works", () => {
    const { guaranteed } = forecast(problem, plain(2 * 0.001), { batchSize: 1 });
    expect(forecast(problem, plain(guaranteed!), { batchSize: 1 }).band).toBe("stable");
    expect(diverges(problem, guaranteed!, 100, { batchSize: 1 })).toBe(false);
  });
});

describe("linear_regression_live 4: x = 32, 53, 61, 47, 59, the sum of the squared errors", () => {
  const problem = line([32, 53, 61, 47, 59], 1.3, 8);

  it("0.01 diverges, and 1e-6 works, because the limit is 7.5e-5", () => {
    const { band, limit } = forecast(problem, plain(2 * 5 * 0.01));
    expect(band).toBe("diverges");
    expect(limit! / (2 * 5)).toBeCloseTo(7.5e-5, 6);
    expect(diverges(problem, 2 * 5 * 0.01, 1000)).toBe(true);
    expect(forecast(problem, plain(2 * 5 * 1e-6)).band).toBe("converges");
    expect(diverges(problem, 2 * 5 * 1e-6, 1000)).toBe(false);
  });
});

describe("playground 3 and 208: regression by a network of 8 ReLU units, batches of 10, rate 1", () => {
  const seeds = [0, 1, 2, 3];
  const problems = seeds.map((seed) => {
    const draw = random(seed);
    const X = Float64Array.from({ length: 500 }, () => 12 * draw.uniform() - 6);
    const y = Float64Array.from({ length: 250 }, (_, i) => (X[2 * i]! + X[2 * i + 1]!) / 10);
    const inputs = dense({ data: X, rows: 250, columns: 2 });
    return risk({ predictor: network(2, [8], 1, "relu"), loss: halfSquared(), inputs, targets: column(y) });
  });
  const startOf = (seed: number) => ({ start: "random", seed, batchSize: 10 }) as const;

  it("the first steps overshoot far, and the run diverges, as a maintainer explained", () => {
    for (const [seed, problem] of problems.entries()) {
      const { band, limit, sentences } = forecast(problem, plain(1), startOf(seed));
      expect(band).toBe("unstable steps");
      expect(1 / limit!).toBeGreaterThan(10);
      expect(sentences.join(" ")).toContain("most such runs diverge");
      expect(diverges(problem, 1, 200, startOf(seed))).toBe(true);
    }
  });

  it("the rate 0.03, which the page begins with, works", () => {
    for (const [seed, problem] of problems.entries()) {
      expect(forecast(problem, plain(0.03), startOf(seed)).band).toMatch(/stable at the start|edge of stability/);
      expect(diverges(problem, 0.03, 200, startOf(seed))).toBe(false);
    }
  });
});
