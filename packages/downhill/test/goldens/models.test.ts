import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  adam,
  inverseTime,
  type LinearParts,
  linearRegression,
  linearSvm,
  logisticRegression,
  matrixFactorization,
  matrixFromRows,
  momentum,
  nesterov,
  networkClassifier,
  networkRegression,
  plain,
  softmaxRegression,
  takeRows,
} from "../../src/index.ts";
import { dataset } from "../dataset.ts";

// Goldens of scikit-learn and of Newton's method in NumPy; formulas and versions are in models.py.

interface Optimum {
  l1?: number;
  l2: number;
  value: number;
  params: number[];
  curvature: number;
  smoothness: number;
  nonzero?: number;
  probabilities?: number[] | number[][];
  predictions?: number[];
}
interface NetworkRun {
  activation: "relu" | "tanh";
  task: string;
  rule: "plain" | "adam";
  rate: number;
  l2: number;
  hidden: number;
  X: number[][];
  y: number[];
  start: number[];
  params: number[];
  values: number[];
  scores: number[][];
}
interface FactorizationRun {
  l2: number;
  rate: number;
  epochs: number;
  penalty: "perRating" | "uniform";
  biases: boolean;
  start: number[];
  params: number[];
  value: number;
  predictions: number[];
}
type Convex =
  | "ridge lasso elasticNet"
  | "logistic logisticStrong logisticWeighted logisticBalanced logisticSparse"
  | "squaredHinge iris wine";
type Words<T extends string> = T extends `${infer A} ${infer B}` ? A | Words<B> : T;
const golden: Record<Words<Convex>, Optimum> & {
  hinge: { l2: number; value: number };
  networks: NetworkRun[];
  ratings: { users: number[]; items: number[]; ratings: number[] };
  factorizations: FactorizationRun[];
} = JSON.parse(readFileSync(new URL("models.json", import.meta.url), "utf8"));

const diabetes = dataset("diabetes");
const progression = Float64Array.from(diabetes.y, Number);
const cancer = dataset("breast_cancer");

function expectWithin(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    expect(Math.abs(actual[i]! - expected[i]!), `entry ${i}`).toBeLessThanOrEqual(tolerance);
  }
}

// Nesterov's momentum with learning rate 1/L and the decay (√κ − 1)/(√κ + 1) for condition number κ; with l1, plain descent.
// A run ends when no entry of the gradient is above `gradient`.
const gradient = 1e-9;
function quick({ smoothness, curvature, l1, l2 }: Optimum) {
  const root = Math.sqrt(smoothness / curvature);
  const optimizer = l1 ? plain(1 / smoothness) : nesterov(1 / smoothness, { decay: (root - 1) / (root + 1) });
  return { optimizer, batchSize: "full" as const, epochs: 20_000, l2, ...(l1 ? { l1 } : {}), stop: { gradient } };
}

interface Reached extends LinearParts {
  params(): Float64Array;
  readonly stopped: string;
  readonly history: { readonly objective?: number[] };
}

/**
 * Expects the golden's optimum, within the bounds that the curvature μ there gives: |θ − θ*| ≤ 2 ‖g‖/μ and F − F* ≤ ‖g‖²/μ,
 * with ‖g‖ ≤ √size · tolerance. The factor 2 allows for the change of the curvature, and 1e-12 (relative) for rounding.
 */
function expectOptimum(fitted: Reached, { value, params, curvature, nonzero }: Optimum): void {
  const norm = Math.sqrt(params.length) * gradient;
  expect(fitted.stopped).toBe("converged");
  const objective = fitted.history.objective!.at(-1)!;
  expect(norm ** 2 / curvature).toBeLessThan(1e-9 * value); // so the next comparison is strict
  expect(Math.abs(objective - value)).toBeLessThanOrEqual(norm ** 2 / curvature + 1e-12 * value);
  const largest = Math.max(...params.map(Math.abs));
  expectWithin(fitted.params(), params, (2 * norm) / curvature + 1e-12 * largest);
  if (nonzero !== undefined) expect(fitted.params().filter((w) => w === 0).length).toBe(params.length - 1 - nonzero);
}

describe("linear regression of diabetes", () => {
  test.each(["ridge", "lasso", "elasticNet"] as const)("%s", (name) => {
    const fitted = linearRegression(quick(golden[name])).fit(diabetes.X, progression);
    expectOptimum(fitted, golden[name]);
    const known = golden[name].predictions;
    // a prediction moves by at most ‖z̃‖ ≤ 10 times the parameters
    if (known) expectWithin(fitted.predict(takeRows(diabetes.X, [0, 200, 441])), known, 1e-5);
  });
});

// A decay β makes steps on a constant slope 1/(1 − β) times as long, and the proximal step is longer by the same factor.
describe("l1 with momentum solves the same problem", () => {
  test.each([
    ["momentum", momentum],
    ["nesterov", nesterov],
  ] as const)("%s", (_, accelerated) => {
    const optimizer = accelerated(0.1 / golden.lasso.smoothness, { decay: 0.9 });
    const fitted = linearRegression({ ...quick(golden.lasso), optimizer, epochs: 3000 }).fit(diabetes.X, progression);
    expectOptimum(fitted, golden.lasso);
  });
});

