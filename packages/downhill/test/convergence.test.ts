// The meaning of "converged": the objective of every run with this result is within the tolerance of the optimum, which Newton's
// method finds independently; and the rule does not depend on units.
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  linearRegression,
  linearSvm,
  logisticRegression,
  type Matrix,
  matrix,
  networkRegression,
  plain,
  random,
  softmaxRegression,
  takeColumn,
} from "../src/index.ts";
import { dataset } from "./dataset.ts";
import { newton } from "./newton.ts";

const REMAINING = 1e-9;

/** The objective at the end of a fit. */
const ended = ({ history }: { history: { objective?: number[] } }): number => history.objective!.at(-1)!;

/** Normal columns, multiplied by a scale. */
function cloud(n: number, d: number, seed: number, scale = 1): Matrix {
  const draw = random(seed);
  return matrix(
    Float64Array.from({ length: n * d }, () => scale * draw.normal()),
    n,
    d,
  );
}

/** Labels of the rows by a noisy plane through the origin. */
function labelsOf({ data, rows, columns }: Matrix, noise: number, seed: number): number[] {
  const draw = random(seed).fork("labels");
  const size = Math.max(...data.map(Math.abs)) / 3;
  return Array.from({ length: rows }, (_, i) =>
    (data[i * columns]! - 0.5 * data[i * columns + 1]!) / size + noise * draw.normal() > 0 ? 1 : 0,
  );
}

describe("raw columns of the order 1e-6", () => {
  const X = cloud(200, 2, 1, 1e-6);

  it("logistic: a run that has not reached the optimum has not converged", () => {
    const y = labelsOf(X, 0.5, 1);
    const { value } = newton({ kind: "logistic", X, y, l2: 0 });
    const fitted = logisticRegression({ standardize: false, l2: 0 }).fit(X, y);
    expect(value).toBeLessThan(0.6);
    if (fitted.stopped === "converged") expect(ended(fitted) / value - 1).toBeLessThan(REMAINING);
    expect(ended(fitted)).toBeGreaterThan(value * (1 - 1e-12));
    const scaled = logisticRegression({ l2: 0 }).fit(X, y);
    expect(scaled.stopped).toBe("converged");
    expect(ended(scaled) / value - 1).toBeLessThan(REMAINING);
  });

  it("linear: the same", () => {
    const draw = random(2);
    const y = Array.from(
      { length: 200 },
      (_, i) => 3e6 * X.data[2 * i]! - 1e6 * X.data[2 * i + 1]! + 0.1 * draw.normal(),
    );
    const { value } = newton({ kind: "linear", X, y, l2: 0 });
    const fitted = linearRegression({ standardize: false }).fit(X, y);
    if (fitted.stopped === "converged") expect(ended(fitted) / value - 1).toBeLessThan(REMAINING);
    const scaled = linearRegression().fit(X, y);
    expect(scaled.stopped).toBe("converged");
    expect(ended(scaled) / value - 1).toBeLessThan(REMAINING);
  });
});

it("raw columns of the order 1e8, with a curvature below the limit of the check: near the optimum", () => {
  const draw = random(1);
  const y: number[] = [];
  const X = Array.from({ length: 50 }, () => {
    const [a, b] = [draw.normal(), draw.normal()];
    y.push(1e6 + a - 2 * b + draw.normal());
    return [1e8 + a, 1e8 + b];
  });
  const raw = linearRegression({ standardize: false }).fit(X, y);
  const scaled = linearRegression().fit(X, y);
  expect(scaled.stopped).toBe("converged");
  expect(Math.abs(ended(raw) / ended(scaled) - 1)).toBeLessThan(1e-6); // the differences are 1e-16 of the curvature
});

