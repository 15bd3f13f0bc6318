import { describe, expect, it } from "vitest";
import { cases } from "../../../test/cases.ts";
import { dataset } from "../../../test/dataset.ts";
import { leastSquares, rules } from "../../../test/leastSquaresProblems.ts";
import { newton } from "../../../test/newton.ts";
import { normals } from "../../../test/problems.ts";
import { random } from "../../core/random.ts";
import { standardization } from "../../estimators/fit/scaling.ts";
import { column, dense, type Source } from "../../kernels/source.ts";
import { halfSquared } from "../../losses/halfSquared.ts";
import { automatic } from "../../optimizers/automatic.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import { plain } from "../../optimizers/plain.ts";
import { linear } from "../../predictors/linear.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { risk } from "../../training/objective/risk.ts";
import { train } from "../../training/train.ts";
import { curvature } from "../curvature/curvature.ts";
import { forecast } from "./forecast.ts";

/** The objective after epochs 0 … count − 1, or until it is a billion times that of the start. */
function objectivesOf(problem: Problem, optimizer: Optimizer, count: number): number[] {
  const objectives: number[] = [];
  for (const { batchLoss } of train(problem, optimizer, { epochs: 1e9 })) {
    objectives.push(batchLoss); // the objective before the update
    if (objectives.length === count || batchLoss > 1e9 * objectives[0]!) break;
  }
  return objectives;
}

function lowestOf(problem: Problem): number {
  let lowest = Infinity;
  const options = { epochs: 10_000, stop: { remaining: 1e-12 }, every: "epoch" } as const;
  for (const step of train(problem, automatic(), options)) lowest = step.objective();
  return lowest;
}

const seeds = Array.from({ length: cases(25, 100) }, (_, seed) => seed);

describe("on random least-squares problems", () => {
  // A run to 1e-6 can need more than a hundred million epochs if the condition number is 1e8. Such a run ends after about 15,000
  // epochs: its tolerance is between the shares that remain after two successive epochs.
  const LONG = 20_000;
  const END = 15_000;

  it.each(Object.entries(rules))("%s: the predicted number of epochs is the measured one", (_, optimizerWith) => {
    let long = 0;
    for (const seed of seeds) {
      const { problem, label, condition } = leastSquares(seed);
      const share = 0.05 + 0.94 * random(seed).fork("rate").uniform();
      const optimizer = optimizerWith(share * forecast(problem, optimizerWith(1)).limit!);
      let predicted = forecast(problem, optimizer);
      expect(predicted.tolerance).toBe(1e-6);
      if (predicted.epochs === null || predicted.epochs > LONG) {
        long++;
        expect(condition, label).toBeGreaterThan(500);
        const { objectiveAfter, start, optimum } = predicted;
        const remaining = (epoch: number) => (objectiveAfter!(epoch) - optimum!) / (start! - optimum!);
        predicted = forecast(problem, optimizer, { tolerance: (remaining(END - 1) + remaining(END)) / 2 });
        expect(predicted.epochs, label).toBeGreaterThan(100);
      }
      const { epochs, start, optimum, tolerance } = predicted;
      const measured = objectivesOf(problem, optimizer, epochs! + 1).findIndex(
        (each) => each - optimum! <= tolerance * (start! - optimum!),
      );
      expect(measured, label).toBe(epochs);
    }
    expect(long).toBeGreaterThan(cases(0.05, 0.1) * seeds.length);
    expect(long).toBeLessThan(cases(0.4, 0.3) * seeds.length);
  });
});

it("the optimum is that of a run to the end, and the objective after each epoch is that of the run", () => {
  for (const seed of seeds.slice(0, cases(6, 20))) {
    const { problem, data } = leastSquares(seed);
    const lowest = data.l2 === 0 ? newton(data).value : lowestOf(problem);
    for (const optimizerWith of Object.values(rules)) {
      const { limit } = forecast(problem, optimizerWith(1));
      for (const rate of [0.4 * limit!, 1.05 * limit!]) {
        const optimizer = optimizerWith(rate);
        const { objectiveAfter, optimum, start } = forecast(problem, optimizer);
        expect(Math.abs(optimum! / lowest - 1)).toBeLessThan(1e-9);
        expect(objectiveAfter!(0)).toBeCloseTo(start!, 12);
        objectivesOf(problem, optimizer, 40).forEach((objective, epoch) => {
          expect(Math.abs(objectiveAfter!(epoch) / objective - 1)).toBeLessThan(1e-9);
        });
      }
    }
  }
});

it.each(Object.entries(rules))(
  "%s: a run at 0.99 times the limit settles, and one at 1.01 times diverges",
  (_, make) => {
    for (const seed of seeds.slice(0, cases(10, 30))) {
      const { problem } = leastSquares(seed);
      const { limit, start, optimum } = forecast(problem, make(1));
      expect(forecast(problem, make(0.99 * limit!)).band).toBe("converges");
      expect(forecast(problem, make(1.01 * limit!)).band).toBe("diverges");
      const distance = (share: number): number =>
        (objectivesOf(problem, make(share * limit!), 3000).at(-1)! - optimum!) / (start! - optimum!);
      expect(distance(0.99)).toBeLessThan(1);
      expect(distance(1.01)).toBeGreaterThan(1e3);
    }
  },
);

