import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classification, evaluated, regression, run } from "../../test/problems.ts";
import { column, dense } from "../kernels/source.ts";
import { halfSquared } from "../losses/halfSquared.ts";
import { logistic } from "../losses/logistic.ts";
import { linear } from "../predictors/linear.ts";
import { type Differentiable, minimize, problemOf } from "../training/minimize.ts";
import { risk } from "../training/objective/risk.ts";
import type { State } from "../training/state/state.ts";
import { train } from "../training/train.ts";
import type { Optimizer } from "./optimizer.ts";
import { bindSpectral, SPECTRAL_SCALARS } from "./spectral.ts";

const spectral: Optimizer = {
  ...{ slots: 3, scalars: SPECTRAL_SCALARS, gain: 1, fullBatch: true },
  bind: bindSpectral,
};

const product = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
const apart = (a: readonly number[], b: readonly number[]) => a.map((x, i) => x - b[i]!);

describe("bindSpectral", () => {
  it("finds a parabola's minimum for any scale of its axes and values", () => {
    for (const scale of [1e-8, 1, 1e8]) {
      const bowl: Differentiable = ([a, b], gradient) => {
        gradient[0] = scale * (a! - 3);
        gradient[1] = 1000 * scale * (b! + 2);
        return 0.5 * scale * ((a! - 3) ** 2 + 1000 * (b! + 2) ** 2);
      };
      const { params, updates } = minimize(bowl, {
        start: [0, 0],
        optimizer: spectral,
        updates: 300,
        stop: { gradient: 1e-9 * scale },
      });
      expect(Math.hypot(params[0]! - 3, params[1]! + 2)).toBeLessThan(1e-8);
      expect(updates).toBeLessThan(60); // plain descent at the best constant rate needs about 10 000
    }
  });

  it("takes the long rate s·s / s·y, or the smallest of the last three s·y / y·y if the last is below half of it", () => {
    const slope = ([x, y, z, w]: readonly number[]) => [4 * x! ** 3 + x!, 3 * y!, 10 * z!, 40 * w!];
    const quartic = problemOf((at, gradient) => {
      gradient.set(slope([...at]));
      return at[0]! ** 4 + 0.5 * at[0]! ** 2 + 1.5 * at[1]! ** 2 + 5 * at[2]! ** 2 + 20 * at[3]! ** 2;
    }, 4);
    const rates: number[] = [];
    const points: number[][] = [[0.5, 1, 0.2, 0.05]];
    for (const step of train(quartic, spectral, { start: Float64Array.from(points[0]!), epochs: 25 })) {
      rates.push(step.learningRate);
      points.push([...step.params]);
    }
    const steep = slope(points[0]!);
    const value = 0.5 ** 4 + 0.5 ** 3 + 1.5 + 0.2 + 0.05;
    const first = points[0]!.map((x, i) => x - ((1e-2 * value) / product(steep, steep)) * steep[i]!); // where it looks
    const looks = [[points[0]!, first], ...points.slice(0, -2).map((from, t) => [from, points[t + 1]!])] as const;
    const short: number[] = [];
    const taken = { long: 0, short: 0 };
    for (const [t, [from, to]] of looks.entries()) {
      const s = apart(to!, from!);
      const y = apart(slope(to!), slope(from!));
      const long = product(s, s) / product(s, y);
      if (t > 0) short.push(product(s, y) / product(y, y));
      const isShort = t > 0 && short.at(-1)! < 0.5 * long;
      taken[isShort ? "short" : "long"]++;
      expect(rates[t]! / (isShort ? Math.min(...short.slice(-3)) : long)).toBeCloseTo(1, t === 0 ? 4 : 6);
    }
    expect(Math.min(taken.long, taken.short)).toBeGreaterThan(3);
  });

  it("evaluates once per update, and two more times: at the start and at the probe", () => {
    let evaluations = 0;
    const parabola = problemOf(([x], gradient) => {
      evaluations++;
      gradient[0] = x!;
      return 0.5 * x! * x!;
    }, 1);
    for (const trace of ["exact", "running"] as const) {
      evaluations = 0;
      for (const step of train(parabola, spectral, { start: Float64Array.of(1), epochs: 5, trace })) step.objective();
      expect(evaluations).toBe(5 + 2);
    }
  });

  it("takes a step back and repeats half of it when the value rises above the last ten values", () => {
    // The function falls slowly up to x = 0 and then rises steeply. The first long step ends far up on the steep side.
    const wall = problemOf(([x], gradient) => {
      const up = Math.max(0, x!);
      gradient[0] = 1e4 * up - 1;
      return 0.5e4 * up * up - x!;
    }, 1);
    const start = -0.5;
    const steps: { x: number; value: number; rate: number; solution: number; objective: number }[] = [];
    for (const step of train(wall, spectral, { start: Float64Array.of(start), epochs: 100 })) {
      const { params, solution, learningRate: rate } = step;
      steps.push({ x: params[0]!, value: step.batchLoss, rate, solution: solution[0]!, objective: step.objective() });
    }
    const back = steps.findIndex((step, t) => t > 0 && step.rate === steps[t - 1]!.rate / 2);
    expect(steps[back]!.value).toBeGreaterThan(1000 * 0.5); // the value on the steep side
    const [origin, tried, halved] = [back < 2 ? start : steps[back - 2]!.x, steps[back - 1]!.x, steps[back]!.x];
    expect(halved).toBeCloseTo((origin + tried) / 2, 12);
    // If the run ends on the steep side, it returns the parameters before that step.
    expect(steps[back - 1]).toMatchObject({ solution: origin, objective: -origin });
    expect(Math.abs(steps.at(-1)!.x)).toBeLessThan(2e-3); // the minimum is at 1e-4
  });
});

