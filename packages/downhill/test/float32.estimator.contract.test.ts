// The contract of all estimators for data in float32: nearly the model of float64, and as for float64 data the same bits,
// resumed runs, saved models and partialFit.

import { describe, expect, test } from "vitest";
import { type Matrix, takeRows } from "../src/core/matrix.ts";
import { elementTypeOf } from "../src/core/vector.ts";
import {
  adam,
  automatic,
  linearRegression,
  load,
  lowRankRatings,
  matrixFactorization,
  nesterov,
  plain,
  regressionWithCondition,
  split,
} from "../src/index.ts";
import { type AnyFitted, answers, distance, outputs, text, trials } from "./estimatorTrial.ts";
import { families } from "./families.ts";

const loaded = (saved: unknown): AnyFitted => load(saved) as unknown as AnyFitted;
const single = (X: Matrix): Matrix => ({ ...X, data: Float32Array.from(X.data) });
const double = (X: Matrix): Matrix => ({ ...X, data: Float64Array.from(X.data) });
const exact = (numbers: ArrayLike<number>): boolean => Array.from(numbers).every((x) => Math.fround(x) === x);

const runs = {
  "defaults, few epochs": { epochs: 4 },
  "adam in batches, averaged": { optimizer: adam(0.05), batchSize: 16, epochs: 5, average: { weight: "t" } },
  "nesterov, held out": {
    optimizer: nesterov(0.02),
    batchSize: 20,
    epochs: 12,
    stop: { validation: { share: 0.25, patience: 4 }, change: { tolerance: 1e-3, patience: 6 } },
  },
} as const;

describe.each(trials)("$name", ({ X: table, y, make, mean, tuned }) => {
  const X = single(table);

  describe.each(Object.entries(runs))("%s", (_, options) => {
    const model = make({ ...options, seed: 3 });

    test.runIf(!tuned)("is nearly the model of float64", () => {
      const [one, other] = [model.fit(X, y), model.fit(double(X), y)];
      // A few updates, each rounded to 6e-8 of the parameters; slopes of e^z up to 8 multiply this in each update.
      const allowed = mean ? 5e-5 : 2e-6;
      expect(distance(one.params(), other.params())).toBeLessThan(allowed);
      expect(distance(outputs(one, X), outputs(other, X))).toBeLessThan(allowed);
      expect(exact(one.params())).toBe(true);
      expect(exact(other.params())).toBe(false);
    });

    test("its steps have float32 numbers", () => {
      for (const step of model.train(X, y)) {
        expect([step.params, step.solution, step.state().kept].map(elementTypeOf)).toEqual(Array(3).fill("float32"));
        break;
      }
    });

    test("the same seed gives the same bits; a run that is resumed at any step ends with the same file", () => {
      const uninterrupted = text(model.fit(X, y));
      expect(text(make({ ...options, seed: 3 }).fit(X, y))).toBe(uninterrupted);
      for (const step of model.train(X, y)) {
        if (step.stopped) break;
        if (step.t % 5 === 1) expect(text(model.fit(X, y, { resume: step.state() }))).toBe(uninterrupted);
      }
    });

    test("a model that is saved and loaded predicts the same bits, for rows of both types", () => {
      const fitted = model.fit(X, y);
      const again = loaded(text(fitted));
      expect(text(again)).toBe(text(fitted));
      expect(answers(again, X)).toEqual(answers(fitted, X));
      expect(answers(fitted, double(X))).toEqual(answers(fitted, X));
      expect(outputs(fitted, X)).toBeInstanceOf(Float64Array);
    });
  });

  test.runIf(!tuned)("the default run reaches the optimum of float64, if there is one", () => {
    const [one, other] = [make().fit(X, y), make().fit(double(X), y)];
    // A fit ends within 1e-9 of the lowest objective, so its outputs are accurate to the root of this.
    expect(distance(outputs(one, X), outputs(other, X))).toBeLessThan(1e-5);
    expect(Math.abs(one.history.objective!.at(-1)! / other.history.objective!.at(-1)! - 1)).toBeLessThan(1e-6);
  });

  test("partialFit uses the element type of its rows", () => {
    const options = { optimizer: adam(0.05), batchSize: 16, epochs: 5 } as const;
    const fitted = make(options).fit(X, y);
    const [one, other] = [fitted.partialFit(X, y), fitted.partialFit(double(X), y)];
    expect([exact(one.params()), exact(other.params())]).toEqual([true, false]);
    expect(distance(one.params(), other.params())).toBeLessThan(1e-6);
    expect(exact(make(options).fit(double(X), y).partialFit(X, y).params())).toBe(true);
  });

  test("no argument is changed; columns can have another order", () => {
    const names = ["a", "b", "c"];
    const table = { ...X, data: X.data.slice(), names };
    const fitted = make({ epochs: 2 }).fit(table, y, { weights: y.map((_, i) => 1 + (i % 2)) });
    expect(table.data).toEqual(X.data);
    const turned = { ...X, data: X.data.slice(), names: ["c", "a", "b"] };
    for (let i = 0; i < X.rows; i++) {
      const [a, b, c] = X.data.subarray(3 * i, 3 * i + 3);
      turned.data.set([c!, a!, b!], 3 * i);
    }
    expect(answers(fitted, turned)).toEqual(answers(fitted, X));
    expect(text(fitted.partialFit(turned, y))).toBe(text(fitted.partialFit(table, y)));
  });
});

