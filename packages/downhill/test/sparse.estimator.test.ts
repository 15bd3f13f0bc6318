// Estimators on sparse matrices: the same models as on the dense matrix of the scaled columns, and everything else that takes a table.

import { describe, expect, it } from "vitest";
import type { Matrix } from "../src/core/matrix.ts";
import { random } from "../src/core/random.ts";
import { type SparseMatrix, toDense } from "../src/core/sparse.ts";
import type { DescentOptions } from "../src/estimators/fit/options.ts";
import {
  certificate,
  crossValidate,
  curvature,
  diagnose,
  explanations,
  exportJs,
  fitInBackground,
  linearRegression,
  linearSvm,
  load,
  logisticRegression,
  networkClassifier,
  permutationImportance,
  plain,
  search,
  softmaxRegression,
  split,
  threads,
} from "../src/index.ts";
import { randomSparse } from "./randomSparse.ts";

const X = randomSparse(120, 30, 0.15, 5);
const stream = random(2);
const w = Float64Array.from({ length: 30 }, () => stream.normal());
const scores = Float64Array.from({ length: X.rows }, (_, i) => {
  let sum = 0.3 * stream.normal();
  for (let e = X.indptr[i]!; e < X.indptr[i + 1]!; e++) sum += w[X.indices[e]!]! * X.values[e]!;
  return sum;
});
const two = Array.from(scores, (z) => (z > 0 ? "yes" : "no"));
const three = Array.from(scores, (z) => (z > 0.7 ? "high" : z < -0.7 ? "low" : "middle"));

/** The dense matrix of the columns as a fit to sparse rows scales them. */
function scaled(X: SparseMatrix): Matrix {
  const { data, rows, columns } = toDense(X);
  for (let j = 0; j < columns; j++) {
    let [square, count] = [0, 0];
    for (let i = 0; i < rows; i++) {
      square += data[i * columns + j]! ** 2;
      if (data[i * columns + j] !== 0) count++;
    }
    if (count > 0) for (let i = 0; i < rows; i++) data[i * columns + j]! /= Math.sqrt(square / count);
  }
  return { data, rows, columns };
}

function expectNear(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(Math.abs(actual[i]! - expected[i]!)).toBeLessThan(tolerance);
}

/** The predictions of models of numbers, the scores of classifiers. */
const fits: Readonly<
  Record<string, (options: DescentOptions, X: SparseMatrix | Matrix, of: SparseMatrix | Matrix) => Matrix["data"]>
> = {
  linear: (options, X, of) =>
    linearRegression({ l2: 0.01, ...options })
      .fit(X, scores)
      .predict(of),
  huber: (options, X, of) =>
    linearRegression({ l2: 0.01, loss: "huber", ...options })
      .fit(X, scores)
      .predict(of),
  logistic: (options, X, of) => logisticRegression(options).fit(X, two).scores(of).data,
  softmax: (options, X, of) =>
    softmaxRegression({ l2: 0.01, ...options })
      .fit(X, three)
      .scores(of).data,
  hinge: (options, X, of) =>
    linearSvm({ l2: 0.01, stop: { remaining: 1e-9 }, ...options })
      .fit(X, three)
      .scores(of).data,
  squaredHinge: (options, X, of) =>
    linearSvm({ loss: "squaredHinge", l2: 0.01, ...options })
      .fit(X, two)
      .scores(of).data,
};

describe.each(Object.keys(fits))("%s", (name) => {
  const fit = fits[name]!;

  it("has the optimum of the dense matrix with the same scaling", () => {
    const dense = scaled(X);
    expectNear(fit({}, X, X), fit({ standardize: false }, dense, dense), 1e-3);
    expectNear(fit({}, X, X), fit({}, X, toDense(X)), 1e-10);
    expectNear(fit({ standardize: false }, X, X), fit({ standardize: false }, toDense(X), toDense(X)), 1e-3);
  });

  it("in mini-batches has the parameters of the dense matrix with the same scaling", () => {
    const options = { optimizer: plain(0.05), batchSize: 4, epochs: 5, stop: {} };
    const dense = scaled(X);
    expectNear(fit(options, X, X), fit({ ...options, standardize: false }, dense, dense), 1e-9);
    expect(fit({ batchSize: 8, epochs: 20, stop: {} }, X, X).every(Number.isFinite)).toBe(true);
  });
});