it("the numbers of epochs on diabetes are those of an independent program", () => {
  const { X, y } = dataset("diabetes");
  const [n, d] = [X.rows, X.columns];
  const { shift, scale } = standardization(X);
  const penalties = [
    { l2: 1 / n, length: 1, expected: [1211, 1039, 631] },
    { l2: 0, length: Math.sqrt(n), expected: [174_249, 176_733, 87_562] }, // columns of length 1
  ];
  for (const { l2, length, expected } of penalties) {
    const inputs = dense(X, { shift, scale: scale.map((s) => s * length) });
    const targets = column(Float64Array.from(y, Number));
    const problem = risk({ predictor: linear(d), loss: halfSquared(), inputs, targets, l2 });
    const { largest, smallest } = curvature(problem);
    const rates = [1 / largest, 2 / (largest + smallest!), 1.99 / largest];
    expect(rates.map((rate) => forecast(problem, plain(rate)).epochs)).toEqual(expected);
    expect(forecast(problem, plain(1)).bestEpochs).toBeLessThanOrEqual(Math.min(...expected));
  }
});

describe("other shapes", () => {
  const draw = random(7);
  const shapes = {
    "several outputs": { n: 30, d: 3, k: 2 },
    "more columns than rows": { n: 6, d: 10, k: 1 },
    weights: { n: 30, d: 3, k: 1, weights: column(Float64Array.from({ length: 30 }, (_, i) => (i % 3) / 1)) },
    "a start": { n: 30, d: 3, k: 1, start: normals(draw, 4) },
    float32: { n: 30, d: 3, k: 1, single: true },
  };

  it.each(Object.entries(shapes))("%s: the objective after each epoch is that of the run", (_, shape) => {
    const {
      n,
      d,
      k,
      weights,
      start = "zeros",
      single = false,
    } = { weights: undefined, ...shape } as {
      n: number;
      d: number;
      k: number;
      weights?: Source;
      start?: Float64Array | "zeros";
      single?: boolean;
    };
    const X = normals(draw, n * d);
    const problem = risk({
      predictor: linear(d, k),
      loss: halfSquared(k),
      inputs: dense({ data: single ? Float32Array.from(X) : X, rows: n, columns: d }),
      targets: dense({ data: normals(draw, n * k), rows: n, columns: k }),
      l2: 0.01,
      ...(weights && { weights }),
    });
    for (const make of Object.values(rules)) {
      const optimizer = make(0.5 * forecast(problem, make(1)).limit!);
      const { objectiveAfter, band } = forecast(problem, optimizer, { start });
      expect(band).toBe("converges");
      let epoch = 0;
      for (const { batchLoss } of train(problem, optimizer, { start, epochs: 50 })) {
        expect(Math.abs(objectiveAfter!(epoch) / batchLoss - 1)).toBeLessThan(single ? 1e-4 : 1e-9);
        epoch++;
      }
    }
  });

  it("1200 columns: a certified bound instead of exact numbers", () => {
    const inputs = dense({ data: normals(draw, 20 * 1200), rows: 20, columns: 1200 });
    const targets = column(normals(draw, 20));
    const problem = risk({ predictor: linear(1200), loss: halfSquared(), inputs, targets });
    const { guaranteed, limit, epochs } = forecast(problem, plain(1));
    expect(epochs).toBe(null);
    expect(guaranteed! / limit!).toBeGreaterThan(0.9);
    expect(guaranteed! / limit!).toBeLessThanOrEqual(1);
    expect(forecast(problem, plain(0.99 * guaranteed!)).band).toBe("certainly decreases");
    expect(forecast(problem, plain(1.01 * limit!)).band).toBe("cannot settle");
  });

  it("a start without a part along the steepest direction: only rounding errors grow above the limit", () => {
    const inputs = dense({ data: Float64Array.of(-0.1, 0.1), rows: 2, columns: 1 });
    const problem = risk({
      predictor: linear(1),
      loss: halfSquared(),
      inputs,
      targets: column(Float64Array.of(-1, 1)),
    });
    const { band, sentences, limit } = forecast(problem, plain(100));
    expect(limit).toBeCloseTo(2, 12); // the curvature of the intercept is 1, and its gradient is 0
    expect(band).toBe("not known");
    expect(sentences[0]).toMatch(/only rounding errors grow/);
    expect(objectivesOf(problem, plain(100), 50).at(-1)).toBeLessThan(1e-12);
    expect(forecast(problem, plain(201)).band).toBe("diverges");
  });

  it("a start at the optimum", () => {
    const inputs = dense({ data: Float64Array.of(1, 2, 3), rows: 3, columns: 1 });
    const problem = risk({ predictor: linear(1), loss: halfSquared(), inputs, targets: column(new Float64Array(3)) });
    expect(forecast(problem, plain(0.1))).toMatchObject({
      band: "converges",
      epochs: 0,
      sentences: ["The start is the optimum."],
    });
    const nearly = forecast(problem, plain(0.1), { start: Float64Array.of(1e-170, 0) });
    expect(nearly).toMatchObject({ band: "converges", epochs: 0, best: null });
  });
});
