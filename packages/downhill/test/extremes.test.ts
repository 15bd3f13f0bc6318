// Numbers near the limits of float64 and float32: a fit is accurate, or throws with the true cause and with advice that works.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  automatic,
  linearRegression,
  linearSvm,
  logisticRegression,
  type Matrix,
  matrix,
  networkClassifier,
  networkRegression,
  plain,
  rSquared,
  softmaxRegression,
} from "../src/index.ts";

const n = 40;
const first = Array.from({ length: n }, (_, i) => Math.sin(i));
const second = Array.from({ length: n }, (_, i) => Math.cos(2 * i) + 0.3 * Math.sin(i));
const number = first.map((a, i) => 2 * a - second[i]! + 0.1 * Math.sin(7 * i) + 1);
const label = number.map((y) => (y > 1 ? "above" : "below"));

type Store = typeof Float64Array | typeof Float32Array;

/** The two columns, each multiplied by a size. */
const table = (sizes: readonly [number, number], Numbers: Store = Float64Array): Matrix =>
  matrix(Numbers.from(first.flatMap((a, i) => [a * sizes[0], second[i]! * sizes[1]])), n, 2);

const plainly = table([1, 1]);

const messageOf = (fit: () => unknown): string => {
  try {
    fit();
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    return String(error);
  }
  throw new Error("nothing was thrown");
};

describe("standardized columns of any size give the same model", () => {
  test.each([
    ["linear", (X: Matrix) => linearRegression().fit(X, number).predict(X), 1e-6],
    ["logistic", (X: Matrix) => logisticRegression().fit(X, label).scores(X).data, 1e-5],
    ["softmax", (X: Matrix) => softmaxRegression().fit(X, label).scores(X).data, 1e-5],
    ["squared hinge", (X: Matrix) => linearSvm({ loss: "squaredHinge" }).fit(X, label).scores(X).data, 1e-5],
    [
      "network",
      (X: Matrix) =>
        networkClassifier({ hidden: [3], epochs: 5 })
          .fit(X, label)
          .scores(X).data,
      1e-6,
    ],
  ] as const)("%s", (_, outputs, tolerance) => {
    const expected = outputs(plainly);
    const exponent = fc.integer({ min: -290, max: 306 });
    fc.assert(
      fc.property(exponent, exponent, (k, m) => {
        const sizes = [Number(`1e${k}`), Number(`1e${m}`)] as const;
        outputs(table(sizes)).forEach((value, i) => {
          expect(Math.abs(value - expected[i]!)).toBeLessThan(tolerance);
        });
      }),
      {
        numRuns: 12,
        examples: [
          [-290, 306],
          [-160, 150],
        ],
      },
    );
  });

  test("the same in float32", () => {
    const expected = linearRegression()
      .fit(table([1, 1], Float32Array), number)
      .predict(plainly);
    for (const sizes of [
      [1e-30, 1e30],
      [1e-20, 1],
      [1e36, 1e-34],
    ] as const) {
      const fitted = linearRegression().fit(table(sizes, Float32Array), number);
      fitted.predict(table(sizes)).forEach((value, i) => {
        expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-4);
      });
    }
  });

  test("a coefficient of a column of 1e-160 is right", () => {
    const [w, v] = linearRegression().fit(plainly, number).coefficients.data;
    const fitted = linearRegression().fit(table([1e-160, 1]), number);
    expect(fitted.coefficients.data[0]! / 1e160 / w!).toBeCloseTo(1, 6);
    expect(fitted.coefficients.data[1]! / v!).toBeCloseTo(1, 6);
    expect(fitted.intercepts[0]).toBeCloseTo(1.006, 2);
  });

  test("a coefficient above the largest number is Infinity; the intercept and the predictions are correct", () => {
    const targets = number.map((y) => y * 1e90);
    const fitted = linearRegression({ optimizer: plain(0.5), batchSize: "full", epochs: 200 }).fit(
      table([1e-290, 1]),
      targets,
    );
    expect(fitted.coefficients.data[0]).toBe(Number.POSITIVE_INFINITY);
    expect(fitted.intercepts[0]! / 1e90).toBeCloseTo(1.006, 2);
    expect(rSquared(fitted.predict(table([1e-290, 1])), targets)).toBeGreaterThan(0.99);
  });
});