/** Convex, and smooth except for l1, with columns of many scales: the condition numbers are from 1 to about 1e5. */
const problems = fc
  .record({
    kind: fc.constantFrom("line", "classes"),
    rows: fc.integer({ min: 2, max: 40 }),
    columns: fc.integer({ min: 1, max: 5 }),
    seed: fc.nat(1000),
    spread: fc.constantFrom(0.5, 1, 2),
    l2: fc.constantFrom(1, 0.05),
    l1: fc.constantFrom(0, 0.02),
  })
  .map(({ kind, rows, columns, seed, spread, ...penalties }) => {
    const { X, y } = { line: regression, classes: classification }[kind](rows, columns, {}, seed);
    const data = X.map((x, at) => x * spread ** (at % columns));
    return risk({
      predictor: linear(columns),
      loss: { line: halfSquared(), classes: logistic() }[kind],
      inputs: dense({ data, rows, columns }),
      targets: column(y),
      ...penalties,
    });
  });

describe("bindSpectral on convex problems", () => {
  const options = { epochs: 10_000, stop: { gradient: 1e-6 } };
  const remembered = (state: State): number => state.scalars[1]!;

  it("converges, and no value that is kept is above the largest of the ten before it", () => {
    let back = 0;
    let risen = 0;
    fc.assert(
      fc.property(problems, (problem) => {
        const stood: number[] = [];
        let count = 0;
        for (const step of train(problem, spectral, options)) {
          if (remembered(step.state()) > count) {
            if (count > 0) expect(step.batchLoss).toBeLessThanOrEqual(Math.max(...stood.slice(-10)) * (1 + 1e-14));
            if (count > 0 && step.batchLoss > stood.at(-1)!) risen++;
            stood.push(step.batchLoss);
            count++;
          } else back++;
          if (step.stopped) expect(step.stopped).toBe("converged");
        }
      }),
      { numRuns: 200, seed: 1 },
    );
    expect(Math.min(back, risen)).toBeGreaterThan(10);
  });

  it("returns the parameters of the lowest value, wherever it ends", () => {
    let above = 0;
    fc.assert(
      fc.property(problems, fc.integer({ min: 2, max: 15 }), (problem, epochs) => {
        const { shots, last } = run(problem, spectral, { epochs, batchLosses: true });
        const end = evaluated(problem, last.params).value;
        const lowest = Math.min(...last.history.batchLosses!, end);
        if (end > lowest * (1 + 1e-13)) above++;
        expect(evaluated(problem, last.solution).value / lowest).toBeCloseTo(1, 12);
        expect(last.objective()).toBe(evaluated(problem, last.solution).value);
        expect(last.history.objective!.length).toBe(shots.length);
        for (const [t, value] of last.history.objective!.entries()) {
          if (t > 0) expect(value).toBeLessThanOrEqual(last.history.objective![t - 1]! * (1 + 1e-13));
        }
      }),
      { numRuns: 200, seed: 2 },
    );
    expect(above).toBeGreaterThan(5);
  });

  it("continues from any state with the same bits", () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const states: State[] = [];
        for (const step of train(problem, spectral, { epochs: 12 })) states.push(step.state());
        const uninterrupted = run(problem, spectral, { epochs: 12 });
        for (const [i, state] of states.slice(0, -1).entries()) {
          const rest = run(problem, spectral, { epochs: 12, resume: state });
          expect(rest.shots).toEqual(uninterrupted.shots.slice(i + 1));
          expect(rest.last.history).toEqual(uninterrupted.last.history);
        }
      }),
      { numRuns: 20, seed: 3 },
    );
  });
});
