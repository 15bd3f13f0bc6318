// The losses of linearRegression: options, the numbers that it computes from the rows, the rule "converged", and predictions.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  column,
  dense,
  huber,
  type LinearRegressionOptions,
  linear,
  linearRegression,
  load,
  type Matrix,
  matrix,
  plain,
  type Random,
  random,
  risk,
  train,
} from "../src/index.ts";

const normalRows = (draw: Random, n: number, d: number): Matrix =>
  matrix(
    Float64Array.from({ length: n * d }, () => draw.normal()),
    n,
    d,
  );

/** y = 3 + 2 a − b + noise. */
function line(n: number, noise: (draw: Random, i: number) => number, seed = 1): { X: Matrix; y: Float64Array } {
  const draw = random(seed);
  const X = normalRows(draw, n, 2);
  const y = Float64Array.from({ length: n }, (_, i) => 3 + 2 * X.data[2 * i]! - X.data[2 * i + 1]! + noise(draw, i));
  return { X, y };
}

const normal = (draw: Random): number => draw.normal();

describe("options", () => {
  const cases: [LinearRegressionOptions, string][] = [
    [{ loss: "l1" as never }, "loss must be one of squared, huber, absolute, quantile, poisson, got"],
    [{ delta: 1 }, 'delta must be left out with loss: "squared", got 1. Leave it out, or pass loss: "huber".'],
    [{ loss: "absolute", delta: 1 }, 'delta must be left out with loss: "absolute", got 1.'],
    [{ loss: "huber", delta: 0 }, "delta must be a finite number above 0, got 0."],
    [{ loss: "huber", quantile: 0.5 }, 'quantile must be left out with loss: "huber", got 0.5.'],
    [{ loss: "quantile" }, "quantile must be above 0 and below 1, got undefined. Pass a number such as 0.1."],
    [{ loss: "quantile", quantile: 1 }, "quantile must be above 0 and below 1, got 1."],
    [{ loss: "quantile", quantile: Number.NaN }, "quantile must be above 0 and below 1, got NaN."],
  ];
  test.each(cases)("%j", (options, sentence) => {
    expect(() => linearRegression(options)).toThrow(`linearRegression: ${sentence}`);
  });

  test("the advice of the messages works", () => {
    linearRegression({ loss: "huber", delta: 1 });
    linearRegression({ loss: "quantile", quantile: 0.9 });
  });

  test('"squared" is the default, and its models have no loss in their file', () => {
    const { X, y } = line(20, normal);
    const text = JSON.stringify(linearRegression({ loss: "squared" }).fit(X, y));
    expect(text).toBe(JSON.stringify(linearRegression().fit(X, y)));
    expect(JSON.parse(text).body.settings).toEqual({});
  });
});

describe("numbers that are computed from the rows", () => {
  test("delta is 1.35 times the deviation of the errors, and outliers hardly change it", () => {
    const clean = linearRegression({ loss: "huber" }).fit(...pair(line(2000, normal)));
    const spoiled = linearRegression({ loss: "huber" }).fit(
      ...pair(line(2000, (draw, i) => draw.normal() + (i % 20 === 0 ? 500 : 0))),
    );
    expect(Math.abs((clean.settings["delta"] as number) / 1.35 - 1)).toBeLessThan(0.05);
    expect(Math.abs((spoiled.settings["delta"] as number) / 1.35 - 1)).toBeLessThan(0.15);
    expect(Math.abs(spoiled.coefficients.data[0]! - 2)).toBeLessThan(0.1);
    const squares = linearRegression().fit(...pair(line(2000, (draw, i) => draw.normal() + (i % 20 === 0 ? 500 : 0))));
    expect(Math.abs(squares.coefficients.data[0]! - 2)).toBeGreaterThan(0.5);
  });

  test.each(["huber", "absolute", "quantile"] as const)(
    "%s: the fit does not depend on the unit of the targets",
    (loss) => {
      const { X, y } = line(150, normal);
      const options = loss === "quantile" ? { loss, quantile: 0.8 } : { loss };
      const one = linearRegression(options).fit(X, y);
      for (const [factor, shift] of [
        [1e-6, 0],
        [1e6, 0],
        [1, 1e4],
      ] as const) {
        const other = linearRegression(options).fit(
          X,
          y.map((value) => value * factor + shift),
        );
        expect([one.stopped, other.stopped]).toEqual(["converged", "converged"]);
        one.coefficients.data.forEach((w, j) => {
          expect(Math.abs(other.coefficients.data[j]! / factor - w)).toBeLessThan(2e-3);
        });
      }
    },
  );

  test.each(["huber", "absolute"] as const)("%s: constant targets, a perfect fit, and one row", (loss) => {
    const constant = linearRegression({ loss }).fit([[1], [2], [3]], [7, 7, 7]);
    expect(constant.predict([[5]])[0]).toBeCloseTo(7, 8);
    const perfect = linearRegression({ loss }).fit([[1], [2], [3], [4]], [10, 20, 30, 40]);
    expect(perfect.predict([[6]])[0]).toBeCloseTo(60, 5);
    expect(
      linearRegression({ loss })
        .fit([[1]], [5])
        .predict([[1]])[0],
    ).toBeCloseTo(5, 5);
  });
});

