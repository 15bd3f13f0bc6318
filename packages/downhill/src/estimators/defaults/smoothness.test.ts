import { describe, expect, test } from "vitest";
import { type Matrix, matrixFromRows } from "../../core/matrix.ts";
import { random } from "../../core/random.ts";
import { column, dense } from "../../kernels/source.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import { halfSquared } from "../../losses/halfSquared.ts";
import { logistic } from "../../losses/logistic.ts";
import { plain } from "../../optimizers/plain.ts";
import { linear } from "../../predictors/linear.ts";
import { risk } from "../../training/objective/risk.ts";
import { train } from "../../training/train.ts";
import { rowsInMemory } from "../fit/fitRows.ts";
import { type Scaling, standardization } from "../fit/scaling.ts";
import { expectedSmoothness, type SmoothnessData } from "./smoothness.ts";

const MARGIN = 1.05;
const bare = { scaling: null, weights: null, kernels: wasmKernels, seed: 0 };

function cloud(n: number, d: number): Matrix {
  const draw = random(n).fork("cloud");
  return { data: Float64Array.from({ length: n * d }, (_, at) => (at % d) + draw.normal()), rows: n, columns: d };
}

/** Largest eigenvalue of a symmetric 2 × 2 matrix. */
const largest = (a: number, b: number, c: number): number => (a + c) / 2 + Math.sqrt(((a - c) / 2) ** 2 + b * b);

/** Means of w, w x and w x² of a single column: the second moments of (x, 1). */
function moments(X: Matrix, { scaling = null, weights }: { scaling?: Scaling | null; weights?: Float64Array }) {
  let [xx, x1, one, row] = [0, 0, 0, 0];
  X.data.forEach((value, i) => {
    const x = scaling ? (value - scaling.shift[0]!) / scaling.scale[0]! : value;
    const w = weights?.[i] ?? 1;
    xx += (w * x * x) / X.rows;
    x1 += (w * x) / X.rows;
    one += w / X.rows;
    row = Math.max(row, w * (x * x + 1));
  });
  return { lambda: largest(xx, x1, one), row };
}

/** The smoothness of rows in memory. */
const smoothnessOf = (
  c: number,
  batchRows: number,
  { X, weights, ...data }: Omit<SmoothnessData, "rows"> & { X: Matrix; weights: Float64Array | null },
): number => expectedSmoothness(c, batchRows, { ...data, rows: rowsInMemory({ X, y: X, weights }) });

describe("one column: the eigenvalues have a formula", () => {
  const X = cloud(41, 1);
  const scaling = standardization(X);
  const weights = Float64Array.from({ length: 41 }, (_, i) => (i % 2 === 0 ? 1.9 : 0.3));
  test.each([
    ["as it is", {}],
    ["scaled", { scaling }],
    ["weighted", { weights }],
    ["scaled and weighted", { scaling, weights }],
  ])("%s: c λ in full batch, c m for single rows, and the formula for batches between", (_, options) => {
    const { lambda, row } = moments(X, options);
    const data = { ...bare, ...options, X };
    for (const c of [0.25, 1, 2]) {
      const full = smoothnessOf(c, 41, data);
      expect(full).toBeLessThanOrEqual(c * MARGIN * lambda * (1 + 1e-12));
      expect(full).toBeGreaterThanOrEqual(c * lambda); // the estimate is below λ by less than the margin
      expect(smoothnessOf(c, 1, data)).toBeCloseTo(c * row, 12);
      for (const batch of [2, 7, 40]) {
        const share = (41 * (batch - 1)) / (batch * 40);
        const expected = c * (share * (full / c) + ((41 - batch) / (batch * 40)) * row);
        expect(smoothnessOf(c, batch, data)).toBeCloseTo(expected, 12);
      }
    }
  });
});

test("known spectra: orthogonal columns of one size, and a table of zeros", () => {
  const cross = matrixFromRows([
    [2, 0],
    [-2, 0],
    [0, 2],
    [0, -2],
  ]); // X̃ᵀX̃/n = diag(2, 2, 1)
  expect(smoothnessOf(1, 4, { ...bare, X: cross })).toBeCloseTo(2 * MARGIN, 6);
  expect(smoothnessOf(1, 1, { ...bare, X: cross })).toBe(5);
  const nothing = { data: new Float64Array(6), rows: 3, columns: 2 };
  expect(smoothnessOf(1, 3, { ...bare, X: nothing })).toBeCloseTo(MARGIN, 12);
});

test("a sample of the rows is enough for many rows", () => {
  const many = cloud(25_000, 3);
  const all = { ...bare, X: many };
  const subset = { ...bare, X: { data: many.data.subarray(0, 3 * 8000), rows: 8000, columns: 3 } };
  expect(smoothnessOf(1, 25_000, all) / smoothnessOf(1, 8000, subset)).toBeCloseTo(1, 1);
});

test("one row is a full batch", () => {
  const X = matrixFromRows([[3]]);
  expect(smoothnessOf(1, 1, { ...bare, X })).toBeCloseTo(10 * MARGIN, 12);
});

describe("with learning rate 1/𝓛 the objective falls in every step", () => {
  const X = cloud(80, 4);
  const scaling = standardization(X);
  const weights = Float64Array.from({ length: 80 }, (_, i) => (i % 2 === 0 ? 1.9 : 0.1));
  test.each([
    ["squares", halfSquared(), 1, null, null],
    ["squares, scaled and weighted", halfSquared(), 1, scaling, weights],
    ["logistic", logistic(), 0.25, null, null],
    ["logistic, scaled", logistic(), 0.25, scaling, null],
  ] as const)("%s", (_, loss, c, scaling, weights) => {
    const targets = Float64Array.from({ length: 80 }, (_, i) => (X.data[4 * i]! + X.data[4 * i + 1]! > 1 ? 1 : -1));
    const rate = 1 / smoothnessOf(c, 80, { ...bare, X, scaling, weights });
    const problem = risk({
      predictor: linear(4),
      loss,
      inputs: dense(X, scaling ?? undefined),
      targets: column(targets),
      weights: weights ? column(weights) : undefined,
    });
    const values: number[] = [];
    for (const step of train(problem, plain(rate), { epochs: 60, start: "random" })) values.push(step.objective());
    // At the optimum the value changes only by rounding.
    for (let t = 1; t < values.length; t++) expect(values[t]!).toBeLessThanOrEqual(values[t - 1]! * (1 + 1e-14));
    expect(values[10]!).toBeLessThan(values[0]!);
    if (c !== 1) return;
    // The learning rate is not too small: for squares 2.2/λ diverges.
    const wild = train(problem, plain(2.2 * 1.05 * rate), { epochs: 100, start: "random" });
    expect(() => [...wild]).toThrow(/the objective rose from 0\.\d+ to \d+ at update 100/);
  });
});
