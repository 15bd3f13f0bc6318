import { describe, expect, it } from "vitest";
import { type NewtonProblem, newton } from "../../../test/newton.ts";
import { random } from "../../core/random.ts";
import { regressionWithCondition } from "../../data/regressionWithCondition.ts";
import { column, dense } from "../../kernels/source.ts";
import { halfSquared } from "../../losses/halfSquared.ts";
import { adam } from "../../optimizers/adam.ts";
import { automatic } from "../../optimizers/automatic.ts";
import { momentum } from "../../optimizers/momentum.ts";
import { nesterov } from "../../optimizers/nesterov.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import { plain } from "../../optimizers/plain.ts";
import { linear } from "../../predictors/linear.ts";
import { problemOf } from "../../training/minimize.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { risk } from "../../training/objective/risk.ts";
import { train } from "../../training/train.ts";
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

describe("without a statement", () => {
  const { problem } = leastSquares(1);

  it.each([
    ["an optimizer that divides the gradient", adam(0.1), 0.1],
    ["an optimizer that chooses its rates", automatic(), null],
  ])("%s", (_, optimizer, rate) => {
    expect(forecast(problem, optimizer)).toMatchObject({
      band: "not known",
      learningRate: rate,
      limit: null,
      best: null,
    });
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
});