describe("columns that are not standardized", () => {
  test.each([1e-200, 1e-101, 1e101, 1e150, 1e200, 1e307])("of %d throw", (size) => {
    const X = { ...table([1, size]), names: ["age", "income"] };
    const message = messageOf(() => linearRegression({ standardize: false }).fit(X, number));
    expect(message).toContain(
      'fit: the largest absolute value in column "income" must be between 1e-100 and 1e+100 without standardization, got ',
    );
    expect(message).toContain("Leave out standardize: false, or multiply the column by a constant.");
    const standardized = linearRegression().fit(X, number);
    expect(rSquared(standardized.predict(X), number)).toBeGreaterThan(0.99);
    const multiplied = linearRegression({ standardize: false }).fit(table([1, size / size]), number);
    expect(rSquared(multiplied.predict(plainly), number)).toBeGreaterThan(0.99);
    for (const make of [logisticRegression, softmaxRegression, linearSvm, networkClassifier]) {
      expect(messageOf(() => make({ standardize: false }).fit(X, label))).toContain('column "income"');
    }
  });

  test("can be between 1e-10 and 1e15 in float32", () => {
    const model = linearRegression({ standardize: false });
    expect(messageOf(() => model.fit(table([1, 1e16], Float32Array), number))).toContain(
      "between 1e-10 and 1000000000000000",
    );
    expect(messageOf(() => model.fit(table([1, 1e-11], Float32Array), number))).toContain("column 1 must");
  });

  test("a column of zeros is allowed", () => {
    expect(linearRegression({ standardize: false }).fit(table([1, 0]), number).coefficients.data[1]).toBe(0);
  });
});

describe("targets", () => {
  test.each([5e-324, 1e-200, 1e-101, 1e101, 1e154, 1e200, 1e307])("of %d throw", (size) => {
    const targets = number.map((y) => y * size);
    const message = messageOf(() => linearRegression().fit(plainly, targets));
    expect(message).toContain("fit: the largest absolute value in the targets must be between 1e-100 and 1e+100");
    expect(message).toContain("Multiply the targets by a constant, and divide the predictions by it.");
    // the advice works
    const multiplied = targets.map((y) => y / size);
    const predicted = linearRegression()
      .fit(plainly, multiplied)
      .predict(plainly)
      .map((z) => z * size);
    if (size > 1e-300) expect(rSquared(predicted, targets)).toBeGreaterThan(0.99);
  });

  test("of partialFit, of validation rows and of float32 throw, too", () => {
    const fitted = linearRegression().fit(plainly, number);
    expect(messageOf(() => fitted.partialFit([[1, 1]], [1e200]))).toContain(
      "partialFit: the largest absolute value in the targets must be",
    );
    const estimator = linearRegression({ stop: { validation: { share: 0.25 } } });
    expect(
      messageOf(() =>
        estimator.fit(
          plainly,
          number.map((y) => y * 1e200),
        ),
      ),
    ).toContain("fit: the largest absolute value in the targets must");
    const single = table([1, 1], Float32Array);
    expect(
      messageOf(() =>
        linearRegression().fit(
          single,
          number.map((y) => y * 1e-20),
        ),
      ),
    ).toContain("between 1e-10 and");
  });

  test("of 0 are allowed", () => {
    const fitted = linearRegression().fit(
      plainly,
      number.map(() => 0),
    );
    expect([...fitted.coefficients.data]).toEqual([0, 0]);
  });

  test("of a network are standardized and can have any size", () => {
    const network = networkRegression({ hidden: [4], epochs: 30, seed: 1 });
    const expected = network.fit(plainly, number).predict(plainly);
    for (const size of [2 ** -950, 2 ** -600, 2 ** 600, 2 ** 1000]) {
      const predicted = network
        .fit(
          plainly,
          number.map((y) => y * size),
        )
        .predict(plainly);
      expect(predicted.map((z) => z / size)).toEqual(expected); // a power of two changes no bit
    }
    expect(
      messageOf(() =>
        network.fit(
          plainly,
          number.map((y) => y * 1e-310),
        ),
      ),
    ).toContain("the numbers in the target must be equal or have a range between");
  });
});

