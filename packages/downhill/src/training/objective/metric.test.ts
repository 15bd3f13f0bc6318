import { describe, expect, it } from "vitest";
import { norm, normals } from "../../../test/problems.ts";
import { random } from "../../core/random.ts";
import { elementTypeOf, type Vector } from "../../core/vector.ts";
import { allocate } from "../../kernels/arena.ts";
import { column, dense } from "../../kernels/source.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import type { LossSpec } from "../../losses/loss.ts";
import { lossFromSpec } from "../../losses/lossFromSpec.ts";
import { linear } from "../../predictors/linear.ts";
import type { Problem } from "./objective.ts";
import { risk } from "./risk.ts";

const draw = random(5).fork("metric");
const apart = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  norm(Array.from(a, (x, i) => x - b[i]!)) / norm(b);

/** The metric at some parameters, and products with the Hessian. */
function metricOf(problem: Problem, at: ArrayLike<number>) {
  const parts = allocate(wasmKernels, problem.elementType, (arena) => {
    const objective = problem.bind(arena);
    const vector = (): Vector => arena.vector(problem.size);
    return {
      ...{ curvature: objective.curvature!(arena), metric: objective.metric!(arena) },
      ...{ params: arena.vector(problem.size, (view) => view.set(at)), v: vector(), out: vector() },
    };
  });
  const { curvature, metric, params, v, out } = parts;
  metric?.measure(params);
  return {
    metric: metric!,
    hessianTimes(direction: ArrayLike<number>): Float64Array {
      v.set(direction);
      curvature.times(params, v, out);
      return Float64Array.from(out);
    },
  };
}

const cases: [LossSpec["loss"], number, Partial<LossSpec>][] = [
  ["halfSquared", 1, {}],
  ["halfSquared", 3, {}],
  ["logistic", 1, {}],
  ["poisson", 2, {}],
  ["crossEntropy", 2, {}],
];

describe.each(cases)("%s of %i outputs", (loss, k, numbers) => {
  const part = lossFromSpec({ loss, outputs: k, ...numbers });
  const n = 300;
  const d = 6;
  const y = Float64Array.from({ length: n * part.targets }, (_, i) => (loss === "logistic" ? (i % 2) * 2 - 1 : i % 2));
  const weights = Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 1.5 : 0.5));

  it.each(["float64", "float32"] as const)("%s: P⁻¹ H v = v, with weights and l2", (elementType) => {
    const as = (x: Float64Array): Vector => (elementType === "float64" ? x : Float32Array.from(x));
    const data = as(normals(draw, n * d).map((x, at) => x * (1 + (at % d))));
    expect(elementTypeOf(data)).toBe(elementType);
    const problem = risk({
      ...{ predictor: linear(d, k), loss: part, l2: 0.01, weights: column(weights) },
      ...{ inputs: dense({ data, rows: n, columns: d }), targets: dense({ data: y, rows: n, columns: part.targets }) },
    });
    const { metric, hessianTimes } = metricOf(
      problem,
      normals(draw, problem.size).map((x) => 0.1 * x),
    );
    const v = normals(draw, problem.size);
    // The two classes of crossEntropy are symmetric, so the exact Hessian is the metric for opposite directions of the classes, up to a factor 2.
    if (loss === "crossEntropy") {
      for (let j = 0; j < d; j++) v[d + j] = -v[j]!;
      v[2 * d + 1] = -v[2 * d]!;
    }
    const found = Float64Array.from(hessianTimes(v));
    metric.inverse!.solve(found);
    const expected = loss === "crossEntropy" ? found.map((x, i) => (x + v[i]!) / 2) : v;
    if (loss === "crossEntropy") {
      for (const [i, x] of found.entries()) expect(x / v[i]!).toBeGreaterThan(0.9);
      for (const [i, x] of found.entries()) expect(x / v[i]!).toBeLessThan(2.1);
    } else expect(apart(found, expected)).toBeLessThan(elementType === "float64" ? 1e-9 : 1e-4);
  });
});

it.each([...cases, ["crossEntropy", 3, {}] as const])(
  "%s of %i outputs with l1: a step leads to the minimum of the quadratic model with l1, with all second derivatives",
  (loss, k, numbers) => {
    const part = lossFromSpec({ loss, outputs: k, ...numbers });
    const [n, d, l1] = [200, 8, 0.01];
    const y = Float64Array.from({ length: n * part.targets }, (_, i) =>
      loss === "logistic" ? (i % 2) * 2 - 1 : i % k,
    );
    const problem = risk({
      ...{ predictor: linear(d, k), loss: part, l2: 0.01, l1 },
      ...{ weights: column(Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 1.5 : 0.5))) },
      inputs: dense({ data: normals(draw, n * d), rows: n, columns: d }),
      targets: dense({ data: y, rows: n, columns: part.targets }),
    });
    const w = normals(draw, problem.size).map((x, i) => (i % 3 === 0 ? 0 : 0.1 * x));
    const { metric, hessianTimes } = metricOf(problem, w);
    const g = normals(draw, problem.size).map((x) => 0.02 * x);
    if (loss === "crossEntropy") g[k * d] = -g.subarray(k * d + 1).reduce((sum, x) => sum + x, 0); // as in a gradient
    const step = g.slice();
    metric.step!(w, step);
    const z = w.map((x, i) => x - step[i]!);
    const change = hessianTimes(step);
    let zeros = 0;
    for (let i = 0; i < z.length; i++) {
      const slope = g[i]! - change[i]!;
      if (i >= k * d) expect(Math.abs(slope)).toBeLessThan(1e-7);
      else if (z[i] !== 0) expect(Math.abs(slope + l1 * Math.sign(z[i]!))).toBeLessThan(1e-7);
      else {
        zeros++;
        expect(Math.abs(slope)).toBeLessThan(l1 + 1e-7);
      }
    }
    expect(zeros).toBeGreaterThan(0);
    expect(zeros).toBeLessThan(k * d);
  },
);

