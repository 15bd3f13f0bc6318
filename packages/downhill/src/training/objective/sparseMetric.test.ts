import { describe, expect, it } from "vitest";
import { normals } from "../../../test/problems.ts";
import { randomSparse } from "../../../test/randomSparse.ts";
import { factorize, solveFactorized } from "../../core/cholesky.ts";
import { random } from "../../core/random.ts";
import { type AnyMatrix, type SparseMatrix, toDense } from "../../core/sparse.ts";
import type { FittedTable } from "../../estimators/fitted/fittedTable.ts";
import { linearRegression } from "../../estimators/linearRegression.ts";
import { linearSvm } from "../../estimators/linearSvm.ts";
import { logisticRegression } from "../../estimators/logisticRegression.ts";
import { allocate } from "../../kernels/arena.ts";
import { column, dense, sparseRows } from "../../kernels/source.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import type { LossSpec } from "../../losses/loss.ts";
import { lossFromSpec } from "../../losses/lossFromSpec.ts";
import { linear } from "../../predictors/linear.ts";
import { risk } from "./risk.ts";

const draw = random(5).fork("sparse metric");
const N = 200;
const D = 9;
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a, (x, i) => x * b[i]!).reduce((x, y) => x + y, 0);

interface Shape {
  readonly loss: LossSpec["loss"];
  readonly k: number;
  readonly elementType: "float64" | "float32";
}

function problemOf({ loss, k, elementType }: Shape, l2 = 0.01, l1 = 0) {
  const y = normals(draw, N * k).map((z) => (loss === "halfSquared" ? z : Math.sign(z)));
  const weights = Float64Array.from({ length: N }, (_, i) => (i % 2 === 0 ? 1.5 : 0.5));
  return risk({
    ...{ predictor: linear(D, k), loss: lossFromSpec({ loss, outputs: k }), l2, l1, weights: column(weights) },
    ...{
      inputs: sparseRows(randomSparse(N, D, 0.4, 2, elementType)),
      targets: dense({ data: y, rows: N, columns: k }),
    },
  });
}

/** The metric measured at some parameters, a gradient, and the matrix of the second derivatives there. */
function partsOf(shape: Shape) {
  const problem = problemOf(shape);
  const { size } = problem;
  const parts = allocate(wasmKernels, shape.elementType, (arena) => {
    const objective = problem.bind(arena);
    const params = arena.vector(size, (view) => view.set(normals(draw, size)));
    const [v, out] = [arena.vector(size), arena.vector(size)];
    const gradient = arena.vector(size, (view) => view.set(normals(draw, size)));
    return { curvature: objective.curvature!(arena), metric: objective.metric!(arena)!, params, v, out, gradient };
  });
  const { curvature, metric, params, v, out } = parts;
  metric.measure(params);
  const H = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    v.fill(0)[j] = 1;
    curvature.times(params, v, out);
    H.set(out, j * size);
  }
  return { ...parts, H, size };
}

const shapes: readonly Shape[] = (["float64", "float32"] as const).flatMap((elementType) => [
  { loss: "halfSquared", k: 1, elementType },
  { loss: "halfSquared", k: 3, elementType },
  { loss: "logistic", k: 1, elementType },
  { loss: "squaredHinge", k: 1, elementType },
  { loss: "squaredHinge", k: 3, elementType },
]);

describe.each(shapes)("$loss with $k scores, $elementType", (shape) => {
  it("a step is near the minimum of the quadratic model, and exact for the intercepts", () => {
    const { metric, params, gradient, H, size } = partsOf(shape);
    expect(metric.measured).toBe(true);
    expect(metric.inverse).toBeUndefined();
    const g = Float64Array.from(gradient);
    const fall = metric.step!(params, gradient);
    const p = Float64Array.from(gradient);
    const Hp = Float64Array.from({ length: size }, (_, j) => dot(H.subarray(j * size, (j + 1) * size), p));
    const solution = g.slice();
    const factor = H.slice();
    expect(factorize(factor, size)).toBe(true);
    solveFactorized(factor, solution);
    const tolerance = shape.elementType === "float64" ? 1e-12 : 1e-5;
    expect(Math.abs(fall - dot(g, p))).toBeLessThan(tolerance * fall);
    expect(dot(g, p) - 0.5 * dot(p, Hp)).toBeGreaterThan(0.97 * 0.5 * dot(g, solution));
    for (let j = shape.k * D; j < size; j++) expect(Math.abs(Hp[j]! - g[j]!)).toBeLessThan(100 * tolerance);
  });
});