describe("quantiles", () => {
  test.each([0.05, 0.5, 0.9])(
    "%d: this share of the targets is below the predictions, up to the rows in the interval",
    (q) => {
      const { X, y } = line(1000, (draw) => Math.exp(draw.normal()));
      const model = linearRegression({ loss: "quantile", quantile: q }).fit(X, y);
      const predicted = model.predict(X);
      const below = y.filter((value, i) => value < predicted[i]!).length;
      expect(model.stopped).toBe("converged");
      const width = model.settings["width"] as number;
      const inside = y.filter((value, i) => Math.abs(value - predicted[i]!) < width).length;
      expect(inside).toBeLessThan(40);
      expect(Math.abs(below - 1000 * q)).toBeLessThanOrEqual(inside);
    },
  );

  test("absolute is the quantile 0.5", () => {
    const { X, y } = line(301, normal);
    const [a, b] = [{ loss: "absolute" }, { loss: "quantile", quantile: 0.5 }] as const;
    const [one, other] = [a, b].map((options) => linearRegression(options).fit(X, y));
    one!.params().forEach((value, j) => {
      expect(Math.abs(value - other!.params()[j]!)).toBeLessThan(1e-3);
    });
  });

  test("the mean pinball loss is above its lowest value by less than width/4 times the share of rows in the interval", () => {
    // The slopes of the smoothed optimum are a feasible point of the dual problem, so the duality gap is the sum of
    // ρ(u) − slope · u, which is 0 outside the interval.
    const { X, y } = line(60, normal);
    const model = linearRegression({ loss: "quantile", quantile: 0.7 }).fit(X, y);
    const width = model.settings["width"] as number;
    const errors = model.predict(X).map((z, i) => z - y[i]!);
    const inside = errors.filter((u) => u > -0.7 * width && u < 0.3 * width).length;
    const pinball = (u: number): number => Math.max(-0.7 * u, 0.3 * u);
    const gap = errors.reduce((sum, u) => sum + pinball(u) - Math.min(Math.max(u / width, -0.7), 0.3) * u, 0) / 60;
    expect(inside).toBeGreaterThan(0);
    expect(gap).toBeLessThan(((inside / 60) * width) / 4);
    expect(gap / (errors.reduce((sum, u) => sum + pinball(u), 0) / 60)).toBeLessThan(1e-3);
  });
});

