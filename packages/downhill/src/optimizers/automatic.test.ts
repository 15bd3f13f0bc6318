import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../../test/cases.ts";
import {
  convexProblems,
  evaluationsOfFiveUpdates,
  expectLowest,
  expectMinimumOfParabola,
  expectSameBitsFromEveryState,
  stepBack,
} from "../../test/curves.ts";
import { dataset } from "../../test/dataset.ts";
import { evaluated, norm, regression, run } from "../../test/problems.ts";
import { random } from "../core/random.ts";
import { logisticRegression } from "../estimators/logisticRegression.ts";
import { softmaxRegression } from "../estimators/softmaxRegression.ts";
import { column, dense } from "../kernels/source.ts";
import { halfSquared } from "../losses/halfSquared.ts";
import { network } from "../predictors/network.ts";
import { problemOf } from "../training/minimize.ts";
import { risk } from "../training/objective/risk.ts";
import { train } from "../training/train.ts";
import { automatic } from "./automatic.ts";
import type { Optimizer } from "./optimizer.ts";
import { PAIRS } from "./pairs.ts";

const product = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
const apart = (a: readonly number[], b: readonly number[]) => a.map((x, i) => x - b[i]!);

describe("automatic without a metric", () => {
  it("finds a parabola's minimum for any scale of its axes and values", () => {
    expectMinimumOfParabola(automatic(), 15);
  });

  it("takes the step −H g of the BFGS formula on the last ten pairs, with H₀ = (s·y / y·y) I", () => {
    const d = 6;
    const slope = (x: readonly number[]) => x.map((v, i) => 0.4 * v ** 3 + (1 + i) * v);
    const quartic = problemOf((at, gradient) => {
      gradient.set(slope([...at]));
      return [...at].reduce((sum, v, i) => sum + 0.1 * v ** 4 + 0.5 * (1 + i) * v * v, 0);
    }, d);
    const points: number[][] = [Array.from({ length: d }, (_, i) => 1 / (1 + i))];
    const options = { start: Float64Array.from(points[0]!), epochs: 16 };
    for (const step of train(quartic, automatic(), options)) {
      expect(step.learningRate).toBe(1);
      points.push([...step.params]);
    }
    for (let t = 1; t < 16; t++) {
      const pairs = points.slice(Math.max(0, t - PAIRS), t).map((from, i) => {
        const to = points[Math.max(0, t - PAIRS) + i + 1]!;
        return { s: apart(to, from), y: apart(slope(to), slope(from)) };
      });
      const { s, y } = pairs.at(-1)!;
      const scale = product(s, y) / product(y, y);
      let H = Array.from({ length: d }, (_, i) => Array.from({ length: d }, (_, j) => (i === j ? scale : 0)));
      for (const { s, y } of pairs) {
        const rho = 1 / product(s, y); // H ← (I − ρ s yᵀ) H (I − ρ y sᵀ) + ρ s sᵀ
        const Hy = H.map((row) => product(row, y));
        const curved = rho * (1 + rho * product(y, Hy));
        H = H.map((row, i) => row.map((h, j) => h - rho * (s[i]! * Hy[j]! + Hy[i]! * s[j]!) + curved * s[i]! * s[j]!));
      }
      const g = slope(points[t]!);
      const expected = H.map((row) => -product(row, g));
      const taken = apart(points[t + 1]!, points[t]!);
      expect(norm(apart(taken, expected)) / norm(expected)).toBeLessThan(1e-6);
    }
  });

  it.each(["exact", "running"] as const)("evaluates once per update, and two more times: %s", (trace) => {
    expect(evaluationsOfFiveUpdates(automatic(), trace)).toBe(5 + 2); // at the start and at the probe
  });

  it("takes a step back to the minimum of a parabola, at 0.1 to 0.5 of it, when the value has not fallen", () => {
    const { origin, tried, shorter, rates, last } = stepBack(automatic());
    expect((shorter - origin) / (tried - origin)).toBeCloseTo(0.1, 12);
    expect(rates[1]).toBeCloseTo(0.1, 12);
    expect(Math.abs(last - 1e-4)).toBeLessThan(1e-6);
  });

  it("trains a network: the objective in the history never rises, and no update diverges", () => {
    const draw = random(4);
    const data = Float64Array.from({ length: 200 }, () => draw.normal());
    const inputs = dense({ data, rows: 100, columns: 2 });
    const targets = column(Float64Array.from({ length: 100 }, (_, i) => data[2 * i]! * data[2 * i + 1]!));
    for (const seed of [1, 2, 3]) {
      const problem = risk({
        predictor: network(2, [20], 1),
        loss: halfSquared(),
        inputs,
        targets,
        l1: seed === 3 ? 1e-3 : 0,
      });
      const { last } = run(problem, automatic(), { epochs: 300, seed, start: "random" });
      const values = last.history.objective!;
      for (const [t, value] of values.entries()) expect(value).toBeLessThanOrEqual(values[Math.max(0, t - 1)]!);
      expect(values.at(-1)! / values[0]!).toBeLessThan(0.7);
    }
  });

  it("throws for batches that are not all examples", () => {
    const iris = dataset("iris");
    expect(() => softmaxRegression({ optimizer: automatic(), batchSize: 10 }).fit(iris.X, iris.y)).toThrow(
      'train: batchSize must be "full" for an optimizer that compares gradients of different updates, got 10. ' +
        "For batches, use another optimizer: adam(0.01), for example.",
    );
  });
});

