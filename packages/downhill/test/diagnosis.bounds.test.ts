// The bounds of the curvature at all parameters, the sharpness of a run, and the columns that depend on others.

import { describe, expect, it } from "vitest";
import { random } from "../src/core/random.ts";
import { collinearColumns } from "../src/diagnosis/curvature/collinearColumns.ts";
import { curvature } from "../src/diagnosis/curvature/curvature.ts";
import { hessianTimes, partsOf } from "../src/diagnosis/curvature/hessianTimes.ts";
import { linearBounds } from "../src/diagnosis/curvature/linearBounds.ts";
import { sharpnessTracker } from "../src/diagnosis/curvature/sharpness.ts";
import { column, dense } from "../src/kernels/source.ts";
import { wasmKernels } from "../src/kernels/wasm.ts";
import { crossEntropy } from "../src/losses/crossEntropy.ts";
import { halfSquared } from "../src/losses/halfSquared.ts";
import { plain } from "../src/optimizers/plain.ts";
import { factors } from "../src/predictors/factors.ts";
import { linear } from "../src/predictors/linear.ts";
import { network } from "../src/predictors/network.ts";
import type { Problem } from "../src/training/objective/objective.ts";
import { risk } from "../src/training/objective/risk.ts";
import { train } from "../src/training/train.ts";
import { cases } from "./cases.ts";
import { drawTrial, kinds } from "./objectiveTrial.ts";
import { classification, normals, regression } from "./problems.ts";

const boundsOf = (problem: Problem, names?: readonly string[]) =>
  linearBounds(partsOf("test", problem, wasmKernels).data!, { ...(names && { names }) });

const dependentIn = (problem: Problem, names?: readonly string[]) =>
  collinearColumns(partsOf("test", problem, wasmKernels).data!, wasmKernels, names);

describe("the bounds at all parameters", () => {
  it.each(kinds.filter(({ predictor }) => predictor === "linear"))("$name", (kind) => {
    for (let seed = 0; seed < cases(8, 16); seed++) {
      const { problem, shape, l2 } = drawTrial(kind, seed, 13);
      const bounds = boundsOf(problem);
      if (["hinge", "poisson"].includes(kind.loss)) {
        expect(bounds).toMatchObject({ ofLoss: null, everywhere: null });
        continue;
      }
      const { largest, largestBound } = bounds.everywhere!;
      expect(largestBound).toBeGreaterThanOrEqual(largest);
      const draw = random(seed);
      for (let i = 0; i < cases(6, 10); i++) {
        const params = normals(draw, problem.size).map((x) => (i * x) / 5);
        expect(curvature(problem, { params }).largest).toBeLessThanOrEqual(largest * (1 + 1e-12));
      }
      if (/huber|absolute|pinball/.test(kind.loss)) {
        expect(curvature(problem)).toEqual(bounds.everywhere);
        expect(curvature(problem, { params: new Float64Array(problem.size) }).largest).toBeLessThanOrEqual(largest);
      }
      if (kind.loss === "halfSquared") expect(curvature(problem).largest / largest).toBeCloseTo(1, 12);
      // The mean of the rows' bounds is the trace of c G + l2 where all features are penalised, and the intercept is not.
      expect(largest).toBeLessThanOrEqual(bounds.ofLoss! * bounds.meanRow + shape.d * l2 + 1e-12);
      expect(bounds.largestRow).toBeGreaterThanOrEqual(bounds.meanRow * (1 - 1e-12));
    }
  });

  it("are reached by logistic at 0, and by crossEntropy of two classes at 0", () => {
    const { problem, X, y } = classification(30, 4, { l2: 0.2 });
    const bounds = boundsOf(problem, ["a", "b", "c", "d"]);
    expect(curvature(problem).largest / bounds.everywhere!.largest).toBeCloseTo(1, 12);
    expect(bounds.everywhere!.steepest.map(({ column }) => column).sort()).toEqual(["a", "b", "c", "d", "intercept"]);
    const softmax = risk({
      predictor: linear(4, 2),
      loss: crossEntropy(2),
      inputs: dense({ data: X, rows: 30, columns: 4 }),
      targets: column(y.map((label) => (label > 0 ? 1 : 0))),
    });
    const twice = boundsOf(softmax).everywhere!;
    expect(curvature(softmax).largest / twice.largest).toBeCloseTo(1, 12);
  });

  it("have the largest and the mean squared row, with weights", () => {
    const { problem } = regression(2, 2, {
      inputs: dense({ data: Float64Array.of(1, 2, 3, 0), rows: 2, columns: 2 }),
      weights: column(Float64Array.of(1.5, 0.5)),
    });
    expect(boundsOf(problem)).toMatchObject({ ofLoss: 1, largestRow: 9, meanRow: 7 });
  });
});

/** The largest eigenvalue of the matrix of products, by power iteration on H + shift. */
function largestOf(problem: Problem, params: ArrayLike<number>, shift: number): number {
  const { size } = problem;
  const H = Array.from({ length: size }, (_, j) => {
    const unit = new Float64Array(size);
    unit[j] = 1;
    return hessianTimes(problem, params, unit);
  });
  let v = normals(random(9), size);
  let length = 0;
  for (let i = 0; i < 10000; i++) {
    const next = H.map((row, j) => row.reduce((sum, entry, l) => sum + entry * v[l]!, shift * v[j]!));
    length = Math.sqrt(next.reduce((sum, entry) => sum + entry * entry, 0));
    v = Float64Array.from(next, (entry) => entry / length);
  }
  return length - shift;
}

