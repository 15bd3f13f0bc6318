// Every objective: its gradient is the derivative of its value, parts add up to the total, and only the gradient changes. It is
// compared with difference quotients, with the textbook formula, and with the reference kernels.

import { describe, expect, it } from "vitest";
import { random } from "../src/core/random.ts";
import { allRows } from "../src/core/rows.ts";
import { hessianTimes } from "../src/diagnosis/curvature/hessianTimes.ts";
import { referenceKernels } from "../src/kernels/reference.ts";
import { column, dense } from "../src/kernels/source.ts";
import { wasmKernels } from "../src/kernels/wasm.ts";
import { crossEntropy } from "../src/losses/crossEntropy.ts";
import { factors } from "../src/predictors/factors.ts";
import { linear } from "../src/predictors/linear.ts";
import { network } from "../src/predictors/network.ts";
import { laneCount } from "../src/training/objective/evaluate.ts";
import type { Problem } from "../src/training/objective/objective.ts";
import { risk } from "../src/training/objective/risk.ts";
import { cases } from "./cases.ts";
import { drawTrial, type Kind, kinds, leaves, type Trial } from "./objectiveTrial.ts";
import { derivatives, sides } from "./oracles/scalar.ts";
import { apart, bits, bound, classification, evaluated, normals, ratings, regression } from "./problems.ts";

/** Every pair of weights, l2 and, for factors, perRating; without it, none of them and both. With all cases every combination. */
const seedsOf = ({ predictor }: Kind): readonly number[] =>
  cases(predictor === "factors" ? [0, 3, 5, 6] : [0, 3], [0, 1, 2, 3, 4, 5, 6, 7]);
const STEP = 1e-3; // error ~ STEP⁴ f⁽⁵⁾/30 + ε|f|/STEP, both near 1e-12

/** Whether no a in max(0, a) changes its sign within the difference, so that the objective is smooth there. */
function smooth(trial: Trial): boolean {
  const params = Float64Array.from(trial.params);
  const here = sides(trial.textbook(leaves(params)));
  if (here === "") return true;
  return params.every((centre, i) =>
    [-2, -1, 1, 2].every((times) => {
      params[i] = centre + times * STEP;
      const there = sides(trial.textbook(leaves(params)));
      params[i] = centre;
      return there === here;
    }),
  );
}

/** The first smooth draw of a kind from a seed on, and the number of draws that were rejected. */
function smoothTrial(kind: Kind, seed: number): { trial: Trial; rejected: number } {
  for (let rejected = 0; ; rejected++) {
    const trial = drawTrial(kind, seed + 8 * rejected);
    if (smooth(trial)) return { trial, rejected };
  }
}

/** (f(−2h) − 8 f(−h) + 8 f(h) − f(2h)) / 12h along each parameter. */
function differences(trial: Trial): number[] {
  const { problem } = trial;
  const { evaluate, params, gradient } = bound(problem, trial.params);
  const at = (i: number, x: number): number => {
    const centre = params[i]!;
    params[i] = x;
    const value = evaluate(params, allRows(problem.examples), gradient);
    params[i] = centre;
    return value;
  };
  return Array.from(trial.params, (x, i) => {
    const far = at(i, x - 2 * STEP) - at(i, x + 2 * STEP);
    const near = at(i, x + STEP) - at(i, x - STEP);
    return (far + 8 * near) / (12 * STEP);
  });
}

/** The Hessian by columns: the same differences of the gradient. */
function hessianByDifferences({ problem, params: centre }: Trial): number[][] {
  const { evaluate, params, gradient } = bound(problem, centre);
  const at = (j: number, step: number): Float64Array => {
    params[j] = centre[j]! + step;
    evaluate(params, allRows(problem.examples), gradient);
    params[j] = centre[j]!;
    return Float64Array.from(gradient);
  };
  return Array.from(centre, (_, j) => {
    const [far2, near2, near, far] = [-2, -1, 1, 2].map((times) => at(j, times * STEP));
    return Array.from(far!, (_, i) => (far2![i]! - far![i]! + 8 * (near![i]! - near2![i]!)) / (12 * STEP));
  });
}

const drawn = kinds.map((kind) => ({
  kind,
  name: kind.name,
  draws: seedsOf(kind).map((seed) => smoothTrial(kind, seed)),
}));

