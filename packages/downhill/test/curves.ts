// Small functions and convex problems on which the tests of optimizers that compute their learning rate agree.
import fc from "fast-check";
import { expect } from "vitest";
import { column, dense } from "../src/kernels/source.ts";
import { halfSquared } from "../src/losses/halfSquared.ts";
import { logistic } from "../src/losses/logistic.ts";
import type { Optimizer } from "../src/optimizers/optimizer.ts";
import { linear } from "../src/predictors/linear.ts";
import { type Differentiable, minimize, problemOf } from "../src/training/minimize.ts";
import type { Problem } from "../src/training/objective/objective.ts";
import { risk } from "../src/training/objective/risk.ts";
import type { State } from "../src/training/state/state.ts";
import { train } from "../src/training/train.ts";
import { classification, evaluated, regression, run } from "./problems.ts";

/** Expects the minimum of a parabola with two very different axes, for any scale, in fewer than `most` updates. */
export function expectMinimumOfParabola(optimizer: Optimizer, most: number): void {
  for (const scale of [1e-8, 1, 1e8]) {
    const bowl: Differentiable = ([a, b], gradient) => {
      gradient[0] = scale * (a! - 3);
      gradient[1] = 1000 * scale * (b! + 2);
      return 0.5 * scale * ((a! - 3) ** 2 + 1000 * (b! + 2) ** 2);
    };
    const stop = { gradient: 1e-9 * scale };
    const { params, updates } = minimize(bowl, { start: [0, 0], optimizer, updates: 300, stop });
    expect(Math.hypot(params[0]! - 3, params[1]! + 2)).toBeLessThan(1e-8);
    expect(updates).toBeLessThan(most); // plain descent at the best constant rate needs about 10 000
  }
}

/** The number of evaluations of a run of five updates, with this trace; every step computes its objective. */
export function evaluationsOfFiveUpdates(optimizer: Optimizer, trace: "exact" | "running"): number {
  let evaluations = 0;
  const parabola = problemOf(([x], gradient) => {
    evaluations++;
    gradient[0] = x!;
    return 0.5 * x! * x!;
  }, 1);
  for (const step of train(parabola, optimizer, { start: Float64Array.of(1), epochs: 5, trace })) step.objective();
  return evaluations;
}

/**
 * A run on a function that falls slowly up to x = 0 and then rises steeply, with its minimum at 1e-4: the first long step ends far up
 * on the steep side, and the next update takes it back. Returns the start of this step, its end, where the next update ends instead,
 * the learning rates of both updates and the last x.
 */
export function stepBack(optimizer: Optimizer) {
  const wall = problemOf(([x], gradient) => {
    const up = Math.max(0, x!);
    gradient[0] = 1e4 * up - 1;
    return 0.5e4 * up * up - x!;
  }, 1);
  const start = -0.5;
  const steps: { x: number; value: number; rate: number; solution: number; objective: number }[] = [];
  for (const step of train(wall, optimizer, { start: Float64Array.of(start), epochs: 100 })) {
    const { params, solution, learningRate: rate } = step;
    steps.push({ x: params[0]!, value: step.batchLoss, rate, solution: solution[0]!, objective: step.objective() });
  }
  const back = steps.findIndex(({ value }, t) => t > 0 && value > 1000 * 0.5); // the value on the steep side
  const [tried, shorter] = [steps[back - 1]!, steps[back]!];
  const origin = back < 2 ? start : steps[back - 2]!.x;
  // If the run ends on the steep side, it returns the parameters before that step.
  expect(tried).toMatchObject({ solution: origin, objective: -origin });
  return {
    origin,
    tried: tried.x,
    shorter: shorter.x,
    rates: [tried.rate, shorter.rate],
    last: steps.at(-1)!.x,
  } as const;
}

/** Convex, and smooth except for l1, with columns of many scales: the condition numbers are from 1 to about 1e5. */
export const convexProblems: fc.Arbitrary<Problem> = fc
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

/** Expects that a run returns the parameters of the lowest value. Returns whether its last value is higher. */
export function expectLowest(problem: Problem, optimizer: Optimizer, epochs: number): boolean {
  const { shots, last } = run(problem, optimizer, { epochs, batchLosses: true });
  const end = evaluated(problem, last.params).value;
  const lowest = Math.min(...last.history.batchLosses!, end);
  expect(evaluated(problem, last.solution).value / lowest).toBeCloseTo(1, 12);
  expect(last.objective()).toBe(evaluated(problem, last.solution).value);
  expect(last.history.objective!.length).toBe(shots.length);
  for (const [t, value] of last.history.objective!.entries()) {
    if (t > 0) expect(value).toBeLessThanOrEqual(last.history.objective![t - 1]! * (1 + 1e-13));
  }
  return end > lowest * (1 + 1e-13);
}

/** Expects that a run of twelve updates continues from each of its states with the same bits. */
export function expectSameBitsFromEveryState(problem: Problem, optimizer: Optimizer): void {
  const states: State[] = [];
  for (const step of train(problem, optimizer, { epochs: 12 })) states.push(step.state());
  const uninterrupted = run(problem, optimizer, { epochs: 12 });
  for (const [i, state] of states.slice(0, -1).entries()) {
    const rest = run(problem, optimizer, { epochs: 12, resume: state });
    expect(rest.shots).toEqual(uninterrupted.shots.slice(i + 1));
    expect(rest.last.history).toEqual(uninterrupted.last.history);
  }
}
