// curvature and hessianTimes: the eigenvalues and directions of NumPy, of other methods, and of problems with known curvature.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { random } from "../src/core/random.ts";
import { curvature } from "../src/diagnosis/curvature/curvature.ts";
import { eigenOf } from "../src/diagnosis/curvature/eigen.ts";
import { hessianTimes } from "../src/diagnosis/curvature/hessianTimes.ts";
import { sharpnessTracker } from "../src/diagnosis/curvature/sharpness.ts";
import { column, dense } from "../src/kernels/source.ts";
import { wasmKernels } from "../src/kernels/wasm.ts";
import { crossEntropy } from "../src/losses/crossEntropy.ts";
import { halfSquared } from "../src/losses/halfSquared.ts";
import { hinge } from "../src/losses/hinge.ts";
import { linear } from "../src/predictors/linear.ts";
import { network } from "../src/predictors/network.ts";
import { problemOf } from "../src/training/minimize.ts";
import type { Problem } from "../src/training/objective/objective.ts";
import { type RiskOptions, risk } from "../src/training/objective/risk.ts";
import { cases } from "./cases.ts";
import { dataset } from "./dataset.ts";
import { drawTrial, kinds } from "./objectiveTrial.ts";
import { apart, classification, normals, ratings, regression, thrown } from "./problems.ts";

interface Spectrum {
  readonly largest: number;
  readonly smallest: number;
  readonly steepest: number[];
  readonly flattest: number[];
}
const golden: { tables: Record<string, Record<"raw" | "standardized", Spectrum>> } = JSON.parse(
  readFileSync(new URL("goldens/spectra.json", import.meta.url), "utf8"),
);

/** The mean and the deviation of each column; 1 for a constant column. */
function scaling({ data, rows, columns }: ReturnType<typeof dataset>["X"]) {
  const shift = new Float64Array(columns);
  const scale = new Float64Array(columns);
  for (let at = 0; at < data.length; at++) shift[at % columns]! += data[at]! / rows;
  for (let at = 0; at < data.length; at++) scale[at % columns]! += (data[at]! - shift[at % columns]!) ** 2 / rows;
  return { shift, scale: scale.map((square) => Math.sqrt(square) || 1) };
}

const squares = (X: ReturnType<typeof dataset>["X"], more: Partial<RiskOptions> = {}, standardized = false): Problem =>
  risk({
    predictor: linear(X.columns),
    loss: halfSquared(),
    inputs: dense(X, standardized ? scaling(X) : undefined),
    targets: column(new Float64Array(X.rows)),
    ...more,
  });

/** The Hessian, by products with unit vectors. */
const matrixOf = (problem: Problem, params: ArrayLike<number>): Float64Array[] =>
  Array.from({ length: problem.size }, (_, j) => {
    const unit = new Float64Array(problem.size);
    unit[j] = 1;
    return hessianTimes(problem, params, unit);
  });

describe.each(Object.keys(golden.tables))("the spectrum of %s", (name) => {
  const { X } = dataset(name as "iris");

  it.each(["raw", "standardized"] as const)("%s is that of NumPy", (kind) => {
    const expected = golden.tables[name]![kind];
    const names = Array.from({ length: X.columns }, (_, j) => `x${j}`);
    const report = curvature(squares(X, {}, kind === "standardized"), { names });
    expect(report.method).toBe("exact");
    // NumPy's smallest value has the error ε · largest root: relative to it, up to 1e-16 · √condition · 10.
    expect(Math.abs(report.largest / expected.largest - 1)).toBeLessThan(1e-13);
    expect(Math.abs(report.smallest! / expected.smallest - 1)).toBeLessThan(2e-9);
    expect(report.condition).toBe(report.largest / report.smallest!);
    expect(report.largestBound / report.largest - 1).toBeLessThan(1e-12);
    for (const direction of ["steepest", "flattest"] as const) {
      const shares = report[direction]!;
      const byName = new Map(shares.map(({ column, share }) => [column, share]));
      expect(
        apart(
          [...names, "intercept"].map((each) => byName.get(each)!),
          expected[direction],
        ),
      ).toBeLessThan(1e-7);
      expect(shares.every(({ share }, i) => i === 0 || share <= shares[i - 1]!.share)).toBe(true);
      expect(Math.abs(shares.reduce((sum, { share }) => sum + share, 0) - 1)).toBeLessThan(1e-12);
    }
  });

  it.each([false, true])(
    "by the Lanczos method (standardized: %s) has the same largest value and a bound above it",
    (standardized) => {
      const problem = squares(X, {}, standardized);
      const exact = curvature(problem);
      const report = curvature(problem, { method: "lanczos", seed: 3 });
      expect(Math.abs(report.largest / exact.largest - 1)).toBeLessThan(1e-10);
      expect(report.largestBound).toBeGreaterThanOrEqual(exact.largest);
      expect(report).toMatchObject({ smallest: null, condition: null, flattest: null, failureProbability: 1e-12 });
      const shares = (each: typeof exact) => new Map(each.steepest.map(({ column, share }) => [column, share]));
      for (const [each, share] of shares(exact)) expect(shares(report).get(each)).toBeCloseTo(share, 4);
    },
  );
});