describe.each(drawn)("$name", ({ draws }) => {
  const trials = draws.map(({ trial }) => trial);

  it("has a gradient equal to the difference quotient of its value", () => {
    for (const trial of trials) {
      const { gradient } = evaluated(trial.problem, trial.params);
      expect(apart(gradient, differences(trial))).toBeLessThan(1e-8);
    }
  });

  it("has the value and gradient of the textbook's formula", () => {
    for (const trial of trials) {
      const params = leaves(trial.params);
      const formula = trial.textbook(params);
      const { value, gradient } = evaluated(trial.problem, trial.params);
      expect(Math.abs(value - formula.value)).toBeLessThan(1e-12 * Math.max(formula.value, 1e-3));
      expect(apart(gradient, derivatives(formula, params))).toBeLessThan(1e-12);
    }
  });

  it("has products with its Hessian equal to the differences of its gradients", () => {
    for (const trial of trials) {
      const v = normals(random(2), trial.params.length);
      const expected = hessianByDifferences(trial).map((row) => row.reduce((sum, entry, j) => sum + entry * v[j]!, 0));
      const product = hessianTimes(trial.problem, trial.params, v);
      expect(apart(product, expected)).toBeLessThan(1e-8);
      const reference = hessianTimes(trial.problem, trial.params, v, { kernels: referenceKernels });
      expect(apart(product, reference)).toBeLessThan(1e-13);
    }
  });

  it("agrees with the reference kernels up to rounding", () => {
    for (const { problem, params } of trials) {
      const [module, reference] = [wasmKernels, referenceKernels].map((kernels) =>
        evaluated(problem, params, { kernels }),
      );
      // About 100 terms of size 1 to 100, each with a relative rounding error of 1e-16.
      expect(Math.abs(module!.value - reference!.value)).toBeLessThan(1e-13 * Math.max(reference!.value, 1e-3));
      expect(apart(module!.gradient, reference!.gradient)).toBeLessThan(1e-13);
    }
  });

  it("is the sum of its parts in any order, and its loss is the sum without penalty", () => {
    for (const [seed, trial] of trials.entries()) {
      const { examples, size } = trial.problem;
      const order = random(seed).permutation(examples);
      const all = bound(trial.problem, trial.params, order);
      const total = all.objective.add(all.params, allRows(examples), all.gradient);
      const loss = all.objective.loss(all.params, allRows(examples));
      expect(trial.perRating > 0 ? loss < total : Math.abs(loss - total) <= 1e-14 * total).toBe(true);
      for (const rowOrder of [null, all.order]) {
        const parts = bound(trial.problem, trial.params, order);
        const cut = Math.floor(examples / 3);
        let sum = 0;
        for (const [from, to] of [
          [0, cut],
          [cut, examples],
        ] as const) {
          sum += parts.objective.add(parts.params, { order: rowOrder && parts.order, from, to }, parts.gradient);
        }
        expect(Math.abs(sum - total)).toBeLessThanOrEqual(1e-13 * Math.max(total, 1e-3));
        expect(apart(parts.gradient, all.gradient)).toBeLessThan(1e-13);
        expect(size).toBe(parts.gradient.length);
      }
    }
  });

  it("changes only the gradient, to which it adds", () => {
    for (const trial of trials) {
      const { examples } = trial.problem;
      const kept = trial.arrays.map((array) => array.slice());
      const order = random(1).permutation(examples);
      const one = bound(trial.problem, trial.params, order);
      const rows = { order: one.order, from: 0, to: examples };
      const sum = one.objective.add(one.params, rows, one.gradient);
      const alone = Float64Array.from(one.gradient);
      one.gradient.fill(1000);
      expect(one.objective.add(one.params, rows, one.gradient)).toBe(sum);
      const added = one.gradient.map((entry) => entry - 1000);
      expect(apart(added, alone, 1)).toBeLessThan(1e-11); // 13 additions at 1000: 1e-13 each
      one.objective.finish(one.params, rows, sum, one.gradient);
      one.objective.loss(one.params, rows);
      expect(bits(one.params)).toEqual(bits(trial.params));
      expect([...one.order!]).toEqual([...order]);
      expect(rows).toEqual({ order: one.order, from: 0, to: examples });
      expect(trial.arrays).toEqual(kept);
    }
  });
});

