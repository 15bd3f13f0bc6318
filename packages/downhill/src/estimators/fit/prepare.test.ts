import { expect, test } from "vitest";
import { random } from "../../core/random.ts";
import { train } from "../../training/train.ts";
import { linearRegression } from "../linearRegression.ts";
import { logisticRegression } from "../logisticRegression.ts";
import { matrixFactorization } from "../matrixFactorization.ts";
import { networkRegression } from "../neuralNetwork.ts";
import type { PreparedFit } from "./steps.ts";

const stream = random(1);
const X = Array.from({ length: 40 }, () => ({ size: 100 * stream.normal(), age: stream.normal() }));
const y = X.map(({ size, age }) => size / 50 - age + stream.normal());
const labels = y.map((each) => (each > 0 ? "high" : "low"));

/** The parameters at the end of a run of the prepared parts. */
function trained({ problem, optimizer, options }: PreparedFit): Float64Array {
  let params: Float64Array = new Float64Array();
  for (const { best, solution } of train(problem, optimizer, options)) params = Float64Array.from(best ?? solution);
  return params;
}

/** The parameters of the fitted model at the end of the steps. */
function paramsOf(steps: Iterable<{ fittedData(): { readonly params: Float64Array } }>): Float64Array {
  let params: Float64Array = new Float64Array();
  for (const step of steps) ({ params } = step.fittedData());
  return params;
}

test("a run of the prepared problem, optimizer and options has the bits of fit", () => {
  const linear = linearRegression({ epochs: 30 });
  expect(trained(linear.prepare(X, y))).toEqual(paramsOf(linear.train(X, y)));
  const batches = logisticRegression({ batchSize: 8, epochs: 5, seed: 3 });
  expect(trained(batches.prepare(X, labels))).toEqual(paramsOf(batches.train(X, labels)));
  const network = networkRegression({ hidden: [4], epochs: 5, stop: { validation: { share: 0.2 } } });
  expect(trained(network.prepare(X, y))).toEqual(paramsOf(network.train(X, y)));
  const ratings = { users: ["a", "a", "b", "b"], items: ["x", "y", "x", "y"], ratings: [1, 2, 3, 5] };
  const factorization = matrixFactorization({ rank: 2, epochs: 4 });
  expect(trained(factorization.prepare(ratings))).toEqual(paramsOf(factorization.train(ratings)));
});

test("the problem with columns as they are is that of an estimator that does not standardize", () => {
  const weights = y.map((_, i) => 1 + (i % 3));
  const standardized = linearRegression({ l2: 0.1, epochs: 20 });
  const raw = linearRegression({ l2: 0.1, epochs: 20, standardize: false });
  const { problemWith, columns, l2 } = standardized.prepare(X, y, { weights });
  expect(columns).toEqual(["size", "age"]);
  expect(l2).toBe(0.1);
  const { optimizer, options } = raw.prepare(X, y, { weights });
  const parts = { ...raw.prepare(X, y), optimizer, options, problem: problemWith(false) };
  expect(trained(parts)).toEqual(paramsOf(raw.train(X, y, { weights })));
  const fit = standardized.prepare(X, y);
  for (let time = 0; time < 2; time++) expect(paramsOf(fit.steps())).toEqual(paramsOf(standardized.train(X, y)));
  const back = { ...standardized.prepare(X, y), problem: raw.prepare(X, y).problemWith(true) };
  expect(trained(back)).toEqual(paramsOf(standardized.train(X, y)));
});