/** The lowest value of mean loss + l2/2 ‖w‖² for a loss with limits, by Newton's method with halved steps. */
function newton(
  Z: Matrix,
  y: ArrayLike<number>,
  limits: { c: number; low: number; high: number },
  l2: number,
  start: Float64Array,
) {
  const { rows: n, columns: d } = Z;
  const { c, low, high } = limits;
  const size = d + 1;
  const at = (i: number, j: number): number => (j === d ? 1 : Z.data[i * d + j]!);
  const evaluate = (p: Float64Array) => {
    let value = 0;
    const g = new Float64Array(size);
    const H = Array.from({ length: size }, () => new Float64Array(size));
    for (let i = 0; i < n; i++) {
      let u = -y[i]!;
      for (let j = 0; j < size; j++) u += p[j]! * at(i, j);
      const s = Math.min(Math.max(c * u, -low), high);
      value += (s * (u - s / (2 * c))) / n;
      for (let j = 0; j < size; j++) {
        g[j]! += (s * at(i, j)) / n;
        if (-low < c * u && c * u < high) for (let k = 0; k < size; k++) H[j]![k]! += (c * at(i, j) * at(i, k)) / n;
      }
    }
    for (let j = 0; j < d; j++) {
      value += (l2 / 2) * p[j]! ** 2;
      g[j]! += l2 * p[j]!;
      H[j]![j]! += l2;
    }
    for (let j = 0; j < size; j++) H[j]![j]! += 1e-9 * c;
    return { value, g, H };
  };
  let p = start;
  let here = evaluate(p);
  for (let step = 0; step < 300; step++) {
    const move = solved(here.H, here.g);
    let next = here;
    for (let length = 1; length > 1e-12; length /= 2) {
      const q = p.map((x, j) => x - length * move[j]!);
      next = evaluate(q);
      if (next.value < here.value) {
        p = q;
        break;
      }
    }
    if (!(next.value < here.value)) break;
    here = next;
  }
  return here.value;
}

/** The solution of H x = g for a positive definite H, by elimination. */
function solved(H: readonly Float64Array[], g: Float64Array): Float64Array {
  const rows = H.map((row, i) => [...row, g[i]!]);
  const size = rows.length;
  for (let k = 0; k < size; k++) {
    for (let i = 0; i < size; i++) {
      if (i === k) continue;
      const factor = rows[i]![k]! / rows[k]![k]!;
      for (let j = k; j <= size; j++) rows[i]![j]! -= factor * rows[k]![j]!;
    }
  }
  return Float64Array.from(rows, (row, k) => row[size]! / row[k]!);
}

test("a run that has converged is within 1e-9 of the optimum, also for discrete targets and few rows", () => {
  let converged = 0;
  const drawn = fc.record({
    seed: fc.nat(1000),
    n: fc.integer({ min: 4, max: 50 }),
    d: fc.integer({ min: 1, max: 4 }),
    l2: fc.constantFrom(0, 0.1),
    discrete: fc.boolean(),
    loss: fc.constantFrom("huber", "absolute", "quantile" as const),
    number: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
  });
  fc.assert(
    fc.property(drawn, ({ seed, n, d, l2, discrete, loss, number }) => {
      const draw = random(seed);
      const X = normalRows(draw, n, d);
      const y = Array.from({ length: n }, (_, i) => X.data[i * d]! + draw.normal()).map((value) =>
        discrete ? Math.round(value) : value,
      );
      const own = loss === "huber" ? { delta: number } : loss === "quantile" ? { quantile: number } : {};
      const model = linearRegression({ loss, ...own, l2, standardize: false }).fit(X, y);
      if (model.stopped !== "converged") return;
      converged++;
      const width = model.settings["width"] as number;
      const limits =
        loss === "huber"
          ? { c: 1, low: number, high: number }
          : loss === "absolute"
            ? { c: 2 / width, low: 1, high: 1 }
            : { c: 1 / width, low: number, high: 1 - number };
      const lowest = newton(X, y, limits, l2, model.params());
      const value = model.history.objective!.at(-1)!;
      // 1e-9 of the objective, or 1e-18 of that of a constant for a perfect fit
      expect(value - lowest).toBeLessThanOrEqual(1.01e-9 * value + 1e-15);
    }),
    { numRuns: 300, seed: 3 },
  );
  expect(converged).toBeGreaterThan(280);
});

