// The bound where rounding errors decide: large columns whose products cancel, an almost perfect fit, and classes that only the computed
// scores separate. The true numbers are computed with integers, without any rounding.

import { expect, test } from "vitest";
import { bindLinearRows } from "../src/diagnosis/certificate/bindLinearRows.ts";
import { bindGap } from "../src/diagnosis/certificate/dualityGap.ts";
import { unmoved } from "../src/diagnosis/certificate/dualPoint.ts";
import { linearGap } from "../src/diagnosis/certificate/linearGap.ts";
import { linearProblem } from "../src/diagnosis/certificate/linearProblem.ts";
import {
  column,
  crossEntropy,
  dense,
  halfSquared,
  linear,
  logistic,
  type RiskOptions,
  random,
  risk,
  type Source,
} from "../src/index.ts";
import { allocate } from "../src/kernels/arena.ts";
import { wasmKernels } from "../src/kernels/wasm.ts";

const N = 40;
const L2 = 2 ** -80;
const BITS = 120n; // a number x is the integer x · 2^120

/** A float64 number as such an integer. */
function exact(x: number): bigint {
  let [integer, shift] = [x, BITS];
  for (; !Number.isInteger(integer); shift--) integer *= 2;
  return BigInt(integer) << shift;
}
const times = (a: bigint, b: bigint): bigint => (a * b) >> BITS;

/** The determinant of a matrix with 3 columns. */
const determinant = ([a, b, c]: readonly bigint[][]): bigint => {
  const minor = (i: number, j: number): bigint => times(b![i]!, c![j]!) - times(b![j]!, c![i]!);
  return times(a![0]!, minor(1, 2)) - times(a![1]!, minor(0, 2)) + times(a![2]!, minor(0, 1));
};

/** N · (objective − optimum) of least squares at the parameters: half of gᵀ H⁻¹ g. */
function exactGap(X: readonly number[][], y: Float64Array, params: Float64Array): number {
  const H = [0, 1, 2].map(() => [0n, 0n, 0n]);
  const g = [0n, 0n, 0n];
  const w = Array.from(params, exact);
  X.forEach((numbers, i) => {
    const x = [...numbers, 1].map(exact);
    const off = x.reduce((sum, each, j) => sum + times(each, w[j]!), -exact(y[i]!));
    x.forEach((each, j) => {
      g[j]! += times(off, each);
      for (let l = 0; l < 3; l++) H[j]![l]! += times(each, x[l]!);
    });
  });
  for (const j of [0, 1]) {
    H[j]![j]! += exact(N * L2);
    g[j]! += times(exact(N * L2), w[j]!);
  }
  const whole = determinant(H);
  const step = g.map((_, j) => determinant(H.map((row, i) => row.map((each, l) => (l === j ? g[i]! : each)))));
  const product = g.reduce((sum, each, j) => sum + times(each, step[j]!), 0n);
  return Number((product << BITS) / whole) / 2 ** Number(BITS) / 2 / N;
}

/** Rows with large columns, and the run of a regression at some parameters. */
function draw(seed: number) {
  const stream = random(seed);
  const X = Array.from({ length: N }, () => [0, 1].map(() => 2 ** 27 + Math.floor(stream.uniform() * 2 ** 20)));
  const half = Math.floor(stream.uniform() * 2 ** 20) / 2 ** 35;
  const params = Float64Array.of(1 + half, -1 - half, 0.5);
  const runWith = (targets: Float64Array) =>
    runOf(X, params, { predictor: linear(2), loss: halfSquared(), l2: L2, targets: column(targets) });
  return { X, params, runWith };
}

/** A run in float64 that is at some parameters. */
function runOf(
  X: readonly number[][],
  params: Float64Array,
  options: Pick<RiskOptions, "predictor" | "loss" | "l2"> & { targets: Source },
) {
  const inputs = dense({ data: Float64Array.from(X.flat()), rows: X.length, columns: X[0]!.length });
  const problem = risk({ ...options, inputs });
  return allocate(wasmKernels, "float64", (arena) => {
    const { memory, kernels } = arena;
    return {
      ...{ problem, objective: problem.bind(arena), memory, params, kernels, bindKernels: wasmKernels },
      ...{ newtonStep: null, value: null, solve: null, hingeSlopes: null },
    };
  });
}

test("columns of size 10⁸ whose products cancel: the bound is above the true gap, which stems from the rounding of scores", () => {
  for (let seed = 0; seed < 20; seed++) {
    const { X, params, runWith } = draw(seed);
    const y = new Float64Array(N);
    bindLinearRows(runWith(y))!.evaluate(halfSquared().spec!, { params, z: y }, new Float64Array(N), null); // the computed scores are the targets, the true ones are not
    const run = runWith(y);
    const gap = exactGap(X, y, params);
    for (const newtonStep of [null, Float64Array.of(1e-16, -1e-16, 1e-9)]) {
      const bound = linearGap(bindLinearRows(run)!, { ...run, newtonStep }, 20);
      expect(gap).toBeGreaterThan(1e5 * bound.objective); // so a bound without the errors of scores would be wrong
      expect(bound.gap).toBeGreaterThanOrEqual(gap);
      expect(bound.gap).toBeLessThan(1e-12); // the square of the largest error of a score: 18 roundings of numbers of size 10⁸
    }
  }
});

/** The score of a row with one score, without rounding until the end. */
const exactScore = (x: readonly number[], params: Float64Array): number =>
  Number([...x, 1].reduce((sum, each, j) => sum + times(exact(each), exact(params[j]!)), 0n)) / 2 ** Number(BITS);