describe("exact eigenvalues", () => {
  const smooth = kinds.filter(({ predictor }) => predictor === "linear");

  it.each(smooth)(
    "$name: the directions are eigenvectors of the products, and no product is outside of the range",
    (kind) => {
      for (const seed of cases([0, 1, 2, 3, 7], [0, 1, 2, 3, 4, 5, 6, 7])) {
        const { problem, params, shape, l2 } = drawTrial(kind, seed, seed < 6 ? 13 : 200); // more than the rows that are multiplied at a time
        const { largest, smallest } = curvature(problem, { params });
        const H = matrixOf(problem, params);
        const trace = H.reduce((sum, row, j) => sum + row[j]!, 0);
        expect(largest).toBeLessThanOrEqual(trace * (1 + 1e-12));
        const draw = random(seed);
        for (let i = 0; i < 20; i++) {
          const v = normals(draw, problem.size);
          // Directions that all classes share do not count for crossEntropy.
          const k = kind.loss === "crossEntropy" ? shape.k : 1;
          if (k > 1) {
            for (let j = 0; j < shape.d; j++) {
              let mean = 0;
              for (let c = 0; c < k; c++) mean += v[c * shape.d + j]! / k;
              for (let c = 0; c < k; c++) v[c * shape.d + j]! -= mean;
            }
          }
          const product = hessianTimes(problem, params, v);
          const [curved, length] = [v, v].map((_, which) =>
            v.reduce((sum, x, j) => sum + x * (which === 0 ? product[j]! : x), 0),
          );
          expect(curved! / length!).toBeLessThanOrEqual(largest * (1 + 1e-12) + 1e-15);
          if (l2 > 0 && smallest !== null) expect(smallest).toBeLessThanOrEqual(largest);
        }
        // The largest eigenvalue is reached: by power iteration on the matrix of products.
        let v = normals(draw, problem.size);
        let size = 0;
        for (let i = 0; i < 3000; i++) {
          const next = H.map((row) => row.reduce((sum, entry, j) => sum + entry * v[j]!, 0));
          size = Math.sqrt(next.reduce((sum, entry) => sum + entry * entry, 0));
          if (size === 0) break;
          v = Float64Array.from(next, (entry) => entry / size);
        }
        if (kind.loss === "crossEntropy" && size <= l2 * (1 + 1e-6)) continue;
        expect(Math.abs(size - largest)).toBeLessThan(1e-6 * largest + 1e-15);
      }
    },
  );

  it("of crossEntropy at 0 are those of G / k, and those at other parameters are found in the whole matrix", () => {
    const { X, y } = dataset("iris");
    const classes = [...new Set(y)];
    const targets = column(Float64Array.from(y, (label) => classes.indexOf(label)));
    const inputs = dense(X, scaling(X));
    const softmax = risk({ predictor: linear(4, 3), loss: crossEntropy(3), inputs, targets, l2: 0.01 });
    const third = curvature(squares(X, { l2: 0.03 }, true));
    const zero = curvature(softmax);
    expect(zero.largest / (third.largest / 3)).toBeCloseTo(1, 12);
    expect(zero.smallest! / (third.smallest! / 3)).toBeCloseTo(1, 12);
    // One class differs by less than rounding, so the whole matrix is used.
    const near = curvature(softmax, { params: Float64Array.from({ length: 15 }, (_, j) => (j === 0 ? 1e-300 : 0)) });
    expect(near.largest / zero.largest).toBeCloseTo(1, 12);
    expect(near.smallest! / zero.smallest!).toBeCloseTo(1, 10);
    expect(near.flattest![0]!.share).toBeCloseTo(zero.flattest![0]!.share, 8);
  });

  it("of logistic are largest at 0, where they are a quarter of those of G", () => {
    const { problem } = classification(40, 5);
    const G = curvature(
      risk({
        predictor: linear(5),
        loss: halfSquared(),
        inputs: dense({ data: classification(40, 5).X, rows: 40, columns: 5 }),
        targets: column(new Float64Array(40)),
      }),
    );
    const zero = curvature(problem);
    expect(zero.largest / (G.largest / 4)).toBeCloseTo(1, 12);
    const draw = random(1);
    for (let i = 0; i < 20; i++) {
      expect(curvature(problem, { params: normals(draw, 6) }).largest).toBeLessThan(zero.largest);
    }
  });

  it("add the shares of columns with the same name", () => {
    const { X } = dataset("iris");
    const [single, joined] = [
      ["a", "b", "c", "d"],
      ["a", "b", "a", "a"],
    ].map((names) => new Map(curvature(squares(X), { names }).steepest.map(({ column, share }) => [column, share])));
    expect(joined!.get("a")).toBeCloseTo(
      ["a", "c", "d"].reduce((sum, name) => sum + single!.get(name)!, 0),
      14,
    );
    expect([...joined!.keys()].sort()).toEqual(["a", "b", "intercept"]);
  });

  it("with fewer rows than columns are those of the products of the rows", () => {
    const [n, d] = [12, 60];
    const data = normals(random(7), n * d);
    const products = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let l = 0; l < n; l++) {
        let sum = 1;
        for (let j = 0; j < d; j++) sum += data[i * d + j]! * data[l * d + j]!;
        products[i * n + l] = sum / n;
      }
    }
    const { values } = eigenOf(products, n, 0, wasmKernels);
    const { largest, smallest } = curvature(squares({ data, rows: n, columns: d }));
    expect(largest / values[0]!).toBeCloseTo(1, 12);
    expect(smallest! / values[n - 1]!).toBeCloseTo(1, 11);
  });

  it("leave out a column that depends on others", () => {
    const draw = random(5);
    const data = normals(draw, 60 * 4);
    for (let i = 0; i < 60; i++) data[4 * i + 3] = 2 * data[4 * i]! - data[4 * i + 1]! + 3;
    const report = curvature(squares({ data, rows: 60, columns: 4 }));
    expect(report.condition).toBeLessThan(200);
    const ridge = curvature(squares({ data, rows: 60, columns: 4 }, { l2: 1e-4 }));
    expect(ridge.smallest).toBeGreaterThan(1e-5); // the intercept, which is a part of the dependent direction, has no penalty
    expect(ridge.smallest).toBeLessThan(1e-4);
  });

  it("leave out a category that the others determine, also a rare one beside other columns", () => {
    const draw = random(7);
    const numbers = Array.from({ length: 1460 }, (_, i) => {
      const year = draw.normal();
      return [i < 1453 ? 1 : 0, i >= 1453 && i < 1458 ? 1 : 0, i >= 1458 ? 1 : 0, year, year + 0.3 * draw.normal()];
    });
    const { condition, smallest } = curvature(
      squares({ data: Float64Array.from(numbers.flat()), rows: 1460, columns: 5 }),
    );
    expect(smallest).toBeGreaterThan(1e-3);
    expect(condition).toBeLessThan(3000);
  });

  it("of hinge are the penalty", () => {
    const { X, y } = classification(30, 3);
    const parts = {
      predictor: linear(3),
      loss: hinge(),
      inputs: dense({ data: X, rows: 30, columns: 3 }),
      targets: column(y),
    };
    expect(curvature(risk({ ...parts, l2: 0.25 }))).toMatchObject({ largest: 0.25, smallest: 0.25, condition: 1 });
    expect(curvature(risk(parts))).toMatchObject({ largest: 0, smallest: null, steepest: [], flattest: null });
  });

  it("of float32 are those of float64 on the same numbers", () => {
    const [one, other] = (["float32", "float64"] as const).map((elementType) => {
      const { X, n, d } = regression(30, 3);
      const data = Float32Array.from(X);
      const numbers = elementType === "float32" ? data : Float64Array.from(data);
      return curvature(squares({ data: numbers, rows: n, columns: d }));
    });
    expect(one).toEqual(other);
  });
});