describe("the draws", () => {
  const all = drawn.flatMap(({ draws }) => draws);
  const count = (holds: (draw: (typeof all)[number]) => boolean): number => all.filter(holds).length;

  it("cover shapes, weights and penalties", () => {
    const losses = new Set(kinds.map(({ loss }) => loss)).size;
    expect(losses).toBeGreaterThan(4);
    expect(kinds.length).toBe(losses * (1 + 6 + 2)); // linear, six networks, factors with and without biases
    const shapes = new Set(all.map(({ trial }) => JSON.stringify(trial.shape)));
    expect(shapes.size).toBeGreaterThan(all.length / 3);
    for (const n of [1, 2, 3, 4, 5, 7, 9, 12, 13]) expect(count(({ trial }) => trial.shape.n === n)).toBeGreaterThan(5);
    for (const d of [1, 2, 3, 5, 6]) expect(count(({ trial }) => trial.shape.d === d)).toBeGreaterThan(20);
    for (const k of [1, 2, 3, 4]) expect(count(({ trial }) => trial.shape.k === k)).toBeGreaterThan(20);
    for (const h of [1, 5]) expect(count(({ trial }) => trial.shape.hidden.includes(h))).toBeGreaterThan(20);
    for (const half of [count(({ trial }) => trial.weighted), count(({ trial }) => trial.l2 > 0)]) {
      expect(half).toBe(all.length / 2);
    }
    expect(count(({ trial }) => trial.perRating > 0)).toBe(2 * losses * cases(2, 4));
  });

  it("are on both sides of every kink, and few are rejected", () => {
    for (const { kind, name, draws } of drawn) {
      const text = draws.map(({ trial }) => sides(trial.textbook(leaves(trial.params)))).join("");
      const kinked =
        /inge|huber|absolute|pinball/.test(kind.loss) || (kind.predictor === "network" && kind.activation === "relu");
      expect(/\+.*-|-.*\+/.test(text), name).toBe(kinked);
    }
    const rejected = all.reduce((total, draw) => total + draw.rejected, 0);
    expect(rejected).toBeGreaterThan(0); // the check rejects some draws
    expect(rejected).toBeLessThan(all.length / 2);
  });
});

/** A problem of n rows for each predictor, at some parameters. */
const ofRows: readonly (readonly [name: string, blockRows: number, make: (n: number) => Problem])[] = [
  ["linear", linear(40).blockRows, (n) => classification(n, 40).problem],
  ["network", network(3, [4], 3, "tanh").blockRows, (n) => threeClasses(n)],
  ["factors", factors(9, 8, 3).blockRows, (n) => ratings(9, 8, n, { biases: true, perRating: 0.1 })],
];

function threeClasses(n: number): Problem {
  const draw = random(3).fork("three");
  return risk({
    predictor: network(3, [4], 3, "tanh"),
    loss: crossEntropy(3),
    inputs: dense({ data: normals(draw, 3 * n), rows: n, columns: 3 }),
    targets: column(Float64Array.from({ length: n }, (_, i) => i % 3)),
  });
}

describe.each(ofRows)("blocks of %s", (_, blockRows, make) => {
  it.each([
    ["one row less than a block", -1, 1],
    ["a block", 0, 1],
    ["one row more", 1, 1],
    ["two blocks and seven rows", 7, 2],
  ])("%s: single rows give the same sums", (_, more, blocks) => {
    const n = blocks * blockRows + more;
    const problem = make(n);
    const draw = random(n);
    const at = normals(draw, problem.size).map((x) => 0.5 * x);
    const order = draw.permutation(n);
    for (const rowOrder of [undefined, order]) {
      const all = bound(problem, at, rowOrder);
      expect(all.objective.blockRows).toBe(Math.min(blockRows, n));
      const total = all.objective.add(all.params, { order: all.order, from: 0, to: n }, all.gradient);
      const single = bound(problem, at);
      let sum = 0;
      for (let i = 0; i < n; i++) {
        sum += single.objective.add(single.params, { order: null, from: i, to: i + 1 }, single.gradient);
      }
      expect(Math.abs(total / sum - 1)).toBeLessThan(1e-13);
      expect(apart(all.gradient, single.gradient)).toBeLessThan(1e-13);
    }
    const v = normals(draw, problem.size);
    const steps = [-1e-3, 1e-3].map(
      (step) =>
        evaluated(
          problem,
          at.map((x, j) => x + step * v[j]!),
        ).gradient,
    );
    const change = steps[1]!.map((entry, j) => (entry - steps[0]![j]!) / 2e-3);
    expect(apart(hessianTimes(problem, at, v), change)).toBeLessThan(2e-4);
  });
});