it("predicts sparse rows with a model of centred columns as it predicts the dense rows", () => {
  const model = logisticRegression().fit(toDense(X), two);
  expectNear(model.scores(X).data, model.scores(toDense(X)).data, 1e-11);
  const network = networkClassifier({ hidden: [5], epochs: 3 }).fit(toDense(X), three);
  expectNear(network.scores(X).data, network.scores(toDense(X)).data, 1e-11);
});

it("a network accepts sparse rows", () => {
  const model = networkClassifier({ hidden: [8], epochs: 60, seed: 1 }).fit(X, two);
  const right = model.predict(X).filter((label, i) => label === two[i]).length;
  expect(right).toBeGreaterThan(100);
  expectNear(model.scores(X).data, model.scores(toDense(X)).data, 1e-11);
});

it("a scale is the root mean square of the numbers that are not 0; a column of 0 and 1 keeps its unit", () => {
  const rare = { ...X, values: X.values.map((x, e) => (X.indices[e] === 3 ? 1 : x)) };
  const saved = JSON.parse(JSON.stringify(logisticRegression().fit(rare, two)));
  expect(JSON.stringify(saved)).toContain("scaling");
  const [one, doubled] = [rare, { ...rare, values: rare.values.map((x, e) => (rare.indices[e] === 4 ? 1000 * x : x)) }];
  const [a, b] = [one, doubled].map((X) => logisticRegression().fit(X, two));
  expectNear(a!.scores(one).data, b!.scores(doubled).data, 1e-8);
  const params = a!.params();
  expect(params[3]).toBe(a!.coefficients.data[3]);
  expect(params[5]).not.toBe(a!.coefficients.data[5]);
});

it("float32", () => {
  const single = { ...X, values: Float32Array.from(X.values) };
  const model = logisticRegression().fit(single, two);
  expectNear(model.scores(X).data, logisticRegression().fit(X, two).scores(X).data, 1e-2);
});

it("saved models, partialFit, weights, validation rows", () => {
  const model = logisticRegression({ stop: { validation: { share: 0.2 } }, batchSize: 8 }).fit(X, two, {
    weights: Float64Array.from(two, (_, i) => 1 + (i % 3)),
  });
  expect((load(JSON.stringify(model)) as typeof model).scores(X)).toStrictEqual(model.scores(X));
  expect(model.partialFit(X, two).rows).toBe(model.rows + 120);
});

it("split, cross-validation and search", () => {
  const { train, test } = split(X, two, { testShare: 0.25, seed: 1 });
  expect([train.X.rows, test.X.rows, test.X.columns]).toEqual([90, 30, 30]);
  const result = crossValidate(logisticRegression(), { X, y: two }, { folds: 3 });
  expect(result.mean!.test["accuracy"]).toBeGreaterThan(0.7);
  const found = search(logisticRegression, { X, y: two }, { ranges: { l2: [0.001, 0.1] }, folds: 3 });
  expect(found.trials.length).toBe(2);
});

it("fitInBackground and threads have the bits of fit", async () => {
  const expected = logisticRegression().fit(X, two);
  expect((await fitInBackground(logisticRegression(), X, two)).params()).toStrictEqual(expected.params());
  const large = randomSparse(6000, 64, 0.9, 3);
  const y = Array.from({ length: large.rows }, (_, i) => i % 3 === 0);
  const pool = await threads(2);
  try {
    const options = { epochs: 4 };
    const one = logisticRegression(options).fit(large, y);
    const shared = logisticRegression(options).fit(large, y, { threads: pool });
    expect(shared.params()).toStrictEqual(one.params());
  } finally {
    pool.close();
  }
});