describe("networks and factorizations", () => {
  const draw = random(2);
  const net = risk({
    predictor: network(3, [4, 3], 2, "tanh"),
    loss: crossEntropy(2),
    inputs: dense({ data: normals(draw, 90), rows: 30, columns: 3 }),
    targets: column(Float64Array.from({ length: 30 }, (_, i) => i % 2)),
    l2: 0.01,
  });
  const problems: [string, Problem, string[]][] = [
    ["network", net, ["age", "dose", "weight", "intercept", "layer 2", "layer 3"]],
    [
      "factorization",
      ratings(6, 5, 25, { biases: true, perRating: 0.1 }),
      ["user factors", "item factors", "user biases", "item biases"],
    ],
  ];

  it.each(problems)("%s: the estimate is the largest eigenvalue, and there is no bound", (name, problem, columns) => {
    const start = new Float64Array(problem.size);
    problem.init(start, random(4).fork("init"));
    const report = curvature(problem, { seed: 4, ...(name === "network" && { names: columns.slice(0, 3) }) });
    expect(report).toMatchObject({ method: "lanczos", largestBound: Infinity, failureProbability: 0, smallest: null });
    expect(report.steepest.map(({ column }) => column).sort()).toEqual([...columns].sort());
    // Power iteration on H + 10.
    const H = matrixOf(problem, start);
    let v = normals(draw, problem.size);
    let size = 0;
    for (let i = 0; i < 20000; i++) {
      const next = H.map((row, j) => row.reduce((sum, entry, l) => sum + entry * v[l]!, 10 * v[j]!));
      size = Math.sqrt(next.reduce((sum, entry) => sum + entry * entry, 0));
      v = Float64Array.from(next, (entry) => entry / size);
    }
    expect((size - 10) / report.largest).toBeCloseTo(1, 6);
  });
});