it("crossEntropy: the curvature of the same change in all classes is l2", () => {
  const [n, d, k] = [50, 3, 4];
  const y = Float64Array.from({ length: n }, (_, i) => i % k);
  const problem = risk({
    ...{ predictor: linear(d, k), loss: lossFromSpec({ loss: "crossEntropy", outputs: k }), l2: 0.02 },
    ...{ inputs: dense({ data: normals(draw, n * d), rows: n, columns: d }), targets: column(y) },
  });
  const { metric } = metricOf(problem, normals(draw, problem.size));
  const same = new Float64Array(problem.size);
  for (let c = 0; c < k; c++) for (let j = 0; j < d; j++) same[c * d + j] = 1 + j;
  const found = same.slice();
  metric.inverse!.solve(found);
  expect(
    apart(
      found.subarray(0, k * d),
      same.subarray(0, k * d).map((x) => x / 0.02),
    ),
  ).toBeLessThan(1e-12);
});

it("many rows: a sample gives nearly the same metric, also for a column that is 0 in the sample", () => {
  const [n, d] = [30_000, 4];
  const data = normals(draw, n * d);
  for (let i = 0; i < n; i++) data[i * d + 3] = i > 29_000 && i < 29_050 ? 1 : 0; // in 49 of 30 000 rows
  const problem = risk({
    ...{ predictor: linear(d), loss: lossFromSpec({ loss: "halfSquared", outputs: 1 }), l2: 0 },
    ...{ inputs: dense({ data, rows: n, columns: d }), targets: column(new Float64Array(n)) },
  });
  const { metric, hessianTimes } = metricOf(problem, new Float64Array(d + 1));
  expect(metric.cost).toBeLessThan(3);
  for (let j = 0; j < d; j++) {
    const unit = Float64Array.from({ length: d + 1 }, (_, i) => (i === j ? 1 : 0));
    const found = hessianTimes(unit);
    metric.inverse!.solve(found);
    expect(found[j]!).toBeGreaterThan(0.5);
    expect(found[j]!).toBeLessThan(1.5);
  }
});

it("dependent columns, columns of zeros and columns of very different sizes have a metric", () => {
  const n = 40;
  const base = normals(draw, n);
  const other = normals(draw, n);
  const data = Float64Array.from({ length: 5 * n }, (_, at) => {
    const [i, j] = [Math.floor(at / 5), at % 5];
    return [base[i]!, 2 * base[i]!, 0, 1e8 * other[i]!, 1e-6 * (base[i]! - other[i]!)][j]!;
  });
  const problem = risk({
    ...{ predictor: linear(5), loss: lossFromSpec({ loss: "halfSquared", outputs: 1 }) },
    ...{ inputs: dense({ data, rows: n, columns: 5 }), targets: column(base) },
  });
  const { metric } = metricOf(problem, new Float64Array(6));
  const g = normals(draw, 6);
  metric.inverse!.solve(g);
  expect(g.every(Number.isFinite)).toBe(true);
});

it("there is none for 1024 columns", () => {
  const problem = risk({
    ...{ predictor: linear(1024), loss: lossFromSpec({ loss: "halfSquared", outputs: 1 }) },
    ...{
      inputs: dense({ data: new Float64Array(2048), rows: 2, columns: 1024 }),
      targets: column(new Float64Array(2)),
    },
  });
  expect(metricOf(problem, new Float64Array(1025)).metric).toBeNull();
});

it("with l1, crossEntropy has none for more than 1024 parameters", () => {
  const metricFor = (d: number, l1: number) => {
    const loss = lossFromSpec({ loss: "crossEntropy", outputs: 4 });
    const inputs = dense({ data: new Float64Array(8 * d), rows: 8, columns: d });
    const targets = column(Float64Array.from({ length: 8 }, (_, i) => i % 4));
    return metricOf(risk({ predictor: linear(d, 4), loss, inputs, targets, l1 }), new Float64Array(4 * (d + 1))).metric;
  };
  expect([metricFor(256, 0.1), metricFor(256, 0) === null, metricFor(255, 0.1) === null]).toEqual([null, false, false]);
});