describe("six rows", () => {
  const X = [
    [1, 9],
    [2, 7],
    [3, 8],
    [4, 6],
    [5, 5],
    [6, 6],
  ];
  const y = [20, 24, 27, 33, 37, 39];

  it.each([-90, -9, 0, 6, 9, 90])("multiplied by 1e%i end after the same epochs with the same fit", (k) => {
    for (const standardize of [true, false]) {
      const [one, other] = [0, k].map((k) =>
        linearRegression({ standardize }).fit(
          X,
          y.map((v) => v * 10 ** k),
        ),
      );
      expect([other!.stopped, other!.updates]).toEqual(["converged", one!.updates]);
      other!.coefficients.data.forEach((w, j) => {
        expect(w / (one!.coefficients.data[j]! * 10 ** k)).toBeCloseTo(1, 7); // rounding errors grow during the run
      });
    }
  });
});

it("one-hot rows, nearly separable, with a small penalty", () => {
  const draw = random(3);
  const [n, groups] = [1500, 12];
  const d = 5 * groups;
  const data = new Float64Array(n * d);
  const effects = Array.from({ length: d }, () => 2 * draw.normal());
  const y = Array.from({ length: n }, (_, i) => {
    let score = 0.2 * draw.normal();
    for (let g = 0; g < groups; g++) {
      const at = 5 * g + Math.floor(5 * draw.uniform() ** 2);
      data[i * d + at] = 1;
      score += effects[at]!;
    }
    return score > 0 ? 1 : 0;
  });
  const X = matrix(data, n, d);
  for (const l2 of [undefined, 1e-6]) {
    const fitted = logisticRegression({ l2 }).fit(X, y);
    const { value } = newton({ kind: "logistic", X, y, l2: l2 ?? 1 / n, standardize: true });
    expect(fitted.stopped).toBe("converged");
    expect(ended(fitted) / value - 1).toBeLessThan(REMAINING);
    expect(ended(fitted) / value - 1).toBeGreaterThan(-1e-12);
  }
});

it("three positives among many rows: coefficients to nearly four digits", () => {
  const X = cloud(20_000, 3, 4);
  const y = Array.from({ length: X.rows }, (_, i) => (i % 7000 === 10 ? 1 : 0));
  expect(y.filter(Boolean).length).toBe(3);
  const fitted = logisticRegression().fit(X, y);
  const { value, params } = newton({ kind: "logistic", X, y, l2: 1 / X.rows, standardize: true });
  expect(fitted.stopped).toBe("converged");
  expect(ended(fitted) / value - 1).toBeLessThan(REMAINING);
  fitted.params().forEach((w, j) => {
    expect(Math.abs(w / params[j]! - 1)).toBeLessThan(1.5e-4); // 1e-9 of the objective allows about this
  });
});

it.each([1e-3, 1e-7])("columns that differ by %f: converged only at the optimum", (apart) => {
  const draw = random(5);
  const y: number[] = [];
  const rows = Array.from({ length: 300 }, () => {
    const [a, b] = [draw.normal(), draw.normal()];
    y.push(a + 0.35 * b + 0.94 * draw.normal());
    return [a, a + apart * b];
  });
  const fitted = linearRegression({ l2: 0 }).fit(rows, y);
  // The optimum is that of the columns a and b themselves, because the sum separates into them.
  const X = matrix(Float64Array.from(rows.flatMap(([a, sum]) => [a!, (sum! - a!) / apart])), 300, 2);
  const { value } = newton({ kind: "linear", X, y, l2: 0 });
  expect(fitted.stopped).toBe("converged");
  expect(Math.abs(ended(fitted) / value - 1)).toBeLessThan(REMAINING);
});