describe("targets of any scale", () => {
  const { X, y } = regressionWithCondition({ n: 300, features: 6, condition: 10, seed: 2 });
  const large = y.map((value) => 1e4 * value);

  test("need about as many epochs by default as in float64", () => {
    const [one, other] = [single(X), double(single(X))].map((X) => linearRegression().fit(X, large));
    expect([one!.stopped, other!.stopped]).toEqual(["converged", "converged"]);
    expect(one!.updates).toBeLessThan(1.5 * other!.updates);
    expect(distance(one!.params(), other!.params())).toBeLessThan(1e-5);
  });

  test("automatic is stable at a gradient that float32 cannot reach, and the stop rules of the user are kept", () => {
    const options = { optimizer: automatic(), epochs: 1500, stop: { gradient: 1e-6 } };
    const [one, other] = [single(X), double(single(X))].map((X) => linearRegression(options).fit(X, large));
    expect([one!.stopped, one!.updates]).toEqual(["epochs", 1500]);
    expect(distance(one!.params(), other!.params())).toBeLessThan(1e-5);
    const stop = { change: { tolerance: 0.5, patience: 1 } };
    expect(linearRegression({ stop }).fit(single(X), large).updates).toBeLessThan(20);
  });

  test("targets that are too large for float32 throw", () => {
    expect(() => linearRegression().fit(single(X), y.with(7, 1e39))).toThrow(
      "fit: targets must be at most 3.4e38 in size for X in float32, got 1e+39 in row 7. " +
        "Pass the data of X as a Float64Array.",
    );
    expect(() => linearRegression({ epochs: 1 }).fit(X, y.with(7, 1e39))).not.toThrow();
  });
});

describe("matrixFactorization", () => {
  const { users, items, ratings } = lowRankRatings({ users: 20, items: 15, seed: 3 });
  const rounded = Float32Array.from(ratings);

  const uniform = { penalty: "uniform", optimizer: plain(0.5) } as const;
  test.each([{}, uniform, { biases: false, stop: { validation: { share: 0.2 } } }] as const)(
    "of ratings in a Float32Array: %j",
    (more) => {
      const model = matrixFactorization({ rank: 4, epochs: 10, seed: 2, ...more });
      const one = model.fit({ users, items, ratings: rounded });
      const other = model.fit({ users, items, ratings: Float64Array.from(rounded) });
      expect([exact(one.params()), exact(other.params())]).toEqual([true, false]);
      expect(distance(one.params(), other.params())).toBeLessThan(1e-6);
      expect(distance(one.predict(users, items), other.predict(users, items))).toBeLessThan(1e-6);
      expect(text(model.fit({ users, items, ratings: rounded }))).toBe(text(one));
      const again = load(text(one)) as typeof one;
      expect(again.predict(users, items)).toEqual(one.predict(users, items));
      for (const step of model.train({ users, items, ratings: rounded }, { every: 100 })) {
        const resume = step.state();
        if (!step.stopped) expect(text(model.fit({ users, items, ratings: rounded }, { resume }))).toBe(text(one));
        if (step.t > 500) break;
      }
    },
  );
});

test("split keeps the element type in both parts", () => {
  const X = single(trials[0]!.X);
  const { train, test } = split(
    X,
    Float32Array.from({ length: X.rows }, (_, i) => i),
  );
  expect([train.X.data, train.y, test.X.data, test.y].map(elementTypeOf)).toEqual(Array(4).fill("float32"));
  expect(takeRows(X, test.y)).toEqual(test.X);
});

const inFloat32 = Object.entries(families).filter(([name]) => name.endsWith("float32"));

test.each(inFloat32)("%s: all numbers are finite, and a second run has the same bits", (_, run) => {
  expect(exact(run())).toBe(true);
  expect(run()).toEqual(run());
});