describe("classifiers of breast_cancer", () => {
  const weights = Float64Array.from(cancer.y, (_, i) => 1 + (i % 3));
  test.each([
    ["logistic", {}, {}],
    ["logisticStrong", {}, {}],
    ["logisticWeighted", {}, { weights }],
    ["logisticBalanced", { classWeights: "balanced" }, {}],
    ["logisticSparse", {}, {}],
  ] as const)("%s", (name, options, how) => {
    const fitted = logisticRegression({ ...quick(golden[name]), ...options }).fit(cancer.X, cancer.y, how);
    expectOptimum(fitted, golden[name]);
    const known = golden[name].probabilities as number[] | undefined;
    if (known) {
      const { data } = fitted.probabilities(takeRows(cancer.X, [0, 100, 300, 568]));
      // at most ¼ of the error of a score, which is at most ‖z̃‖ ≤ 20 times the error of the parameters
      expectWithin(
        data,
        known.flatMap((p) => [1 - p, p]),
        5 * ((2 * Math.sqrt(31) * gradient) / golden[name].curvature),
      );
    }
  });

  test("squaredHinge", () => {
    const fitted = linearSvm({ ...quick(golden.squaredHinge), loss: "squaredHinge" }).fit(cancer.X, cancer.y);
    expectOptimum(fitted, golden.squaredHinge);
  });

  test("hinge, within 1e-3 by averaged subgradients with learning rate 1/(λ(t − 1 + t₀))", { timeout: 20_000 }, () => {
    const { l2, value } = golden.hinge;
    const rate = 1; // t₀ = 1/(rate · l2) = 569: the first steps are long, and the average gives them little weight
    const fitted = linearSvm({
      l2,
      batchSize: 32,
      epochs: 400,
      optimizer: plain(inverseTime(rate, { decay: l2 * rate })),
      average: { weight: "t" },
    }).fit(cancer.X, cancer.y);
    expect(value).toBeCloseTo(0.0466176824856578, 12);
    const reached = fitted.history.objective!.at(-1)!;
    expect(reached).toBeGreaterThanOrEqual(value * (1 - 1e-12));
    expect(reached - value).toBeLessThanOrEqual(1e-3);
  });
});

test.each(["iris", "wine"] as const)("softmax regression of %s", (name) => {
  const { X, y } = dataset(name);
  const fitted = softmaxRegression(quick(golden[name])).fit(X, y);
  expectOptimum(fitted, golden[name]);
  const { data } = fitted.probabilities(takeRows(X, [0, 70, X.rows - 1]));
  expectWithin(data, (golden[name].probabilities as number[][]).flat(), 1e-5);
});

describe("defaults reach the optimum within 1e-6", () => {
  test("breast_cancer logistic", { timeout: 20_000 }, () => {
    const { history, options } = logisticRegression().fit(cancer.X, cancer.y);
    expect(options["l2"]).toBe(1 / 569);
    expect(Math.abs(history.objective!.at(-1)! - 0.0663601862247381)).toBeLessThanOrEqual(1e-6);
  });
  test("iris softmax", () => {
    const { X, y } = dataset("iris");
    const { history } = softmaxRegression().fit(X, y);
    expect(Math.abs(history.objective!.at(-1)! - 0.20919178840531)).toBeLessThanOrEqual(1e-6);
  });
});

// A few steps from the same start. The programs round differently, by a few ε of numbers near 1 in each step. Adam divides by the
// root of squared gradients, which enlarges the difference. The tolerance 1e-12 is a thousand times as large.
describe("networks follow NumPy step by step", () => {
  test.each(golden.networks.map((run) => [`${run.task}, ${run.activation}, ${run.rule}`, run] as const))(
    "%s",
    (_, run) => {
      const { activation, rule, rate, l2, hidden, values } = run;
      const options = {
        activation,
        hidden: [hidden],
        l2,
        optimizer: { plain, adam }[rule](rate),
        batchSize: "full" as const,
        epochs: values.length - 1,
        start: Float64Array.from(run.start),
        standardize: false,
      };
      const X = matrixFromRows(run.X);
      const fitted =
        run.task === "classification"
          ? networkClassifier(options).fit(X, run.y)
          : networkRegression(options).fit(X, run.y);
      expectWithin(fitted.params(), run.params, 1e-12);
      expectWithin(fitted.history.batchLoss, values.slice(0, -1), 1e-12);
      expectWithin(fitted.history.objective!, values.slice(1), 1e-12);
      if ("scores" in fitted) expectWithin(fitted.scores(X).data, run.scores.flat(), 1e-12);
      else expectWithin(fitted.predict(X), run.scores.flat(), 1e-12);
    },
  );
});

describe("factorizations follow NumPy rating by rating", () => {
  const { ratings } = golden;
  test.each(golden.factorizations.map((run) => [`${run.penalty}, biases ${run.biases}`, run] as const))(
    "%s",
    (_, run) => {
      const fitted = matrixFactorization({
        rank: 2,
        penalty: run.penalty,
        biases: run.biases,
        l2: run.l2,
        optimizer: plain(run.rate),
        batchSize: run.penalty === "perRating" ? 1 : "full",
        order: "sequential",
        epochs: run.epochs,
        start: Float64Array.from(run.start),
        standardize: false,
        scale: null,
      }).fit(ratings);
      expectWithin(fitted.params(), run.params, 1e-12);
      expectWithin([fitted.history.objective!.at(-1)!], [run.value], 1e-12);
      const users = Array.from({ length: 20 }, (_, at) => Math.floor(at / 4));
      const items = users.map((_, at) => at % 4);
      expectWithin(fitted.predict(users, items), run.predictions, 1e-12);
    },
  );
});
