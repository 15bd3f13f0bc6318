import { expect, test } from "vitest";
import {
  exportOnnx,
  linearRegression,
  linearSvm,
  logisticRegression,
  matrix,
  networkClassifier,
  networkRegression,
  random,
  softmaxRegression,
} from "../../src/index.ts";
import { runOnnx } from "./onnxRuntime.ts";

const rows = 40;
const draw = random(3);
const X = matrix(
  Float64Array.from({ length: rows * 3 }, (_, at) => [1, 1000, 1e-4][at % 3]! * draw.normal() + [0, 2000, 1][at % 3]!),
  rows,
  3,
);
const sums = Float64Array.from({ length: rows }, (_, i) => X.data[3 * i]! + X.data[3 * i + 1]! / 1000 - 2);
const three = Array.from(sums, (sum) => (sum > 0.7 ? "high" : sum < -0.7 ? "low" : "middle"));
const two = Array.from(sums, (sum) => sum > 0);
const short = { epochs: 20, seed: 1 };

const regressions = {
  linearRegression: linearRegression().fit(X, sums),
  "linearRegression without scaling": linearRegression({ standardize: false, epochs: 5 }).fit(X, sums),
  "a network with ReLU": networkRegression({ ...short, hidden: [5, 4] }).fit(X, sums),
  "a network with tanh": networkRegression({ ...short, hidden: [5], activation: "tanh" }).fit(X, sums),
};

test.each(Object.entries(regressions))("%s predicts the same numbers in ONNX Runtime", async (_, model) => {
  const { prediction } = await runOnnx(exportOnnx(model), rows, { X: X.data as Float64Array });
  const expected = model.predict(X);
  const got = prediction!.data as Float64Array;
  expect(prediction!.dims).toEqual([rows]);
  expected.forEach((value, i) => {
    expect(Math.abs(got[i]! - value)).toBeLessThan(1e-12 * (1 + Math.abs(value)));
  });
});

const classifiers = {
  logisticRegression: logisticRegression().fit(X, two),
  "logisticRegression with numbers as labels": logisticRegression().fit(X, two.map(Number)),
  softmaxRegression: softmaxRegression().fit(X, three),
  "softmaxRegression with fractions as labels": softmaxRegression().fit(
    X,
    three.map((label) => label.length / 4),
  ),
  "a network with sigmoid": networkClassifier({ ...short, hidden: [6], activation: "sigmoid" }).fit(X, three),
  "a network for two classes": networkClassifier({ ...short, hidden: [6, 6] }).fit(X, two),
};

test.each(Object.entries(classifiers))("%s has the same classes and probabilities", async (_, model) => {
  const { label, probabilities } = await runOnnx(exportOnnx(model), rows, { X: X.data as Float64Array });
  const expected = model.probabilities(X);
  const got = probabilities!.data as Float64Array;
  expect(labelsOf(label!.data)).toEqual(model.predict(X).map(String));
  expect(probabilities!.dims).toEqual([rows, model.classes.length]);
  (expected.data as Float64Array).forEach((value, at) => {
    expect(Math.abs(got[at]! - value)).toBeLessThan(1e-12);
  });
});

test.each([
  ["two", linearSvm(short).fit(X, two)],
  ["three", linearSvm({ ...short, loss: "squaredHinge" }).fit(X, three)],
] as const)("linearSvm with %s classes has the same classes and scores", async (_, model) => {
  const { label, scores } = await runOnnx(exportOnnx(model), rows, { X: X.data as Float64Array });
  const expected = model.scores(X);
  expect(labelsOf(label!.data)).toEqual(model.predict(X).map(String));
  expected.data.forEach((value, at) => {
    expect(Math.abs((scores!.data as Float64Array)[at]! - value)).toBeLessThan(1e-11);
  });
});

const labelsOf = (data: ArrayLike<unknown>): string[] =>
  Array.from(data, (label) => String(data instanceof Uint8Array ? label === 1 : label));
