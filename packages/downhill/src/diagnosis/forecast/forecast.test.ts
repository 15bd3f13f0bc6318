import { describe, expect, it } from "vitest";
import { dataset } from "../../../test/dataset.ts";
import { type NewtonProblem, newton } from "../../../test/newton.ts";
import { normals, ratings } from "../../../test/problems.ts";
import { random } from "../../core/random.ts";
import { regressionWithCondition } from "../../data/regressionWithCondition.ts";
import { standardization } from "../../estimators/fit/scaling.ts";
import { column, dense, type Source } from "../../kernels/source.ts";
import { halfSquared } from "../../losses/halfSquared.ts";
import { adam } from "../../optimizers/adam.ts";
import { automatic } from "../../optimizers/automatic.ts";
import { clipByNorm } from "../../optimizers/clipByNorm.ts";
import { descent } from "../../optimizers/descent.ts";
import { momentum } from "../../optimizers/momentum.ts";
import { addNesterov, nesterov } from "../../optimizers/nesterov.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import { plain } from "../../optimizers/plain.ts";
import { cosine, warmUp } from "../../optimizers/schedules.ts";
import { linear } from "../../predictors/linear.ts";
import { problemOf } from "../../training/minimize.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { risk } from "../../training/objective/risk.ts";
import { train } from "../../training/train.ts";
import { curvature } from "../curvature/curvature.ts";
import { forecast } from "./forecast.ts";

const rules: Record<string, (rate: number) => Optimizer> = {
  plain,
  momentum,
  nesterov,
  "momentum, decay 0.5": (rate) => momentum(rate, { decay: 0.5 }),
  "nesterov, decay 0.99": (rate) => nesterov(rate, { decay: 0.99 }),
};

/** Rows with a condition number from 1 to 1e8, and targets with noise and a mean; every third problem has a penalty. */
function leastSquares(seed: number): { problem: Problem; data: NewtonProblem; label: string } {
  const draw = random(seed).fork("problems");
  const features = 1 + Math.floor(draw.uniform() * 8);
  const n = features + 2 + Math.floor(draw.uniform() * 40);
  const condition = features === 1 ? 1 : 10 ** (8 * draw.uniform());
  const l2 = seed % 3 === 0 ? 10 ** (-4 * draw.uniform()) : 0;
  const { X, y } = regressionWithCondition({ n, features, condition, noise: draw.uniform(), seed });
  for (let i = 0; i < n; i++) y[i]! += 3;
  const targets = column(y);
  const problem = risk({ predictor: linear(features), loss: halfSquared(), inputs: dense(X), targets, l2 });
  return {
    problem,
    data: { kind: "linear", X, y: [...y], l2 },
    label: `seed ${seed}: ${n} × ${features}, condition ${condition.toPrecision(2)}, l2 ${l2}`,
  };
}

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

const seeds = Array.from({ length: 100 }, (_, seed) => seed);

describe("on 100 random least-squares problems", () => {
  // The run must end in a reasonable time, so the tolerance of a problem is the smallest one that needs at most 20 000 epochs.
  it.each(Object.entries(rules))("%s: the predicted number of epochs is the measured one", (_, optimizerWith) => {
    const tolerances = new Set<number>();
    for (const seed of seeds) {
      const { problem, label } = leastSquares(seed);
      const share = 0.05 + 0.94 * random(seed).fork("rate").uniform();
      const optimizer = optimizerWith(share * forecast(problem, optimizerWith(1)).limit!);
      const predicted = [1e-6, 1e-4, 1e-2, 0.1, 0.5]
        .map((tolerance) => forecast(problem, optimizer, { tolerance }))
        .find(({ epochs }) => epochs! <= 20_000)!;
      const { epochs, start, optimum, tolerance } = predicted;
      tolerances.add(tolerance);
      const measured = objectivesOf(problem, optimizer, epochs! + 1).findIndex(
        (each) => each - optimum! <= tolerance * (start! - optimum!),
      );
      expect(measured, label).toBe(epochs);
    }
    expect(tolerances.has(1e-6)).toBe(true);
  });
});

it("the optimum is that of a run to the end, and the objective after each epoch is that of the run", () => {
  for (const seed of seeds.slice(0, 20)) {
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
    for (const seed of seeds.slice(0, 30)) {
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
  const cases = [
    { l2: 1 / n, length: 1, expected: [1211, 1039, 631] },
    { l2: 0, length: Math.sqrt(n), expected: [174_249, 176_733, 87_562] }, // columns of length 1
  ];
  for (const { l2, length, expected } of cases) {
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

it("with a schedule, the forecast is for constant rates", () => {
  const { problem } = leastSquares(1);
  const schedule = warmUp(cosine(0.4, { updates: 50 }), { updates: 4 });
  const { band, learningRate, limit, best, sentences } = forecast(problem, plain(schedule));
  expect([band, learningRate, limit! > 0, best! > 0]).toEqual(["not known", 0.1, true, true]);
  expect(sentences[0]).toMatch(/changes during the run/);
  expect(forecast(problem, descent(0.1)).band).toBe(forecast(problem, plain(0.1)).band);
  expect(forecast(problem, descent(0.1, addNesterov())).limit).toBe(forecast(problem, nesterov(0.1)).limit);
  expect(forecast(problem, descent(0.1, clipByNorm(1))).band).toBe("not known");
});

describe("without a statement", () => {
  const { problem } = leastSquares(1);

  it.each([
    ["an optimizer that divides the gradient", adam(0.1), 0.1],
    ["an optimizer that chooses its rates", automatic(), null],
    ["an optimizer of the user", { slots: 0, scalars: 0, bind: () => () => 0.1 }, null],
    ["a schedule of the user with momentum", momentum((t) => 1 / t), null],
  ])("%s", (_, optimizer, rate) => {
    expect(forecast(problem, optimizer).sentences).toHaveLength(1);
    expect(forecast(problem, optimizer)).toMatchObject({
      band: "not known",
      learningRate: rate,
      limit: null,
      best: null,
    });
  });

  it("factors that start at 0 stay there", () => {
    expect(forecast(ratings(5, 5, 20), plain(0.1)).sentences[0]).toMatch(/gradient is 0.*use a random start/);
  });

  it("a function of the user's", () => {
    const bowl = problemOf(([x], gradient) => {
      gradient[0] = 2 * x!;
      return x! * x!;
    }, 1);
    expect(forecast(bowl, plain(3))).toMatchObject({ band: "not known", limit: null, guaranteed: null, epochs: null });
  });
});

it("throws for a learning rate that is not above 0", () => {
  const { problem } = leastSquares(1);
  const message = "forecast: learning rate must be a finite number above 0, got 0. Pass a number such as 0.1.";
  expect(() =>
    forecast(
      problem,
      plain(() => 0),
    ),
  ).toThrow(message);
  expect(() => plain(0)).toThrow(RangeError);
  expect(() => forecast(problem, plain(1), { optimum: new Float64Array(1) })).toThrow(/forecast: optimum must have/);
  expect(() => forecast(problem, plain(1), { tolerance: 0 })).toThrow(RangeError);
  expect(() => forecast(problem, plain(1), { batchSize: 1000 })).toThrow(RangeError);
  expect(() => forecast(problem, plain(1), { epochs: 3 } as never)).toThrow(TypeError);
  const { objectiveAfter } = forecast(problem, plain(0.1));
  expect(() => objectiveAfter!(0.5)).toThrow(RangeError);
});