test("classes that a plane separates: the bound is above the true objective, which is the true gap", () => {
  let higher = 0;
  for (let seed = 0; seed < 20; seed++) {
    const stream = random(seed);
    const { params } = draw(seed);
    const y = Float64Array.from({ length: N }, (_, i) => (i % 2 === 0 ? 1 : -1));
    const X = Array.from(y, (sign) => {
      const c = 2 ** 27 + Math.floor(stream.uniform() * 2 ** 20);
      return [c + sign * (1 + Math.floor(stream.uniform() * 3)), c];
    });
    const run = runOf(X, params, { predictor: linear(2), loss: logistic(), targets: column(y) });
    const bound = linearGap(bindLinearRows(run)!, run, 20);
    const gap = X.reduce((sum, x, i) => sum + Math.log1p(Math.exp(-y[i]! * exactScore(x, params))), 0) / N;
    if (gap > bound.objective * (1 + 1e-12)) higher++;
    expect(bound.separable).toBe(true);
    expect(bound.gap).toBeGreaterThanOrEqual(gap);
    expect(bound.gap).toBeLessThan(gap + 1e-5); // an error of a score is at most 18 roundings of numbers of size 10⁸
  }
  expect(higher).toBeGreaterThan(3); // so the computed objective alone would be wrong
});

test("classes that only the computed scores separate: nothing is said about a plane", () => {
  let wrong = 0;
  for (let seed = 0; seed < 100; seed++) {
    const stream = random(seed);
    const [a, c, m] = [0, 1, 2].map(() => 2 ** 26 + Math.floor(stream.uniform() * 2 ** 20)) as [number, number, number];
    const X = [0, 1, 2].map((i) => [a + i * m, c + i * m]); // the second row is the mean of the others
    const y = Float64Array.of(1, -1, 1); // so no plane separates the classes
    const w = 1 + Math.floor(stream.uniform() * 2 ** 20) / 2 ** 35;
    const params = Float64Array.of(w, -w, -w * (a - c));
    for (const k of [1, 2]) {
      const options =
        k === 1
          ? { predictor: linear(2), loss: logistic(), targets: column(y) }
          : { predictor: linear(2, 2), loss: crossEntropy(2), targets: column(y.map((sign) => +(sign > 0))) };
      const all = k === 1 ? params : Float64Array.of(0, 0, w, -w, 0, params[2]!);
      const run = runOf(X, all, options);
      const rows = bindLinearRows(run)!;
      const z = new Float64Array(3 * k);
      rows.evaluate(rows.loss, { params: all, z }, new Float64Array(3 * k), null);
      if (y.every((sign, i) => sign * z[k * i + k - 1]! > 0)) wrong++;
      expect(linearGap(rows, run, 20).separable).toBeUndefined();
    }
  }
  expect(wrong).toBeGreaterThan(5); // so the signs of the computed scores prove nothing
});

test.each([0, 1e-30])(
  "almost perfect classes with l2 = %s: the bound contains the error of the logarithm near 1",
  (l2) => {
    const gap = Math.log1p(Math.exp(-40)); // and the optimum is below 1e-25
    const params = Float64Array.of(-10, 10, 0, 0);
    const X = [[2], [-2], [2], [-2]];
    const options = {
      predictor: linear(1, 2),
      loss: crossEntropy(2),
      targets: column(Float64Array.of(1, 0, 1, 0)),
      l2,
    };
    const run = runOf(X, params, options);
    const bound = linearGap(bindLinearRows(run)!, run, 20);
    expect(bound.objective).toBeLessThan(gap / 1e8); // ln(1 + e^−40) is 0 in float64
    expect(bound.gap).toBeGreaterThanOrEqual(gap);
    expect(bound.gap).toBeLessThan(1e-14);
  },
);

test("almost perfect classes with a penalty: the bound contains the error of slopes whose sum must be 0", () => {
  let higher = 0;
  for (let at = 0; at < 100; at++) {
    const w = 16.5 + at / 100; // the scores of a row differ by 2 w
    const p = Math.exp(-2 * w) / (1 + Math.exp(-2 * w));
    const own = 1 - (1 - p); // as it is rounded
    const l2 = (own + p) / 2 / w; // so the computed gradient is 0
    const params = Float64Array.of(-w, w, 0, 0);
    const options = {
      predictor: linear(1, 2),
      loss: crossEntropy(2),
      targets: column(Float64Array.of(1, 0, 1, 0)),
      l2,
    };
    const run = runOf([[1], [-1], [1], [-1]], params, options);
    const problem = linearProblem(bindLinearRows(run)!);
    const point = problem.pointAt(params);
    const { gapOf } = bindGap(problem, point, { ...point, curvature: 0.5 });
    let best = w;
    for (let i = 0; i < 20; i++) best -= (l2 * best - Math.exp(-2 * best)) / (l2 + 2 * Math.exp(-2 * best));
    const change = w - best; // F(w) = ln(1 + e^−2w) + l2 w², near its minimum
    const gap = Math.exp(-2 * best) * (Math.expm1(-2 * change) + 2 * change) + l2 * change * change;
    // Without the means, which would show a part of the error.
    const { gap: bound } = gapOf({ ...unmoved(point), means: new Float64Array(2) }, 0);
    if (gap > 1e-19) higher++;
    expect(bound).toBeGreaterThanOrEqual(gap);
    expect(bound).toBeLessThan(1e-13);
  }
  expect(higher).toBeGreaterThan(10);
});
