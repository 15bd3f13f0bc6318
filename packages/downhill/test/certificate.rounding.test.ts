// The bound where rounding errors of the scores decide: large columns whose products cancel, and an almost perfect fit. The true gap is
// computed with integers, without any rounding.

import { expect, test } from "vitest";
import { bindLinearRows } from "../src/diagnosis/certificate/bindLinearRows.ts";
import { linearGap } from "../src/diagnosis/certificate/linearGap.ts";
import { column, dense, halfSquared, linear, random, risk } from "../src/index.ts";
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
  const runWith = (targets: Float64Array) => {
    const problem = risk({
      ...{ predictor: linear(2), loss: halfSquared(), l2: L2 },
      ...{ inputs: dense({ data: Float64Array.from(X.flat()), rows: N, columns: 2 }), targets: column(targets) },
    });
    return allocate(wasmKernels, "float64", (arena) => {
      const { memory, kernels } = arena;
      return {
        ...{ problem, objective: problem.bind(arena), memory, params, kernels, bindKernels: wasmKernels },
        ...{ newtonStep: null, value: null, solve: null, hingeSlopes: null },
      };
    });
  };
  return { X, params, runWith };
}

test("columns of size 10⁸ whose products cancel: the bound is above the true gap, which stems from the rounding of scores", () => {
  for (let seed = 0; seed < 20; seed++) {
    const { X, params, runWith } = draw(seed);
    const y = new Float64Array(N);
    bindLinearRows(runWith(y))!.scores({ params, z: y }); // the computed scores are the targets, the true ones are not
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