describe("errors", () => {
  const own = problemOf(([x], gradient) => {
    gradient[0] = x!;
    return (x! * x!) / 2;
  }, 1);
  const { problem } = regression(9, 2);

  it("an objective of the user has no known second derivatives", () => {
    for (const [name, action] of [
      ["curvature", () => curvature(own)],
      ["hessianTimes", () => hessianTimes(own, [1], [1])],
      ["sharpnessTracker", () => sharpnessTracker(own)],
    ] as const) {
      expect(thrown(action)).toEqual(
        new TypeError(
          `${name}: second derivatives are known only for a predictor and a loss of the library, got a function, a predictor or ` +
            "a loss of your own. Make the problem with risk.",
        ),
      );
    }
  });

  it("lengths, numbers and options are checked", () => {
    expect(() => hessianTimes(problem, [1, 2], [1, 2, 3])).toThrow(
      "params must have one entry per parameter (3), got 2",
    );
    expect(() => hessianTimes(problem, [1, 2, 3], [1, 2, Number.NaN])).toThrow("v must hold finite numbers, got NaN");
    expect(() => curvature(problem, { names: ["a"] })).toThrow("names must have one entry per column (2), got 1");
    expect(() => curvature(ratings(6, 5, 25), { method: "exact" })).toThrow('must be one of lanczos, got "exact"');
    expect(() => curvature(problem, { seed: -1, method: "lanczos" })).toThrow("seed");
    const large = Float64Array.of(1e200, 1);
    const huge = squares({ data: large, rows: 2, columns: 1 });
    for (const method of ["exact", "lanczos"] as const) {
      expect(() => curvature(huge, { method })).toThrow("curvature: second derivatives must be finite numbers, got ");
    }
    expect(curvature(squares({ data: large.map((x) => x / 1e200), rows: 2, columns: 1 })).largest).toBeLessThan(2);
  });
});
