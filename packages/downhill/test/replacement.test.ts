// Rows drawn with replacement: every model can be trained with them, and needs more epochs than with shuffled rows.
import { describe, expect, it } from "vitest";
import {
  estimatorFromSpec,
  inverseTime,
  linearRegression,
  linearSvm,
  logisticRegression,
  lowRankRatings,
  matrixFactorization,
  moons,
  networkClassifier,
  networkRegression,
  plain,
  softmaxRegression,
} from "../src/index.ts";
import { dataset } from "./dataset.ts";

const { X, y } = moons({ n: 60, noise: 0.2, seed: 1 });
const targets = Float64Array.from({ length: X.rows }, (_, i) => X.data[2 * i]! - X.data[2 * i + 1]! ** 2);
const ratings = lowRankRatings({ users: 20, items: 12, observed: 0.4, seed: 2 });
const options = { batchSize: 7, epochs: 4, seed: 3, order: "replacement" } as const;

describe.each([
  ["linearRegression", linearRegression, targets],
  ["logisticRegression", logisticRegression, y],
  ["softmaxRegression", softmaxRegression, y],
  ["linearSvm", linearSvm, y],
  ["networkClassifier", networkClassifier, y],
  ["networkRegression", networkRegression, targets],
] as const)("%s", (_, make, labels) => {
  it("has other parameters than with shuffled rows, and its spec has the same bits", () => {
    const own = make(options);
    const paramsOf = (estimator: { fit(x: typeof X, y: never): { params(): Float64Array } }) =>
      estimator.fit(X, labels as never).params();
    const params = paramsOf(own);
    expect(params.every(Number.isFinite)).toBe(true);
    expect(params).not.toEqual(paramsOf(make({ ...options, order: "shuffled" })));
    expect(paramsOf(estimatorFromSpec(JSON.parse(JSON.stringify(own.spec()))) as typeof own)).toEqual(params);
  });
});

it.each([
  ["ratings", "explicit", 1],
  ["ratings in batches", "explicit", 7],
  ["implicit feedback", "implicit", 1],
] as const)("a factorization of %s has other parameters than with shuffled examples", (_, feedback, batchSize) => {
  const { users, items, ratings: rated } = ratings;
  const data = { users, items, ...(feedback === "explicit" && { ratings: rated }) };
  const paramsWith = (order: "replacement" | "shuffled") =>
    matrixFactorization({ ...options, feedback, rank: 2, batchSize, order })
      .fit(data as typeof ratings)
      .params();
  expect(paramsWith("replacement").every(Number.isFinite)).toBe(true);
  expect(paramsWith("replacement")).not.toEqual(paramsWith("shuffled"));
});

// docs/training.md states these numbers.
it("needs more epochs than shuffled rows, with the rate that is best for both of 0.03, 0.1, 0.3 and 1", () => {
  const { X, y } = dataset("breast_cancer");
  const optimum = logisticRegression().fit(X, y).history.objective!.at(-1)!;
  const medianOf = (order: "replacement" | "shuffled"): number => {
    const epochs = Array.from({ length: 11 }, (_, seed) => {
      const optimizer = plain(inverseTime(1, { decay: 1 / X.rows }));
      const steps = logisticRegression({ optimizer, batchSize: 1, order, epochs: 300, seed }).train(X, y, {
        every: "epoch",
      });
      for (const step of steps) if (step.objective() < 1.001 * optimum) return step.epoch;
      return Infinity;
    });
    return epochs.sort((a, b) => a - b)[5]!;
  };
  expect([medianOf("shuffled"), medianOf("replacement")]).toEqual([53, 177]);
});
