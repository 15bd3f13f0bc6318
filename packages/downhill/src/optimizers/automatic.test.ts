import { describe, expect, it } from "vitest";
import { dataset } from "../../test/dataset.ts";
import { logisticRegression } from "../estimators/logisticRegression.ts";
import { softmaxRegression } from "../estimators/softmaxRegression.ts";
import { type Differentiable, minimize, problemOf } from "../training/minimize.ts";
import { type Step, train } from "../training/train.ts";
import { automatic } from "./automatic.ts";

describe("automatic", () => {
  it("finds a parabola's minimum whatever the scale of its axes and values", () => {
    for (const scale of [1e-8, 1, 1e8]) {
      const bowl: Differentiable = ([a, b], gradient) => {
        gradient[0] = scale * (a! - 3);
        gradient[1] = 1000 * scale * (b! + 2);
        return 0.5 * scale * ((a! - 3) ** 2 + 1000 * (b! + 2) ** 2);
      };
      const { params, updates } = minimize(bowl, {
        start: [0, 0],
        optimizer: automatic(),
        updates: 300,
        stop: { gradient: 1e-9 * scale },
      });
      expect(Math.hypot(params[0]! - 3, params[1]! + 2)).toBeLessThan(1e-8);
      expect(updates).toBeLessThan(100); // plain descent at the best constant rate needs about 10 000
    }
  });

  it("takes the Barzilai–Borwein rate s·s / s·y and evaluates once per update", () => {
    let evaluations = 0;
    const rates: number[] = [];
    const points: number[][] = [];
    const quartic = problemOf(([x, y], gradient) => {
      evaluations++;
      gradient[0] = 4 * x! ** 3 + x!;
      gradient[1] = 2 * y!;
      return x! ** 4 + 0.5 * x! ** 2 + y! ** 2;
    }, 2);
    for (const step of train(quartic, automatic(), { start: Float64Array.of(0.5, 1), epochs: 5, trace: "running" })) {
      rates.push(step.learningRate);
      points.push([...step.params]);
    }
    expect(evaluations).toBe(5);
    expect(rates[0]).toBe(1e-3 / 2);
    const slope = ([x, y]: readonly number[]) => [4 * x! ** 3 + x!, 2 * y!];
    const apart = (a: readonly number[], b: readonly number[]) => a.map((value, i) => value - b[i]!);
    const product = (a: readonly number[], b: readonly number[]) => a[0]! * b[0]! + a[1]! * b[1]!;
    for (let t = 1; t < 4; t++) {
      const from = t === 1 ? [0.5, 1] : points[t - 2]!;
      const s = apart(points[t - 1]!, from);
      const y = apart(slope(points[t - 1]!), slope(from));
      expect(rates[t]! / (product(s, s) / product(s, y))).toBeCloseTo(1, 9);
    }
  });

  it("goes half of a step back when the value rises above the last ten", () => {
    // An even slope down to a wall at 0: the long step that the slope suggests runs up the wall.
    const wall = problemOf(([x], gradient) => {
      const up = Math.max(0, x!);
      gradient[0] = 1e4 * up - 1;
      return 0.5e4 * up * up - x!;
    }, 1);
    const steps: { x: number; value: number; rate: number }[] = [];
    for (const step of train(wall, automatic(), { start: Float64Array.of(-0.5), epochs: 40 })) {
      steps.push({ x: step.params[0]!, value: step.batchLoss, rate: step.learningRate });
    }
    const back = steps.findIndex((step, t) => t > 0 && step.rate === steps[t - 1]!.rate / 2);
    expect(steps[back]!.value).toBeGreaterThan(1000); // seen on the wall
    const [origin, tried, halved] = [steps[back - 2]!.x, steps[back - 1]!.x, steps[back]!.x];
    expect(halved).toBeCloseTo((origin + tried) / 2, 12);
    expect(Math.abs(steps.at(-1)!.x)).toBeLessThan(2e-3); // the minimum is at 1e-4
  });

  it("reaches the optimum of breast_cancer in under 150 updates, of iris in under 120", () => {
    const cancer = dataset("breast_cancer");
    const iris = dataset("iris");
    const options = { optimizer: automatic(), epochs: 200, stop: { gradient: 1e-6 } };
    const two = logisticRegression(options).fit(cancer.X, cancer.y);
    const three = softmaxRegression(options).fit(iris.X, iris.y);
    expect([two.stopped, three.stopped]).toEqual(["converged", "converged"]);
    expect(two.history.objective!.at(-1)!).toBeCloseTo(0.0663601862247381, 9);
    expect(three.history.objective!.at(-1)!).toBeCloseTo(0.20919178840531, 9);
    expect(two.updates).toBeLessThan(150); // plain descent at 1/L: over 10 000
    expect(three.updates).toBeLessThan(120); // 1760
  });

  it("goes on from a state with the same bits", () => {
    const iris = dataset("iris");
    const options = { optimizer: automatic(), epochs: 40 };
    const whole = softmaxRegression(options).fit(iris.X, iris.y);
    let state: ReturnType<Step["state"]> | undefined;
    for (const step of softmaxRegression(options).train(iris.X, iris.y)) {
      if (step.t === 17) state = step.state();
    }
    const resumed = softmaxRegression(options).fit(iris.X, iris.y, { resume: state });
    expect(JSON.stringify(resumed)).toBe(JSON.stringify(whole));
  });

  it("refuses batches that are not all examples", () => {
    const iris = dataset("iris");
    expect(() => softmaxRegression({ optimizer: automatic(), batchSize: 10 }).fit(iris.X, iris.y)).toThrow(
      'train: batchSize must be "full" for an optimizer that compares gradients, got 10. Use adam, say, for batches.',
    );
  });
});