describe("a Newton step proves nothing", () => {
  /** The end of a run that stays at 0, and the objective there and at 1000, with rows at ±1000 and one at 0. */
  function ended(above: number, below: number, atZero: number) {
    const y = Float64Array.from([
      ...Array<number>(above).fill(1000),
      ...Array<number>(below).fill(-1000),
      ...Array<number>(atZero).fill(0),
    ]);
    const X = matrix(new Float64Array(y.length), y.length, 1);
    const problem = risk({ predictor: linear(1), loss: huber(1), inputs: dense(X), targets: column(y) });
    const stop = { remaining: 1e-3 };
    const [step] = train(problem, plain(1e-9), { epochs: 1, stop });
    const [there] = train(problem, plain(1e-9), { epochs: 1, start: Float64Array.of(0, 1000) });
    return { stopped: step!.stopped, gap: (step!.batchLoss - there!.batchLoss) / step!.batchLoss };
  }

  test("where it takes the only row with curvature out of the interval", () => {
    // Half the decrement is 2e-5 of the objective.
    const { stopped, gap } = ended(51, 49, 1);
    expect(gap).toBeGreaterThan(5e-3);
    expect(stopped).toBe("epochs");
  });

  test("where no row has curvature", () => {
    const { stopped, gap } = ended(51, 49, 0);
    expect(gap).toBeGreaterThan(5e-3);
    expect(stopped).toBe("epochs");
  });

  test("but where the row stays in the interval, it does", () => {
    expect(ended(50, 50, 1).stopped).toBe("converged");
  });
});

describe("poisson", () => {
  const counts = (n: number, seed = 2): { X: Matrix; y: Float64Array } => {
    const draw = random(seed);
    const X = normalRows(draw, n, 2);
    const y = Float64Array.from({ length: n }, (_, i) => {
      const mean = Math.exp(1 + 0.5 * X.data[2 * i]! - 0.3 * X.data[2 * i + 1]!);
      let count = -1; // Knuth: multiply uniform numbers until the product is below e^−mean
      for (let product = 1; product > Math.exp(-mean); count++) product *= draw.uniform();
      return count;
    });
    return { X, y };
  };

  test("finds the coefficients, and the predictions add up to the targets", () => {
    const { X, y } = counts(5000);
    const model = linearRegression({ loss: "poisson" }).fit(X, y);
    expect(model.stopped).toBe("converged");
    expect(model.updates).toBeLessThan(50);
    [0.5, -0.3].forEach((w, j) => {
      expect(Math.abs(model.coefficients.data[j]! - w)).toBeLessThan(0.03);
    });
    expect(Math.abs(model.intercepts[0]! - 1)).toBeLessThan(0.03);
    const sum = (numbers: Float64Array): number => numbers.reduce((total, x) => total + x, 0);
    expect(Math.abs(sum(model.predict(X)) / sum(y) - 1)).toBeLessThan(1e-4);
    const z = model.intercepts[0]! + model.coefficients.data[0]! * 2 - model.coefficients.data[1]!;
    expect(model.predict([[2, -1]])[0]).toBeCloseTo(Math.exp(z), 12);
  });

  test("rates with their times as weights are the model with the offset ln t", () => {
    const { X, y } = counts(400);
    const draw = random(8);
    const times = Float64Array.from(y, () => 0.5 + draw.uniform());
    const rates = y.map((count, i) => count / times[i]!);
    const options = { loss: "poisson", l2: 0, standardize: false } as const;
    const model = linearRegression(options).fit(X, rates, { weights: times });
    // The slope of Σ t e^z − y z is 0 for every parameter: its residuals t e^z − y are orthogonal to the columns.
    const residuals = model.predict(X).map((rate, i) => times[i]! * rate - y[i]!);
    for (const column of [() => 1, (i: number) => X.data[2 * i]!, (i: number) => X.data[2 * i + 1]!]) {
      const sum = residuals.reduce((total, residual, i) => total + residual * column(i), 0);
      expect(Math.abs(sum) / 400).toBeLessThan(1e-3);
    }
  });

  test("counts of any size converge to the same coefficients", () => {
    const { X, y } = counts(300);
    for (const factor of [1e-3, 1e6, 1e12]) {
      const model = linearRegression({ loss: "poisson" }).fit(
        X,
        y.map((count) => count * factor),
      );
      expect(model.stopped).toBe("converged");
      expect(model.coefficients.data[0]).toBeCloseTo(
        linearRegression({ loss: "poisson" }).fit(X, y).coefficients.data[0]!,
        4,
      );
    }
  });

  test("a group without counts gets a mean near 0, and all numbers stay finite", () => {
    const X = [[0], [0], [0], [1], [1]];
    const model = linearRegression({ loss: "poisson" }).fit(X, [3, 5, 4, 0, 0]);
    expect(model.stopped).toBe("converged");
    expect(model.predict([[0], [1]])[0]).toBeCloseTo(4, 0);
    expect(model.predict([[0], [1]])[1]).toBeLessThan(0.6);
    expect([...model.params(), ...model.history.objective!].every(Number.isFinite)).toBe(true);
  });

  test("a start with scores of 1000 has finite losses, and the run recovers", () => {
    const { X, y } = counts(200);
    const model = linearRegression({ loss: "poisson", start: Float64Array.of(400, 400, 1000) }).fit(X, y);
    expect(model.history.objective!.every(Number.isFinite)).toBe(true);
    expect(model.coefficients.data[0]).toBeCloseTo(
      linearRegression({ loss: "poisson" }).fit(X, y).coefficients.data[0]!,
      4,
    );
  });

  test("negative, too large and zero targets, and means that are not finite, throw", () => {
    const fit = (y: number[]) => linearRegression({ loss: "poisson" }).fit([[1], [2], [3]], y);
    expect(() => fit([1, -1, 2])).toThrow(
      'fit: targets must be between 0 and 1e15 with loss: "poisson", got -1 in row 1. Correct the row, or use another loss.',
    );
    expect(() => fit([1, 1, 2e15])).toThrow("got 2000000000000000 in row 2.");
    expect(() => fit([0, 0, 0])).toThrow('fit: the mean target must be above 0 with loss: "poisson", got 0.');
    const model = fit([1, 2, 8]);
    expect(() => model.predict([[1], [2000]])).toThrow(
      /^predict: every row of X must have a finite mean e\^z, got z = \d+.* in row 1\./,
    );
    expect(() => model.partialFit([[1]], [-2])).toThrow("partialFit: targets must be between 0 and 1e15");
  });

  test("the error of a run that diverges names no learning rate, because no bound is known", () => {
    const { X, y } = counts(100);
    expect(() => linearRegression({ loss: "poisson", optimizer: plain(50) }).fit(X, y)).toThrow(
      /^train: .*Lower the learning rate/,
    );
  });
});

