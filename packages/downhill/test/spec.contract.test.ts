// The spec of an estimator is JSON, and the estimator of the spec fits the same bits.
import { describe, expect, test } from "vitest";
import type { Estimator } from "../src/estimators/fit/estimator.ts";
import {
  adam,
  cosine,
  descent,
  type EstimatorSpec,
  estimatorFromSpec,
  linearSvm,
  logisticRegression,
  lowRankRatings,
  matrixFactorization,
  networkRegression,
  plain,
} from "../src/index.ts";
import { wasmKernels } from "../src/kernels/wasm.ts";
import { type AnyFitted, text, trials } from "./estimatorTrial.ts";

const throughJson = (spec: EstimatorSpec) => estimatorFromSpec(JSON.parse(JSON.stringify(spec)));

describe.each(trials)("$name", ({ X, y, make }) => {
  const bare = make({ epochs: 3 }).fit(X, y);
  const cases: readonly (readonly [string, Parameters<typeof make>[0]])[] = [
    ["defaults", {}],
    [
      "a schedule, an average, validation rows",
      {
        ...{ optimizer: adam(cosine(0.05, { updates: 40 })), batchSize: 16, average: { from: 1, weight: "t" } },
        ...{ stop: { validation: { share: 0.25 } }, seed: 7, order: "sequential", l2: undefined },
      },
    ],
    [
      "own start",
      { start: bare.params().map((x) => (x === 0 ? -0 : x / 3)), standardize: false, optimizer: plain(1e-6) },
    ],
  ];
  test.each(cases)("%s", (_, options) => {
    const made = make({ epochs: 4, ...options });
    const again = throughJson(made.spec()) as Estimator<typeof y, AnyFitted>;
    expect(again.spec()).toEqual(made.spec());
    expect(text(again.fit(X, y))).toBe(text(made.fit(X, y)));
  });
});

test("matrixFactorization", () => {
  const { users, items, ratings: values } = lowRankRatings({ users: 8, items: 6, seed: 1 });
  const ratings = { users, items, ratings: values };
  for (const scale of [[-2, 2], null] as const) {
    const options = {
      rank: 3,
      epochs: 4,
      scale,
      penalty: "uniform",
      mean: 0.5,
      batchSize: 5,
      standardize: false,
    } as const;
    const made = matrixFactorization(options);
    const again = throughJson(made.spec()) as typeof made;
    expect(text(again.fit(ratings))).toBe(text(made.fit(ratings)));
    expect(again.fit(ratings).settings).toMatchObject({ scale, deviation: 1 });
  }
});

test("a spec is the name of the function and the options that were passed", () => {
  expect(linearSvm({ loss: "squaredHinge", l2: undefined, optimizer: plain(0.1) }).spec()).toEqual({
    estimator: "linearSvm",
    options: { loss: "squaredHinge", optimizer: { optimizer: "plain", rate: 0.1 } },
  });
  expect(networkRegression().spec()).toEqual({ estimator: "networkRegression", options: {} });
});

test("a random start times a scale is kept in a spec, and multiplies the random start to the last bit", () => {
  const X = [
    [1, 2],
    [3, 1],
    [0, -1],
    [2, 2],
  ];
  const y = [1, 2, 3, 4];
  const first = (start: "random" | { random: number }): Float64Array => {
    const options = { hidden: [5], seed: 4, epochs: 1, optimizer: plain(1e-300), start };
    const made = networkRegression(options);
    expect(text((throughJson(made.spec()) as typeof made).fit(X, y))).toBe(text(made.fit(X, y)));
    return made.fit(X, y).params();
  };
  const once = first("random");
  expect(first({ random: 0.25 })).toEqual(once.map((each) => each * 0.25));
  expect(once.some((each) => each !== 0)).toBe(true);
});

test("fitted makes the model of its data, and partialFit uses the options of the estimator", () => {
  for (const { X, y, make } of trials) {
    const estimator = make({ epochs: 3, optimizer: adam(0.05), batchSize: 8 });
    for (const step of estimator.train(X, y)) {
      if (!step.stopped) continue;
      const again = estimator.fitted(structuredClone(step.fittedData()));
      expect(text(again)).toBe(text(step.fitted()));
      expect(text(again.partialFit(X, y))).toBe(text(step.fitted().partialFit(X, y)));
    }
  }
});

describe("an estimator with an option that is code has no spec", () => {
  const rule = (name: string) => `spec: ${name} must be plain data in a spec, got`;
  const own = { slots: 0, apply: () => {} };
  test.each([
    [{ order: () => [0] }, `${rule("order")} a function. Pass "shuffled", "replacement" or "sequential".`],
    [{ kernels: wasmKernels }, `${rule("kernels")} a function. Leave out kernels.`],
    [{ optimizer: plain((t) => 1 / t) }, `${rule("optimizer")} an optimizer with code of your own. Use the optimizers`],
    [{ optimizer: descent(1, own) }, `${rule("optimizer")} an optimizer with code of your own.`],
    [{ optimizer: { ...plain(1) } }, `${rule("optimizer")} an optimizer with code of your own.`],
  ])("%j", (options, message) => {
    for (const made of [logisticRegression(options), matrixFactorization(options)]) {
      expect(() => made.spec()).toThrow(message);
    }
  });
});

describe("estimatorFromSpec throws for", () => {
  test.each<readonly [unknown, string]>([
    [null, "estimatorFromSpec: estimator must be one of linearRegression, logisticRegression, softmaxRegression,"],
    [
      { estimator: "forest", options: {} },
      'networkRegression, matrixFactorization, tableModel, got "forest". Pass one of these names.',
    ],
    [
      { estimator: "linearSvm" },
      "estimatorFromSpec: options must be an object, got undefined. Pass {} for no options.",
    ],
    [{ estimator: "linearSvm", options: { C: 1 } }, 'linearSvm: option "C" is unknown. Use only optimizer'],
    [
      { estimator: "linearSvm", options: {}, version: 1 },
      'estimatorFromSpec: property "version" is unknown. Use only estimator, options.',
    ],
    [{ estimator: "linearSvm", options: { optimizer: { optimizer: "sgd" } } }, 'rmsProp, got "sgd"'],
    [{ estimator: "linearSvm", options: { start: "ones" } }, 'start must be one of zeros, random, got "ones"'],
    [
      { estimator: "linearSvm", options: { epochs: 0 } },
      "linearSvm: epochs must be a whole number of at least 1, got 0",
    ],
  ])("%j", (spec, message) => {
    expect(() => estimatorFromSpec(spec as EstimatorSpec)).toThrow(message);
  });
});