it("there is a metric with l2 and without l1, for losses whose scores have second derivatives of their own", () => {
  const metricOf = (loss: LossSpec["loss"], k: number, l2: number, l1: number) =>
    allocate(wasmKernels, "float64", (arena) =>
      problemOf({ loss, k, elementType: "float64" }, l2, l1).bind(arena).metric!(arena),
    );
  expect(metricOf("logistic", 1, 0.01, 0)).not.toBe(null);
  expect(metricOf("logistic", 1, 0, 0)).toBe(null);
  expect(metricOf("logistic", 1, 0.01, 0.01)).toBe(null);
  expect(metricOf("huber", 1, 0.01, 0)).toBe(null);
});

/** Columns whose sizes are between 0.01 and 100. */
function raw(rows: number, columns: number): SparseMatrix {
  const X = randomSparse(rows, columns, 0.1, 4);
  const stream = random(6);
  const sizes = Float64Array.from({ length: columns }, () => 10 ** (4 * stream.uniform() - 2));
  return { ...X, values: Float64Array.from(X.values, (x, e) => x * sizes[X.indices[e]!]!) };
}

/** Fits a model until at most a share of the objective remains. */
type Fit = (X: AnyMatrix, y: Float64Array, remaining: number) => FittedTable & { params(): Float64Array };
const common = { standardize: false } as const;
const models: readonly [string, Fit][] = [
  ["logistic", (X, y, remaining) => logisticRegression({ ...common, stop: { remaining } }).fit(X, y)],
  ["squared hinge", (X, y, remaining) => linearSvm({ ...common, loss: "squaredHinge", stop: { remaining } }).fit(X, y)],
  ["least squares", (X, y, remaining) => linearRegression({ ...common, l2: 1e-3, stop: { remaining } }).fit(X, y)],
];

describe.each(models)("%s on raw sparse columns", (name, fit) => {
  const X = raw(500, 120);
  const z = normals(draw, X.columns);
  const scores = Float64Array.from({ length: X.rows }, (_, i) => {
    let sum = draw.normal();
    for (let e = X.indptr[i]!; e < X.indptr[i + 1]!; e++) sum += (X.values[e]! * z[X.indices[e]!]!) / 10;
    return sum;
  });
  const y = name === "least squares" ? scores : scores.map(Math.sign);
  it("ends after at most 12 updates, at the parameters of the dense rows", () => {
    const fitted = fit(X, y, 1e-9);
    expect(fitted.stopped).toBe("converged");
    expect(fitted.updates).toBeLessThanOrEqual(12);
    const expected = fit(toDense(X), y, 1e-12).params();
    const largest = expected.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    for (const [j, x] of fitted.params().entries()) expect(Math.abs(x - expected[j]!)).toBeLessThan(1e-3 * largest);
  });

  it("the rule `remaining` holds: the objective is at most the allowed share above the optimum", () => {
    const optimum = fit(toDense(X), y, 1e-13).history.objective!.at(-1)!;
    const constant = name === "least squares" ? dot(y, y) / y.length / 2 : 1; // at least the lowest loss of a constant
    for (const remaining of [0.1, 1e-2, 1e-3, 1e-4, 1e-6, 1e-9]) {
      const found = fit(X, y, remaining).history.objective!.at(-1)!;
      expect(found - optimum).toBeLessThanOrEqual(remaining * found + remaining * remaining * constant);
    }
  });
});