describe("automatic on linear models", () => {
  it("solves least squares in one step", () => {
    const { problem } = regression(40, 5);
    const { shots } = run(problem, automatic(), { epochs: 1 });
    expect(
      norm([...evaluated(problem, shots[0]!.params).gradient]) /
        norm([...evaluated(problem, new Float64Array(6)).gradient]),
    ).toBeLessThan(1e-9);
  });

  it("reaches the optima of breast_cancer, iris and digits in 22, 14 and 40 updates", () => {
    const fits = [
      ["breast_cancer", logisticRegression, 0.0663601862247381, 25], // plain descent at 1/L: over 10 000
      ["iris", softmaxRegression, 0.20919178840531, 16], // 1760
      ["digits", softmaxRegression, 0.0631496687703585, 45], // over 10 000
    ] as const;
    for (const [name, maker, objective, most] of fits) {
      const { X, y } = dataset(name);
      const fitted = maker({ optimizer: automatic() }).fit(X, y);
      expect(fitted.stopped).toBe("converged");
      expect(fitted.history.objective!.at(-1)! / objective - 1).toBeLessThan(1e-9); // the optimum by SciPy's L-BFGS-B
      expect(fitted.history.objective!.at(-1)! / objective - 1).toBeGreaterThan(-1e-12);
      expect(fitted.updates).toBeLessThan(most);
    }
  });
});

it("automatic with l1 reaches the optima of breast_cancer, iris and wine in 35, 44 and 66 updates", () => {
  const fits = [
    ["breast_cancer", logisticRegression, 0.06785695625317663, 40],
    ["iris", softmaxRegression, 0.07579476321034484, 50],
    ["wine", softmaxRegression, 0.032524023463184615, 75],
  ] as const;
  for (const [name, maker, objective, most] of fits) {
    const { X, y } = dataset(name);
    const fitted = maker({ optimizer: automatic(), l2: 0, l1: 1e-3 }).fit(X, y);
    expect(fitted.stopped).toBe("converged");
    expect(Math.abs(fitted.history.objective!.at(-1)! / objective - 1)).toBeLessThan(1e-9); // the optimum by SciPy's L-BFGS-B
    expect(fitted.updates).toBeLessThan(most);
  }
});

const optimizers = fc.constantFrom<Optimizer>(automatic(), { ...automatic(), usesMetric: false });

describe("automatic on convex problems", () => {
  it("converges, and returns the parameters of the lowest value wherever it ends", () => {
    fc.assert(
      fc.property(convexProblems, optimizers, fc.integer({ min: 2, max: 15 }), (problem, optimizer, epochs) => {
        expect(run(problem, optimizer, { epochs: 3000, stop: { gradient: 1e-6 } }).last.stopped).toBe("converged");
        expectLowest(problem, optimizer, epochs);
      }),
      { numRuns: cases(80, 200), seed: 2 },
    );
  });

  it("continues from any state with the same bits", () => {
    fc.assert(fc.property(convexProblems, optimizers, expectSameBitsFromEveryState), {
      numRuns: cases(10, 20),
      seed: 3,
    });
  });

  it("with an average returns the average, not the parameters of the lowest value", () => {
    const { problem } = regression(12, 2);
    const { shots, last } = run(problem, automatic(), { epochs: 6, average: {} });
    const mean = [0, 1, 2].map((i) => shots.reduce((sum, { params }) => sum + params[i]!, 0) / 6);
    expect(apart([...last.solution], mean).every((difference) => Math.abs(difference) < 1e-12)).toBe(true);
    expect(last.state().lowest).toBeNull();
  });
});