it("diagnose, curvature and explanations", () => {
  const { problem } = logisticRegression().prepare(X, two);
  const report = curvature(problem);
  const dense = logisticRegression({ standardize: false }).prepare(scaled(X), two).problem;
  expectNear([report.largest], [curvature(dense).largest], 1e-9);
  const params = new Float64Array(31).fill(0.1);
  expect(explanations(problem, params)).toEqual(explanations(dense, params).filter(({ code }) => code !== "collinear"));
  const { forecast, sentences } = diagnose(logisticRegression({ optimizer: plain(0.1) }), { X, y: two });
  expect(forecast.band).toBe("not known");
  expect(sentences.length).toBeGreaterThan(0);
});

describe("certificate", () => {
  const dense = scaled(X);
  it.each([
    ["linear", () => linearRegression({ l2: 0.01 }), scores],
    ["huber with l1", () => linearRegression({ l2: 0.01, l1: 0.01, loss: "huber" }), scores],
    ["logistic", () => logisticRegression(), two],
    ["logistic with l1", () => logisticRegression({ l2: 0, l1: 0.01 }), two],
    ["softmax", () => softmaxRegression({ l2: 0.01 }), three],
    ["hinge", () => linearSvm({ l2: 0.01 }), two],
    ["squared hinge", () => linearSvm({ loss: "squaredHinge", l2: 0.01 }), three],
  ] as const)("%s: a small gap above the optimum", (name, make, y) => {
    const model = (make() as ReturnType<typeof logisticRegression>).fit(X, y as string[]);
    const found = certificate(model, X, y as string[]);
    if (!found.valid) expect.fail(found.sentence);
    const { objective, relative } = found;
    expect(relative).toBeLessThan(name === "hinge" ? 1.1e-3 : 1e-6);
    expect(Math.abs(objective - model.history.objective!.at(-1)!)).toBeLessThan(1e-9 * objective);
  });

  it("a step, and the same rows with their zeros", () => {
    let gap: number | null = null;
    for (const step of logisticRegression().train(X, two, { every: "epoch" })) {
      if (step.stopped === null) continue;
      const found = certificate(step);
      gap = found.valid ? found.gap : null;
    }
    expect(gap).toBeGreaterThan(0);
    const early = { epochs: 3 };
    const a = certificate(logisticRegression(early).fit(X, two), X, two);
    const model = logisticRegression({ ...early, standardize: false }).fit(dense, two);
    const c = certificate(model, dense, two);
    if (!a.valid || !c.valid) expect.fail("no certificate");
    expect(a.gap).toBeGreaterThan(0);
    expect(a.objective - a.gap).toBeLessThan(c.objective);
    expect(c.objective - c.gap).toBeLessThan(a.objective);
  });

  it("in float32 a step has none, and its advice works", () => {
    const single = { ...X, values: Float32Array.from(X.values) };
    const last = [...logisticRegression().train(single, two, { every: "epoch" })].at(-1)!;
    expect(certificate(last).sentence).toContain("call certificate with the model, X and y");
    const found = certificate(logisticRegression().fit(single, two), single, two);
    expect(found.valid && found.relative < 1e-4).toBe(true);
  });
});

it("columns are found by name", () => {
  const names = Array.from({ length: 30 }, (_, j) => `word ${j}`);
  const model = logisticRegression().fit({ ...X, names }, two);
  const order = Uint32Array.from({ length: 30 }, (_, j) => 29 - j);
  const reversed = {
    ...X,
    names: Array.from(order, (j) => names[j]!),
    indptr: X.indptr,
    indices: X.indices.slice(),
    values: X.values.slice(),
  };
  for (let i = 0; i < X.rows; i++) {
    const [from, to] = [X.indptr[i]!, X.indptr[i + 1]!];
    reversed.indices.subarray(from, to).set(
      X.indices
        .slice(from, to)
        .map((j) => 29 - j)
        .reverse(),
    );
    reversed.values.subarray(from, to).set(X.values.slice(from, to).reverse());
  }
  expect(model.scores(reversed)).toStrictEqual(model.scores(X));
});

it("functions that need a dense matrix throw, and their advice works", () => {
  const model = logisticRegression().fit(X, two);
  expect(() => permutationImportance(model, { X, y: two })).toThrow("Pass toDense(X) if it fits into memory");
  expect(permutationImportance(model, { X: toDense(X), y: two }, { repeats: 1 }).columns.length).toBe(30);
  expect(exportJs(model)).toBeDefined();
});
