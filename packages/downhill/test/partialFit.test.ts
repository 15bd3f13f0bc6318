// Rows that are added one by one after a fit: the error on old rows stays low, and a changed target is learned as in one batch.
import { describe, expect, test } from "vitest";
import { random } from "../src/core/random.ts";
import {
  accuracy,
  linearRegression,
  linearSvm,
  load,
  logisticRegression,
  type Matrix,
  meanSquaredError,
  networkClassifier,
  networkRegression,
  softmaxRegression,
  takeRows,
} from "../src/index.ts";
import { type AnyFitted, text, trials } from "./estimatorTrial.ts";

type Rows = { X: Matrix; y: (number | string)[] };
type AnyEstimator = { fit(X: Matrix, y: (number | string)[]): AnyFitted };

/** Ten columns and a target with noise of variance 2.25, or its sign; `turn` changes how the target depends on the columns. */
function rowsOf(n: number, seed: number, turn: 0 | 1, classes: boolean): Rows {
  const draw = random(seed);
  const X = Float64Array.from({ length: 10 * n }, () => draw.normal());
  const y = Array.from({ length: n }, (_, i) => {
    let sum = 1 + turn + 1.5 * draw.normal();
    for (let j = 0; j < 10; j++) sum += Math.sin(j + 1 + turn) * X[10 * i + j]!;
    return classes ? (sum > 0 ? "above" : "below") : sum;
  });
  return { X: { data: X, rows: n, columns: 10 }, y };
}

/** The mean squared error of a regression, the share of wrong labels of a classifier. */
const errorOf = (fitted: AnyFitted, { X, y }: Rows): number =>
  fitted.classes
    ? 1 - accuracy(fitted.predict(X) as string[], y as string[])
    : meanSquaredError(fitted.predict(X) as Float64Array, y as number[]);

function oneByOne(fitted: AnyFitted, { X, y }: Rows): AnyFitted {
  let model = fitted;
  for (let i = 0; i < X.rows; i++) model = model.partialFit(takeRows(X, [i]), [y[i]!]);
  return model;
}

// The bounds are relative to the error of the model before: the increase of the error on old rows, and the remaining share of
// the error after the change of the target. A network has fitted some noise of its 250 rows, and new rows remove this fit.
describe.each([
  ["linearRegression", linearRegression(), false, 1.03, 0.65],
  ["logisticRegression", logisticRegression(), true, 1.05, 0.85],
  ["softmaxRegression", softmaxRegression(), true, 1.05, 0.85],
  ["linearSvm, hinge", linearSvm(), true, 1.05, 0.85],
  ["linearSvm, squaredHinge", linearSvm({ loss: "squaredHinge" }), true, 1.05, 0.85],
  ["networkRegression", networkRegression({ l2: 0.1, stop: {} }), false, 1.25, 0.85],
  ["networkClassifier", networkClassifier({ l2: 0.1, stop: {} }), true, 1.3, 0.95],
] as const)("%s", (_, estimator, classes, kept, left) => {
  const old = rowsOf(250, 1, 0, classes);
  const fitted = (estimator as unknown as AnyEstimator).fit(old.X, old.y);
  const before = errorOf(fitted, old);

  test("192 more rows of the same kind, one by one, do not change the error on the old rows", () => {
    const more = oneByOne(fitted, rowsOf(192, 2, 0, classes));
    expect(errorOf(more, old)).toBeLessThan(kept * before);
    expect([fitted.rows, more.rows]).toEqual([250, 442]);
  });

  test("192 rows of a changed target, one by one, change the model about as much as the same rows together", () => {
    const [drift, unseen] = [rowsOf(192, 3, 1, classes), rowsOf(500, 4, 1, classes)];
    const cost = errorOf(fitted, unseen);
    const single = errorOf(oneByOne(fitted, drift), unseen);
    const together = errorOf(fitted.partialFit(drift.X, drift.y), unseen);
    expect(single).toBeLessThan(left * cost);
    expect(together).toBeLessThan(left * cost);
  });
});

test("raw columns with a long tail: short rows, one by one, do not change the error on the old rows", () => {
  const drawn = (n: number, seed: number) => {
    const draw = random(seed);
    const X = Float64Array.from({ length: 2 * n }, (_, i) => (i % 2 ? draw.normal() : Math.exp(3 * draw.normal())));
    const y = Array.from({ length: n }, (_, i) => 5 + 2 * X[2 * i]! - X[2 * i + 1]! + draw.normal());
    return { X: { data: X, rows: n, columns: 2 }, y };
  };
  const [old, more] = [drawn(300, 5), drawn(192, 6)];
  const fitted = linearRegression({ standardize: false }).fit(old.X, old.y) as unknown as AnyFitted;
  const before = errorOf(fitted, old);
  expect(errorOf(oneByOne(fitted, more), old)).toBeLessThan(1.05 * before);
  const loaded = load(JSON.stringify(fitted)) as unknown as AnyFitted;
  expect(text(oneByOne(loaded, more))).toBe(text(oneByOne(fitted, more)));
});

test("rows one by one change convex models about as much as the same rows together", () => {
  const [old, drift] = [rowsOf(250, 1, 0, false), rowsOf(192, 3, 1, false)];
  const fitted = linearRegression().fit(old.X, old.y as number[]) as unknown as AnyFitted;
  const [single, together] = [oneByOne(fitted, drift), fitted.partialFit(drift.X, drift.y)].map((m) => m.params());
  const start = fitted.params();
  const dot = (a: Float64Array, b: Float64Array) =>
    a.reduce((sum, x, j) => sum + (x - start[j]!) * (b[j]! - start[j]!), 0);
  const along = dot(single!, together!) / dot(together!, together!);
  expect(along).toBeGreaterThan(0.8);
  expect(along).toBeLessThan(1.25);
});

test("many more rows than before: the earlier rows hardly count", () => {
  const [small, many] = [rowsOf(20, 1, 0, false), rowsOf(5000, 3, 1, false)];
  const fitted = linearRegression({ l2: 0.1 }).fit(small.X, small.y as number[]);
  const { history } = fitted.partialFit(many.X, many.y as number[]);
  expect(history.learningRate[0]).toBeGreaterThan(0.3); // 1/(𝓛 + l2 + 20/5000), 𝓛 near 2 by the scaling of 20 rows
});

describe.each(trials)("$name: a saved model has the number of its training rows", ({ X, y, make }) => {
  test("the number includes the rows of partialFit, and no validation rows", () => {
    const fitted = make({ epochs: 2, stop: { validation: { share: 0.25 } } }).fit(X, y);
    const training = fitted.rows;
    expect(training).toBe(fitted.updates === 0 ? 0 : 61 - Math.round(0.25 * 61));
    const again = load(text(fitted)) as unknown as AnyFitted;
    expect(again.rows).toBe(training);
    const rates = [fitted, again].map((model) => model.partialFit(X, y).history.learningRate);
    expect(rates[1]).toEqual(rates[0]);
    expect(again.partialFit(X, y).rows).toBe(training + 61);
  });
});