describe("rows whose scores are not finite throw", () => {
  const rows = [
    [0.5, 0.5],
    [1.7e308, 1.7e308],
    [0, 0],
  ]; // the second row: its standardized numbers overflow
  test.each([
    ["linear", linearRegression().fit(plainly, number), ["predict"]],
    ["logistic", logisticRegression().fit(plainly, label), ["predict", "scores", "probabilities"]],
    ["softmax", softmaxRegression().fit(plainly, label), ["predict", "scores", "probabilities"]],
    ["svm", linearSvm({ loss: "squaredHinge" }).fit(plainly, label), ["predict", "scores"]],
  ] as const)("%s", (_, fitted, names) => {
    const model = fitted as unknown as Record<string, (X: number[][]) => unknown>;
    for (const name of names) {
      const message = messageOf(() => model[name]!(rows));
      expect(message).toMatch(
        new RegExp(`${name}: every row of X must have finite scores, got (NaN|-?Infinity) in row 1\\. Pass smaller`),
      );
      expect(() => model[name]!([rows[0]!, rows[2]!])).not.toThrow();
    }
  });

  test("in any block of rows", () => {
    const X = plainly.data.slice();
    const many = matrix(
      Float64Array.from({ length: 2 * 5000 }, (_, at) => X[at % X.length]!),
      5000,
      2,
    );
    many.data.fill(1e308, 2 * 4321, 2 * 4321 + 1);
    const steep = linearRegression().fit(table([1e-3, 1]), number); // its first weight is about 2000
    expect(messageOf(() => steep.predict(many))).toContain("in row 4321.");
  });
});

describe("values that are not finite before any update are not blamed on the learning rate", () => {
  test("a start far from the optimum", () => {
    for (const size of [1e160, 1e200]) {
      const model = linearRegression({ start: Float64Array.of(size, 1, 1) });
      expect(() => model.fit(plainly, number)).toThrow(
        "train: the objective became Infinity at the start, before any update. Start from other parameters, or divide " +
          "inputs and targets by constants.",
      );
    }
    expect(() => linearRegression({ start: Float64Array.of(10, 1, 1) }).fit(plainly, number)).not.toThrow();
  });

  test("a penalty that is too large for a learning rate", () => {
    const options = { optimizer: automatic(), batchSize: "full", epochs: 5, hidden: [3] } as const;
    const fit = (l2: number) => () => networkRegression({ ...options, l2 }).fit(plainly, number);
    expect(messageOf(fit(1e300))).toContain("lower a large penalty");
    expect(fit(1e20)).not.toThrow();
    const model = linearRegression({ l2: 1e300 }).fit(plainly, number); // the metric contains the penalty
    expect(model.coefficients.data.every((weight) => Math.abs(weight) < 1e-290)).toBe(true);
  });
});

describe("sample weights of any size", () => {
  test.each([1e-320, 1e-300, 1e300, 1e308])("%d", (size) => {
    const plainWeights = number.map((_, i) => 1 + (i % 2) / 2);
    const expected = logisticRegression({ classWeights: "balanced" }).fit(plainly, label, { weights: plainWeights });
    const weights = plainWeights.map((weight) => (weight / 2) * size);
    const fitted = logisticRegression({ classWeights: "balanced" }).fit(plainly, label, { weights });
    fitted.params().forEach((value, i) => {
      expect(Math.abs(value - expected.params()[i]!)).toBeLessThan(size < 1e-310 ? 1e-2 : 1e-6); // 1e-320 has three digits
    });
  });
});