describe("lanes", () => {
  const problem = regression(20011, 66, { l2: 0.1 }).problem; // blocks of 96 rows
  const at = normals(random(6), 67);

  it("have enough work each, also compared with adding up their gradients", () => {
    expect([1, 3912, 3913, 7826, 15651, 1e6].map((rows) => laneCount(rows, 67, 67))).toEqual([1, 1, 2, 4, 8, 8]);
    expect([64, 255, 256, 512, 1024, 1e6].map((rows) => laneCount(rows, 1e5, 1e5))).toEqual([1, 1, 2, 4, 8, 8]);
  });

  it.each([3912, 3913, 16384, 20011])("%i rows: value and gradient equal the plain sums", (to) => {
    for (const order of [undefined, random(4).permutation(20011)]) {
      const { objective, evaluate, params, gradient, ...held } = bound(problem, at, order);
      const rows = { order: held.order, from: 0, to };
      const value = evaluate(params, rows, gradient);
      const lanes = Float64Array.from(gradient);
      const plain = objective.finish(params, rows, objective.add(params, rows, gradient.fill(0)), gradient);
      expect(Math.abs(value / plain - 1)).toBeLessThan(1e-13);
      expect(apart(lanes, gradient)).toBeLessThan(1e-13);
      // With fewer rows, one lane is the plain sum; with more, the order of the additions differs.
      expect(bits(lanes).join() === bits(gradient).join() && value === plain).toBe(to < 3913);
    }
  });

  it.each([
    [0, 20011],
    [3, 16899], // 8 × 22 whole blocks
    [1000, 17145], // the last block has 17 rows
  ])("rows %i to %i: the bits do not depend on the thread or the time at which a lane is computed", (from, to) => {
    const order = random(5).permutation(20011);
    const run = bound(problem, at, order);
    const value = run.evaluate(run.params, { order: run.order, from, to }, run.gradient);
    const again = bound(problem, at, order);
    again.evaluate(again.params, allRows(17000), again.gradient); // the memory of the lanes then has other sums
    expect(again.evaluate(again.params, { order: again.order, from, to }, again.gradient)).toBe(value);
    expect(bits(again.gradient)).toEqual(bits(run.gradient));

    // Eight lanes, the last one first, each with its own memory; then the fixed tree.
    const blockRows = run.objective.blockRows;
    const laneRows = Math.ceil(Math.ceil((to - from) / blockRows) / 8) * blockRows;
    const lanes = Array.from({ length: 8 }, (_, l) => 7 - l).map((l) => {
      const worker = bound(problem, at, order);
      const [first, last] = [from + l * laneRows, from + (l + 1) * laneRows].map((row) => Math.min(row, to));
      const rows = { order: worker.order, from: first!, to: last! };
      const sum = worker.objective.add(worker.params, rows, worker.gradient);
      return [sum, ...worker.gradient];
    });
    const tree = (all: readonly number[][]): number[] =>
      all.length === 1
        ? all[0]!
        : tree(all.flatMap((lane, l) => (l % 2 === 0 ? [lane.map((entry, i) => entry + all[l + 1]![i]!)] : [])));
    const [sum, ...gradient] = tree(lanes.reverse());
    const last = bound(problem, at);
    last.gradient.set(gradient);
    expect(last.objective.finish(last.params, { order: null, from, to }, sum!, last.gradient)).toBe(value);
    expect(bits(last.gradient)).toEqual(bits(run.gradient));
  });
});

describe("penalties", () => {
  it("l2 applies to the weights and not to the intercepts", () => {
    const [plain, ridge] = [0, 0.3].map((l2) => evaluated(regression(9, 2, { l2 }).problem, [2, -3, 5]));
    expect(ridge!.value - plain!.value).toBeCloseTo(0.15 * 13, 12);
    const pull = ridge!.gradient.map((g, i) => g - plain!.gradient[i]!);
    expect(apart(pull, [0.6, -0.9, 0])).toBeLessThan(1e-14);
  });

  it("l1 counts in the value, not in the gradient, and shrinks only the weights", () => {
    const { problem } = regression(9, 2, { l1: 0.3 });
    const [plain, lasso] = [regression(9, 2).problem, problem].map((one) => evaluated(one, [2, -3, 5]));
    expect(lasso!.value - plain!.value).toBeCloseTo(0.3 * 5, 12);
    expect(lasso!.gradient).toEqual(plain!.gradient);
    const { objective, params } = bound(problem, [2, -0.1, 0.1]);
    objective.proximal!(params, 0.5);
    expect([...params]).toEqual([1.85, 0, 0.1]);
    expect(bound(regression(9, 2).problem, [0, 0, 0]).objective.proximal).toBeUndefined();
  });

  it("penalties must be finite and not negative", () => {
    for (const wrong of [-1, Number.NaN, Infinity]) {
      for (const name of ["l1", "l2"]) {
        const sentence = `risk: ${name} must be a finite number of at least 0, got ${wrong}. Pass 0 or more.`;
        expect(() => regression(3, 1, { [name]: wrong })).toThrow(new RangeError(sentence));
      }
    }
  });

  it("factors name the parameters that a batch reaches, unless a penalty reaches all", () => {
    const reach = (options: object) => bound(ratings(5, 4, 12, options), new Float64Array(27)).objective.touched;
    expect(reach({ perRating: 0.1 })).toBeDefined();
    expect(reach({ l2: 0.1 })).toBeUndefined();
    expect(reach({ l1: 0.1 })).toBeUndefined();
    expect(bound(regression(3, 1).problem, [0, 0]).objective.touched).toBeUndefined();
  });
});