describe("continued and loaded models", () => {
  const { X, y } = line(200, (draw) => 5 + Math.abs(draw.normal()));
  const all: LinearRegressionOptions[] = [
    { loss: "huber" },
    { loss: "absolute" },
    { loss: "quantile", quantile: 0.9 },
    { loss: "poisson" },
  ];
  const positive = y.map((value) => Math.max(0, value));

  test.each(all)("%j: a warm start converges at once, and partialFit keeps the settings", (options) => {
    const model = linearRegression(options).fit(X, positive);
    expect(linearRegression({ ...options, start: model.params() }).fit(X, positive).updates).toBeLessThan(5);
    const more = model.partialFit(X, positive);
    expect(more.settings).toEqual(model.settings);
    more.params().forEach((value, j) => {
      expect(Math.abs(value - model.params()[j]!)).toBeLessThan(0.05);
    });
  });

  test.each(all)("%j: load gives the same predictions, and throws for settings that no model has", (options) => {
    const model = linearRegression(options).fit(X, positive);
    const loaded = load(JSON.stringify(model), "linearRegression");
    expect(loaded.predict(X)).toEqual(model.predict(X));
    expect(loaded.settings).toEqual(model.settings);
    expect(JSON.stringify(loaded)).toBe(JSON.stringify(model));
    expect(loaded.partialFit(X, positive).params()).toEqual(model.partialFit(X, positive).params());
  });
});

const pair = ({ X, y }: { X: Matrix; y: Float64Array }): [Matrix, Float64Array] => [X, y];
