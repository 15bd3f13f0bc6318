import {
  type FittedClassifier,
  type FittedRegression,
  type Label,
  linearRegression,
  linearSvm,
  logisticRegression,
  type Matrix,
  random,
  softmaxRegression,
} from "downhill";
import { describe, expect, test } from "vitest";
import { commonAnswer } from "./baseline.ts";
import { evaluate } from "./metrics.ts";
import type { Rows } from "./rows.ts";
import { scoreBins } from "./scoreBins.ts";
import { measureStored } from "./storedOutcome.ts";
import type { StoredBlock, StoredTable } from "./storedTable.ts";

const [n, d] = [500, 3];
const draw = random(4);
const X: Matrix = { data: Float64Array.from({ length: n * d }, () => draw.normal()), rows: n, columns: d };
const noisy = Float64Array.from({ length: n }, (_, i) => X.data[d * i]! - X.data[d * i + 1]! + draw.normal());

/** The rows as a file of rows that is read in blocks of 7. */
function storedAs(y: Float64Array, classes: readonly Label[] | null, answer: Label): StoredTable {
  function* blocks(): Generator<StoredBlock, void> {
    for (let from = 0; from < n; from += 7) {
      const to = Math.min(n, from + 7);
      yield { X: { data: X.data.subarray(from * d, to * d), rows: to - from, columns: d }, y: y.subarray(from, to) };
    }
  }
  return { rows: n, counts: null, classes, answer, blocks, training: null };
}

/** Compares the metrics block by block with those of all rows in memory. */
function expectSame(fitted: FittedClassifier | FittedRegression, rows: Rows, stored: StoredTable, answer: Label): void {
  const [inMemory, inBlocks] = [evaluate(fitted, rows, answer), measureStored(fitted, stored, answer)];
  expect(Object.keys(inBlocks.metrics)).toEqual(Object.keys(inMemory.metrics));
  for (const [name, value] of Object.entries(inMemory.metrics)) {
    const digits = name === "rocArea" || name === "averagePrecision" ? 3 : 11;
    if (Number.isNaN(value)) expect([name, inBlocks.metrics[name]]).toEqual([name, Number.NaN]);
    else expect(inBlocks.metrics[name], name).toBeCloseTo(value, digits);
  }
  const { value, ...others } = inMemory.baseline;
  expect(inBlocks.baseline).toEqual({ ...others, value: expect.closeTo(value, 11) });
}

describe("the metrics of rows in blocks are those of the rows in memory", () => {
  const counts = noisy.map((value) => Math.floor(Math.abs(value)));
  test.each([
    ["squared", {}, noisy],
    ["huber", {}, noisy],
    ["absolute", {}, noisy],
    ["quantile", { quantile: 0.8 }, noisy],
    ["poisson", {}, counts],
    ["squared", {}, noisy.map((value) => value * 1e90)],
    ["squared", {}, noisy.map((value) => value + 1e6)],
    ["squared", {}, noisy.map(() => 3)],
  ] as const)("linear, %s %j", (loss, more, y) => {
    const scale = Math.max(...y.map(Math.abs)) > 1e80 ? 1e90 : 1;
    const fitted = linearRegression({ loss, epochs: 30, ...more } as never).fit(X, y);
    const rows = { task: "regression", X, y } as const;
    const answer = commonAnswer(rows, { loss, ...more });
    if (scale === 1) expectSame(fitted, rows, storedAs(y, null, answer), answer);
    else {
      const [own, other] = [evaluate(fitted, rows, answer), measureStored(fitted, storedAs(y, null, answer), answer)];
      for (const [name, value] of Object.entries(own.metrics)) expect(other.metrics[name]! / value).toBeCloseTo(1, 11);
    }
  });

  const labelled = (classes: readonly Label[], codeOf: (value: number) => number, empty = false) => {
    const codes = noisy.map((value) => (empty ? 0 : codeOf(value)));
    const y = Array.from(noisy, (value) => classes[codeOf(value)]!);
    return { y, seen: Array.from(codes, (code) => classes[code]!), codes };
  };
  const two = (value: number): number => Number(value > 0.3);
  const three = (value: number): number => (value < -0.5 ? 0 : value < 0.5 ? 1 : 2);
  test.each([
    ["logistic", logisticRegression(), ["a", "b"], two, false],
    ["logistic, the other class first", logisticRegression({ classes: ["b", "a"] }), ["a", "b"], two, false],
    ["svm", linearSvm(), [0, 1], two, false],
    ["softmax", softmaxRegression(), ["u", "v", "w"], three, false],
    ["rows of one class", logisticRegression(), ["a", "b"], two, true],
  ] as const)("%s", (_, estimator, classes, codeOf, empty) => {
    const { y, seen, codes } = labelled(classes, codeOf, empty);
    const fitted = estimator.fit(X, y as never) as FittedClassifier;
    const rows = { task: "classification", X, y: seen } as const;
    expectSame(fitted, rows, storedAs(codes, classes, seen[0]!), classes[0]!);
  });
});

test("the areas of bins are exact for scores that differ by more than a thousandth, of both signs", () => {
  const bins = scoreBins();
  for (const [score, isPositive] of [
    [-2, false],
    [-1, true],
    [-1e-300, false],
    [-0, true],
    [0, false],
    [3, true],
  ] as const)
    bins.add(score, isPositive);
  const { roc, averagePrecision } = bins.areas();
  expect(roc).toBeCloseTo((3 + 1.5 + 1 + 1 - 0) / 9, 14);
  expect(averagePrecision).toBeCloseTo(1 / 3 + 2 / 3 / 3 + 3 / 5 / 3, 14);
});