describe("the sharpness", () => {
  const draw = random(6);
  const net = risk({
    predictor: network(3, [6], 2, "tanh"),
    loss: halfSquared(2),
    inputs: dense({ data: normals(draw, 120), rows: 40, columns: 3 }),
    targets: dense({ data: normals(draw, 80), rows: 40, columns: 2 }),
  });

  it("follows the parameters of a run, with one product per check", () => {
    const sharpness = sharpnessTracker(net, { seed: 1 });
    let last = 0;
    let params: ArrayLike<number> = [];
    for (const step of train(net, plain(0.1), { epochs: 300, start: "random", seed: 2, batchLosses: false })) {
      params = Float64Array.from(step.params);
      last = sharpness(params);
    }
    const expected = largestOf(net, params, 10);
    expect(last / expected).toBeLessThan(1 + 1e-12);
    expect(last / expected).toBeGreaterThan(0.99);
  });

  it("is the largest eigenvalue where a negative one is larger in size, and where one has the same size", () => {
    // H of ½ (p q − y)² at p = q = 0 has the eigenvalues ±y; with two targets 1 and −3 of different pairs: ±½, ±1.5.
    const predictor = factors(2, 2, 1);
    const inputs = predictor.inputs(Uint32Array.of(0, 1), Uint32Array.of(0, 1));
    const problem = risk({ predictor, loss: halfSquared(), inputs, targets: column(Float64Array.of(1, -3)) });
    const sharpness = sharpnessTracker(problem);
    for (let i = 0; i < 100; i++) sharpness([0, 0, 0, 0]);
    expect(sharpness([0, 0, 0, 0])).toBeCloseTo(1.5, 6);
    // At p = q = (2, 0) the error of the first pair is 3: the eigenvalues are ½ (4 ± 4 + …) of its block, and ±1.5.
    for (let i = 0; i < 200; i++) sharpness([2, 0, 2, 0]);
    expect(sharpness([2, 0, 2, 0])).toBeCloseTo(largestOf(problem, [2, 0, 2, 0], 20), 6);
  });

  it("needs one finite number per parameter", () => {
    expect(() => sharpnessTracker(net)([1])).toThrow(`params must have one entry per parameter (${net.size}), got 1`);
    expect(() => sharpnessTracker(net)(new Float64Array(net.size).fill(Number.NaN))).toThrow("finite numbers, got NaN");
  });

  it("is never above the largest eigenvalue, from the first call on", () => {
    for (let seed = 0; seed < 20; seed++) {
      const params = normals(random(seed), net.size);
      const largest = curvature(net, { params }).largest;
      const sharpness = sharpnessTracker(net, { seed });
      for (let i = 0; i < 30; i++) expect(sharpness(params)).toBeLessThanOrEqual(largest * (1 + 1e-9));
    }
  });
});

describe("columns that depend on others", () => {
  const draw = random(8);
  const table = (columns: readonly ((i: number) => number)[], rows = 40): Problem =>
    regression(rows, columns.length, {
      inputs: dense({
        data: Float64Array.from({ length: rows * columns.length }, (_, at) =>
          columns[at % columns.length]!(Math.floor(at / columns.length)),
        ),
        rows,
        columns: columns.length,
      }),
      targets: column(new Float64Array(rows)),
      l2: 0.1,
    }).problem;
  const [a, b, c] = [normals(draw, 40), normals(draw, 40), normals(draw, 40)];

  it("are named with the columns that they depend on", () => {
    const names = ["a", "b", "sum", "c", "zero", "million"];
    const problem = table([(i) => a[i]!, (i) => b[i]!, (i) => 2 * a[i]! - b[i]! + 7, (i) => c[i]!, () => 0, () => 1e6]);
    const found = dependentIn(problem, names).map((group) => [...group].sort());
    expect(found).toHaveLength(3);
    expect(found).toContainEqual(["zero"]);
    expect(found).toContainEqual(["intercept", "million"]);
    expect(found).toContainEqual(["a", "b", "million", "sum"]);
  });

  it("are found for all categories of a one-hot encoding", () => {
    const problem = table([0, 1, 2].map((category) => (i: number) => (i % 3 === category ? 1 : 0)));
    const found = dependentIn(problem);
    expect(found.map((group) => [...group].sort())).toEqual([["column 0", "column 1", "column 2", "intercept"]]);
  });

  it("are none in tables that are only nearly collinear, in any units", () => {
    const noisy = normals(draw, 40);
    const problem = table([(i) => 1e6 * a[i]!, (i) => a[i]! + 1e-4 * noisy[i]!, (i) => 1e-6 * c[i]! + 1]);
    expect(dependentIn(problem)).toEqual([]);
  });

  it("are those of all rows, also where a sample of the rows is enough to exclude them", () => {
    const rows = 2000; // one of 62 rows is in the sample for 3 columns
    const u = normals(random(8), rows);
    const v = normals(random(9), rows);
    const own = (i: number) => u[i]!;
    const other = (i: number) => v[i]!;
    const sum = (i: number) => 3 * u[i]! - v[i]! + 2;
    expect(dependentIn(table([own, other, sum], rows)).map(({ length }) => length)).toEqual([4]);
    expect(dependentIn(table([own, other, (i) => sum(i) + (i === 1 ? 1e-3 : 0)], rows))).toEqual([]);
    expect(dependentIn(table([own, other, (i) => (i % 62 === 0 ? 5 : v[i]! * u[i]!)], rows))).toEqual([]);
    expect(dependentIn(table([own, other, (i) => (i % 62 === 0 ? v[i]! * u[i]! : 5)], rows))).toEqual([]);
    expect(dependentIn(table([own, other, () => 5], rows)).map((set) => [...set].sort())).toEqual([
      ["column 2", "intercept"],
    ]);
  });
});