describe("classes that a plane separates, without a penalty", () => {
  const { X, y } = dataset("wine");
  test("softmax and logistic regression end as separable", () => {
    const fitted = softmaxRegression({ l2: 0 }).fit(X, y);
    expect([fitted.stopped, fitted.updates]).toEqual(["separable", 44]);
    expect(fitted.predict(X)).toEqual(y);
    const line = logisticRegression({ l2: 0 }).fit([[1], [2], [3], [4]], [0, 0, 1, 1]);
    expect(line.stopped).toBe("separable");
    expect(logisticRegression({ l2: 0, epochs: 3 }).fit([[1], [2], [3], [4]], [0, 0, 1, 1]).stopped).toBe("separable");
    const own = { l2: 0, optimizer: plain(1), epochs: 5000, stop: { gradient: 1e-3 } };
    expect(logisticRegression(own).fit([[1], [2], [3], [4]], [0, 0, 1, 1]).stopped).toBe("separable");
  });

  test("with a penalty, with classes that overlap and with a loss that reaches 0 there is an optimum", () => {
    expect(softmaxRegression().fit(X, y).stopped).toBe("converged");
    expect(softmaxRegression({ l2: 0, l1: 1e-3 }).fit(X, y).stopped).toBe("converged");
    expect(logisticRegression({ l2: 0 }).fit([[1], [2], [3], [4]], [0, 1, 0, 1]).stopped).toBe("converged");
    expect(linearSvm({ l2: 0, loss: "squaredHinge" }).fit([[1], [2], [3]], [0, 0, 1]).stopped).toBe("converged");
    const weighted = logisticRegression({ l2: 0 }).fit([[1], [2], [3], [4]], [0, 1, 0, 1], { weights: [1, 1, 0, 1] });
    expect(weighted.stopped).toBe("separable"); // the row on the wrong side has no weight
  });
});

test("a class of small weight with a large penalty: converged only where its intercept has converged too", () => {
  // The intercept alone can lower the objective by at least (p − s)² / (2 max(p, s)), where s is the share of the class and
  // p the mean of its probability.
  const cases = fc.record({
    seed: fc.nat(1000),
    weight: fc.constantFrom(1, 1e-2, 1e-4, 1e-6),
    l2: fc.constantFrom(1 / 60, 0.1, 1, 10),
    standardize: fc.boolean(),
    classes: fc.constantFrom(2, 3),
  });
  fc.assert(
    fc.property(cases, ({ seed, weight, l2, standardize, classes }) => {
      const X = cloud(60, 3, seed);
      const y = labelsOf(X, 0.5, seed).map((label, i) => (i < 2 ? classes - 1 : classes === 2 ? 0 : label));
      const weights = y.map((_, i) => (i < 2 ? weight : 1));
      const maker = classes === 2 ? logisticRegression : softmaxRegression;
      const fitted = maker({ l2, standardize }).fit(X, y, { weights });
      if (fitted.stopped !== "converged") return;
      const total = weights.reduce((sum, w) => sum + w, 0);
      const probabilities = takeColumn(fitted.probabilities(X), classes - 1);
      const p = probabilities.reduce((sum, each, i) => sum + weights[i]! * each, 0) / total;
      const s = y.reduce<number>((sum, label, i) => sum + (label === classes - 1 ? weights[i]! : 0), 0) / total;
      expect((p - s) ** 2 / (2 * Math.max(p, s))).toBeLessThan(1.1 * REMAINING * ended(fitted));
    }),
    { numRuns: 60, seed: 7 },
  );
});

describe("a perfect fit", () => {
  test.each([0, 1e6])("ends, with a target mean of %i", (mean) => {
    for (const standardize of [true, false]) {
      const fitted = linearRegression({ standardize }).fit(
        [[1], [2], [3], [4], [5]],
        [3, 5, 7, 9, 11].map((v) => v + mean),
      );
      expect(fitted.stopped).toBe("converged");
      expect(fitted.coefficients.data[0]).toBeCloseTo(2, 8);
    }
  });
  test("more columns than rows, and columns that occur twice", () => {
    const draw = random(8);
    const wide = cloud(10, 20, 8);
    const y = Array.from({ length: 10 }, () => draw.normal());
    expect(linearRegression().fit(wide, y).stopped).toBe("converged");
    const twice = Array.from({ length: 100 }, () => [draw.normal(), draw.normal()]).map(([a, b]) => [
      a!,
      a!,
      2 * a!,
      b!,
    ]);
    const fitted = linearRegression().fit(
      twice,
      twice.map((row) => row[0]! + row[3]! + draw.normal()),
    );
    expect(fitted.stopped).toBe("converged");
    expect(fitted.updates).toBeLessThan(50);
  });
});

