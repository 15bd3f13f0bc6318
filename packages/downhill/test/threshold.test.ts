// The threshold of a fitted classifier: its predictions, its file, and the functions that do not support it.
import { describe, expect, test } from "vitest";
import { frame, type SavedBody } from "../src/estimators/saved/savedFile.ts";
import {
  blobs,
  chooseThreshold,
  exportCoefficients,
  linearRegression,
  linearSvm,
  load,
  logisticRegression,
  networkClassifier,
  random,
  softmaxRegression,
  takeColumn,
  withThreshold,
} from "../src/index.ts";

const { X, y: numbers } = blobs({
  n: 80,
  centers: [
    [0, 0],
    [1, 1],
  ],
  seed: 2,
}); // prettier-ignore
const y = Array.from(numbers, (label) => (label === 1 ? "yes" : "no"));

describe.each([
  ["logisticRegression", logisticRegression()],
  ["softmaxRegression", softmaxRegression()],
  ["networkClassifier", networkClassifier({ hidden: [4], epochs: 20 })],
])("%s", (_, estimator) => {
  const model = estimator.fit(X, y);
  const probabilities = takeColumn(model.probabilities(X), 1);

  test.each([0, 0.2, 0.5, 0.8, 1.0000000000000002])("predicts the second class from probability %d on", (threshold) => {
    const own = withThreshold(model, threshold);
    expect(own.threshold).toBe(threshold);
    expect(own.predict(X)).toEqual(Array.from(probabilities, (p) => (p >= threshold ? "yes" : "no")));
    expect(own.probabilities(X)).toEqual(model.probabilities(X));
    expect(own.scores(X)).toEqual(model.scores(X));
  });

  test("the threshold is saved, and partialFit keeps it", () => {
    const own = withThreshold(model, 0.3);
    const loaded = load(JSON.stringify(own)) as typeof own;
    expect(loaded.threshold).toBe(0.3);
    expect(loaded.predict(X)).toEqual(own.predict(X));
    expect(JSON.stringify(loaded)).toBe(JSON.stringify(own));
    expect(own.partialFit(X, y).threshold).toBe(0.3);
  });

  test("null removes the threshold, and the model is that of the fit", () => {
    expect(model.threshold).toBeNull();
    expect(JSON.stringify(withThreshold(withThreshold(model, 0.3), null))).toBe(JSON.stringify(model));
  });

  test("a threshold that is chosen for a cost lowers the cost", () => {
    const goal = { falsePositive: 1, falseNegative: 10 };
    const { threshold, value } = chooseThreshold(probabilities, y, "yes", goal);
    const costOf = (predicted: readonly string[]) =>
      predicted.reduce((sum, label, i) => sum + (label === y[i] ? 0 : label === "yes" ? 1 : 10), 0) / y.length;
    expect(costOf(withThreshold(model, threshold).predict(X))).toBeCloseTo(value, 12);
    expect(value).toBeLessThan(costOf(model.predict(X)));
  });
});

test("models and numbers that are not allowed throw", () => {
  const model = logisticRegression().fit(X, y);
  const three = softmaxRegression().fit([[0], [1], [2]], ["a", "b", "c"]);
  expect(() => withThreshold(three, 0.5)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: withThreshold: the model must have two classes, got 3. Compare its probabilities in your program.]`,
  );
  expect(() => withThreshold(linearSvm().fit(X, y), 0.5)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: withThreshold: the model must have probabilities, got a linearSvm. Fit logisticRegression instead.]`,
  );
  expect(() => withThreshold(linearRegression().fit(X, numbers) as never, 0.5)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: withThreshold: the model must be a fitted classifier, got an object. Pass the result of fit.]`,
  );
  for (const wrong of [-0.1, Number.NaN, Infinity, "0.5"])
    expect(() => withThreshold(model, wrong as number)).toThrow(
      "threshold must be a finite number of at least 0, or null",
    );
});

test("a file with a threshold that the model cannot have does not load", () => {
  const changed = (model: { toJSON(): unknown }, threshold: unknown) => {
    const { body } = JSON.parse(JSON.stringify(model)) as { body: SavedBody };
    return frame({ ...body, threshold });
  };
  const fit = (estimator: ReturnType<typeof logisticRegression>) => estimator.fit(X, y);
  expect(() => load(changed(fit(linearSvm()), 0.5))).toThrow(
    "threshold must be absent without the probabilities of two classes",
  );
  expect(() => load(changed(linearRegression().fit(X, numbers), 0.5))).toThrow("threshold must be absent");
  expect(() => load(changed(fit(logisticRegression()), -1))).toThrow("threshold must be");
  expect(() => load(changed(fit(logisticRegression()), "0.5"))).toThrow("threshold must be");
});

test("coefficients do not lose the threshold silently, and the advice works", () => {
  const model = withThreshold(logisticRegression().fit(X, y), 0.3);
  expect(() => exportCoefficients(model)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: exportCoefficients: the model must have no threshold, got 0.3. Pass withThreshold(model, null), and compare the probability of "yes" with 0.3 in your program.]`,
  );
  const without = withThreshold(model, null);
  expect(exportCoefficients(without)).toEqual(exportCoefficients(logisticRegression().fit(X, y)));
});

test("predictions are the results of predict, scores and probabilities, bit for bit", () => {
  const stream = random(8);
  const X = Array.from({ length: 700 }, () => [stream.normal(), stream.normal()]);
  const two = X.map(([a, b]) => (a! + b! + stream.normal() > 0 ? "yes" : "no"));
  const three = X.map(([a, b]) => (a! > 0.5 ? "high" : b! > 0 ? "middle" : "low"));
  const logistic = logisticRegression().fit(X, two);
  const models = [
    logistic,
    withThreshold(logistic, 0.2),
    softmaxRegression().fit(X, three),
    networkClassifier({ hidden: [3], epochs: 2 }).fit(X, three),
    withThreshold(softmaxRegression().fit(X, two), 0.7),
  ];
  for (const model of models) {
    expect(model.predictions(X)).toEqual({
      labels: model.predict(X),
      scores: model.scores(X),
      probabilities: model.probabilities(X),
    });
  }
  const svm = linearSvm({ epochs: 3 }).fit(X, two);
  expect(svm.predictions(X)).toEqual({ labels: svm.predict(X), scores: svm.scores(X), probabilities: null });
});
