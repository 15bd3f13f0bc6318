import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  exportCoefficients,
  type Label,
  type LinearCoefficients,
  linearRegression,
  linearSvm,
  load,
  logisticRegression,
  modelFromCoefficients,
  networkClassifier,
  softmaxRegression,
} from "../../src/index.ts";

/** Coefficients and predictions of scikit-learn, by goldens/imported.py. */
interface Golden {
  readonly rows: number[][];
  readonly cases: Record<
    string,
    {
      saved: LinearCoefficients;
      predictions: Label[] | number[][];
      scores?: number[] | number[][];
      probabilities?: number[][];
    }
  >;
}
const golden: Golden = JSON.parse(readFileSync(new URL("../goldens/imported.json", import.meta.url), "utf8"));

describe.each(Object.entries(golden.cases))(
  "the coefficients of %s",
  (_, { saved, predictions, scores, probabilities }) => {
    const model = modelFromCoefficients(saved);

    test("predict as in scikit-learn", () => {
      const got = [...model.predict(golden.rows)];
      if (saved.classes) expect(got).toEqual(predictions);
      else close(got as number[], predictions.flat() as number[], 1e-12);
      if ("scores" in model && scores && scores.flat().length === model.scores(golden.rows).data.length) {
        close(model.scores(golden.rows).data, scores.flat(), 1e-11);
      }
      if (probabilities && "classes" in model) {
        close(model.probabilities(golden.rows).data, probabilities.flat(), 1e-12);
      }
    });

    test("are the same after saving, and after export", () => {
      const again = load(JSON.stringify(model)) as typeof model;
      expect(again.predict(golden.rows)).toEqual(model.predict(golden.rows));
      const exported = exportCoefficients(again);
      expect(exported.coefficients.flat()).toEqual([saved.coefficients].flat(2));
      expect(modelFromCoefficients(exported).predict(golden.rows)).toEqual(model.predict(golden.rows));
    });
  },
);

function close(got: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  expect(got.length).toBe(expected.length);
  expected.forEach((value, at) => {
    expect(Math.abs(got[at]! - value)).toBeLessThan(tolerance * (1 + Math.abs(value)));
  });
}

test("exported coefficients belong to the columns of the user, and have their means", () => {
  const rows = [
    { size: 1000, age: 1 },
    { size: 2000, age: 3 },
    { size: 1500, age: 9 },
  ];
  const model = linearRegression().fit(rows, [1, 2, 3]);
  const { kind, classes, names, coefficients, intercepts, means } = exportCoefficients(model);
  expect({ kind, classes, names, means }).toEqual({
    kind: "linear",
    classes: null,
    names: ["size", "age"],
    means: [1500, 13 / 3],
  });
  expect(coefficients).toEqual([[...model.coefficients.data]]);
  expect(intercepts).toEqual([...model.intercepts]);
  expect(JSON.parse(JSON.stringify(exportCoefficients(model)))).toEqual(exportCoefficients(model));
});

test("an imported model continues to learn, without earlier rows", () => {
  const X = [[1], [2], [3], [4]];
  const model = modelFromCoefficients({ kind: "linear", coefficients: [1], intercepts: 0 });
  expect([model.rows, model.updates, model.stopped]).toEqual([0, 0, "imported"]);
  const later = model.partialFit(X, [3, 5, 7, 9], { epochs: 2000 });
  expect(later.rows).toBe(4);
  close(later.predict([[10]]), [21], 1e-3);
});

test.each([
  [{ kind: "tree" }, "kind must be one of linear, poisson, logistic, softmax, svm"],
  [{ coef_: [] }, 'member "coef_" is unknown'],
  [{ coefficients: 1 }, "coefficients must be a list of numbers per score"],
  [{ coefficients: [] }, "coefficients must be a list of numbers per score"],
  [{ coefficients: [[1, 2], [3]] }, "intercepts must be one number per score (2)"],
  [{ coefficients: [[1, 2], [3]], intercepts: [0, 0] }, "coefficients[1] must be one number per column (2)"],
  [{ coefficients: [[1, Number.NaN]] }, "coefficients[0] must be finite numbers"],
  [{ intercepts: "1" }, "intercepts must be one number per score (1)"],
  [{ classes: null }, 'classes must be a list for the kind "logistic"'],
  [{ classes: ["a", "b", "c"] }, 'the kind "logistic" must have 1 scores for 3 classes'],
  [{ kind: "softmax" }, 'the kind "softmax" must have 2 scores for 2 classes'],
  [{ kind: "linear" }, 'classes must be left out for the kind "linear"'],
  [{ names: ["a"] }, "names must be one name per column (2)"],
  [{ names: ["a", "a"] }, "names must be distinct"],
  [{ classes: ["a", "a"] }, "classes must be distinct"],
])("%j is an error", (change, message) => {
  const valid = { kind: "logistic", classes: ["no", "yes"], coefficients: [[1, 2]], intercepts: [0] };
  expect(modelFromCoefficients(valid as LinearCoefficients).kind).toBe("logistic");
  expect(() => modelFromCoefficients({ ...valid, ...change } as LinearCoefficients)).toThrow(
    `modelFromCoefficients: ${message}`,
  );
});

test("the export of all models with linear scores makes models with the same classes", () => {
  const X = [
    [1, 5],
    [2, 4],
    [6, 1],
    [7, 3],
    [3, 3],
    [9, 9],
  ];
  const y = ["a", "a", "b", "b", "c", "c"];
  const two = y.map((label) => label === "a");
  for (const model of [
    softmaxRegression().fit(X, y),
    linearSvm({ epochs: 5 }).fit(X, y),
    linearSvm({ epochs: 5 }).fit(X, two),
    logisticRegression().fit(X, two),
  ]) {
    expect(modelFromCoefficients(exportCoefficients(model)).predict(X)).toEqual(model.predict(X));
  }
  const network = networkClassifier({ epochs: 1 }).fit(X, y);
  expect(() => exportCoefficients(network)).toThrow("got a network. Use exportOnnx or exportJs");
});