describe("the default rule does not depend on units", () => {
  const makers = {
    linear: linearRegression,
    logistic: logisticRegression,
    softmax: softmaxRegression,
    squaredHinge: (options: object) => linearSvm({ ...options, loss: "squaredHinge" }),
  } as unknown as Record<string, typeof linearRegression>;
  const drawn = fc.record({
    kind: fc.constantFrom(...Object.keys(makers)),
    rows: fc.integer({ min: 20, max: 60 }),
    columns: fc.integer({ min: 2, max: 4 }),
    k: fc.integer({ min: -9, max: 9 }),
    seed: fc.nat(1000),
  });

  test("columns times 10^k, targets times 10^k: the same epochs and the same fit", () => {
    fc.assert(
      fc.property(drawn, fc.boolean(), ({ kind, rows, columns, k, seed }, targets) => {
        const X = cloud(rows, columns, seed);
        const draw = random(seed).fork("targets");
        const real = Array.from(
          { length: rows },
          (_, i) => X.data[i * columns]! - X.data[i * columns + 1]! + draw.normal(),
        );
        const y = kind === "linear" ? real : real.map((z) => (z > 0 ? 1 : 0));
        const both = kind === "linear" && targets;
        const other = both ? X : { ...X, data: X.data.map((x) => x * 10 ** k) };
        const fits = [makers[kind]!().fit(X, y), makers[kind]!().fit(other, both ? y.map((v) => v * 10 ** k) : y)];
        expect(fits.map(({ stopped }) => stopped)).toEqual(["converged", "converged"]);
        expect(fits[1]!.updates).toBe(fits[0]!.updates);
        const [one, two] = fits.map(({ coefficients }) => coefficients.data) as [Float64Array, Float64Array];
        const size = Math.max(...one.map(Math.abs));
        two.forEach((w, j) => {
          expect(Math.abs(w * 10 ** (both ? -k : k) - one[j]!) / size).toBeLessThan(1e-7);
        });
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  test("raw columns without a penalty: converged only at the optimum", () => {
    let converged = 0;
    fc.assert(
      fc.property(drawn, ({ kind, rows, columns, k, seed }) => {
        if (kind === "squaredHinge" || kind === "softmax") return;
        const X = cloud(rows, columns, seed);
        const draw = random(seed).fork("targets");
        const real = Array.from({ length: rows }, (_, i) => X.data[i * columns]! + 2 * draw.normal());
        const y = kind === "linear" ? real : real.map((z) => (z > 0 ? 1 : 0));
        const other = { ...X, data: X.data.map((x, at) => x * 10 ** (at % columns === 0 ? k : 0)) };
        const fitted = makers[kind]!({ standardize: false, l2: 0, epochs: 500 }).fit(other, y);
        if (fitted.stopped !== "converged") return;
        converged++;
        const { value } = newton({ kind: kind as "linear" | "logistic", X, y, l2: 0 });
        expect(ended(fitted) / value - 1).toBeLessThan(REMAINING);
      }),
      { numRuns: 100, seed: 2 },
    );
    expect(converged).toBeGreaterThan(15);
  });
});

test("stop.remaining throws where second derivatives are not known", () => {
  const sentence =
    /^train: stop\.remaining needs linear scores with a smooth loss, or the hinge with l2 and the optimizer automatic, got 0\.000001\./;
  const stop = { remaining: 1e-6 };
  expect(() => networkRegression({ stop }).fit([[1], [2]], [1, 2])).toThrow(sentence);
  expect(() => linearSvm({ stop, l2: 0 }).fit([[1], [2]], [1, 2])).toThrow(sentence);
  expect(() => linearSvm({ stop, batchSize: 1 }).fit([[1], [2]], [1, 2])).toThrow(sentence);
  expect(() => linearRegression({ stop: { remaining: 0 } }).fit([[1], [2]], [1, 2])).toThrow(
    "train: stop.remaining must be a finite number above 0, got 0.",
  );
});

test("another tolerance, in batches and for an average of the parameters", () => {
  const { X, y } = dataset("wine");
  const lowest = ended(softmaxRegression({ l2: 0.1 }).fit(X, y));
  for (const average of [undefined, { weight: "t" }] as const) {
    const stop = { remaining: 1e-3 };
    const fitted = softmaxRegression({
      l2: 0.1,
      optimizer: plain(0.05),
      batchSize: 32,
      epochs: 500,
      average,
      stop,
    }).fit(X, y);
    expect(fitted.stopped).toBe("converged");
    expect(fitted.updates).toBeLessThan(500 * 6);
    expect(ended(fitted) / lowest - 1).toBeLessThan(1e-3);
    expect(ended(fitted) / lowest - 1).toBeGreaterThan(1e-6); // the run ended soon after the tolerance was reached
  }
});

test("l1 that sets all weights to 0: converged when the intercept has converged", () => {
  const X = [[1], [2], [3], [4]];
  for (const fitted of [
    logisticRegression({ l1: 5 }).fit(X, [0, 1, 0, 1]),
    logisticRegression({ l1: 5 }).fit(X, [0, 1, 1, 1]),
    linearRegression({ l1: 5 }).fit(X, [1, 2, 4, 1]),
  ]) {
    expect(fitted.stopped).toBe("converged");
    expect(fitted.coefficients.data[0]).toBe(0);
    expect(fitted.updates).toBeLessThan(20);
  }
});

test("a run that resumes from any epoch ends after the same epoch, with the same bits", () => {
  const { X, y } = dataset("digits");
  const model = softmaxRegression();
  const uninterrupted = JSON.stringify(model.fit(X, y));
  let from = 0;
  for (const step of model.train(X, y, { every: "epoch" })) {
    if (step.stopped) break;
    if (step.epoch % 4 === 0) expect(JSON.stringify(model.fit(X, y, { resume: step.state() }))).toBe(uninterrupted);
    from = step.epoch;
  }
  expect(from).toBeGreaterThan(30);
});

test("l1: the remaining amount of the weights that are not 0", () => {
  const { X, y } = dataset("breast_cancer");
  const [one, fine] = [undefined, { remaining: 1e-13 }].map((stop) =>
    logisticRegression({ l2: 0, l1: 0.01, stop, epochs: 20_000 }).fit(X, y),
  );
  expect([one!.stopped, fine!.stopped]).toEqual(["converged", "converged"]);
  expect(one!.updates).toBeLessThan(fine!.updates);
  expect(ended(one!) / ended(fine!) - 1).toBeLessThan(REMAINING);
});

test("float32 needs less than 1.5 times as many epochs as float64", () => {
  const draw = random(9);
  const [n, d] = [3000, 7];
  const data = new Float64Array(n * d); // columns that depend on one size, as for cut stones; five classes, one of them rare
  const y = Array.from({ length: n }, (_, i) => {
    const [size, q, p] = [draw.normal(), draw.normal(), draw.normal()];
    const [x, w, z] = [0.02, 0.02, 0.05].map((noise) => size + noise * draw.normal()) as [number, number, number];
    const carat = size + 0.15 * size * size + 0.05 * draw.normal();
    data.set([carat, q + 0.1 * (z - x), p - 0.3 * q, 1.2 * carat + 0.4 * p + 0.3 * draw.normal(), x, w, z], d * i);
    const scores = [-2.5 + 2 * Math.abs(q), 0.5 * Math.abs(p) - 1, 0.2 + 0.3 * p, 0.4 - 0.2 * size, 1.2 - 0.8 * q * q];
    const noisy = scores.map((score) => score - Math.log(-Math.log(draw.uniform() + 1e-300)));
    return noisy.indexOf(Math.max(...noisy));
  });
  expect(new Set(y).size).toBe(5);
  const [double, single] = [data, Float32Array.from(data)].map((data) =>
    softmaxRegression().fit(matrix(data, n, d), y),
  );
  expect(double!.stopped).toBe("converged");
  expect(["converged", "stalled"]).toContain(single!.stopped);
  expect(single!.updates).toBeLessThan(1.5 * double!.updates);
  expect(ended(single!) / ended(double!) - 1).toBeLessThan(1e-6);
});
