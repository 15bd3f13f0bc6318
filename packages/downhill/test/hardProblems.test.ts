// Problems whose second derivatives differ by many orders of magnitude, with the default settings: each run converges to the optimum.
import { describe, expect, it } from "vitest";
import { linearRegression, linearSvm, logisticRegression, type Matrix, matrix, random } from "../src/index.ts";
import { newton } from "./newton.ts";

interface Fit {
  readonly stopped: string;
  readonly updates: number;
  readonly history: { readonly objective?: readonly number[] };
}
const ended = ({ history }: Fit): number => history.objective!.at(-1)!;

/** A table of n rows that `row` makes. */
function rowsOf(n: number, d: number, row: () => readonly number[]): Matrix {
  const data = new Float64Array(n * d);
  for (let i = 0; i < n; i++) data.set(row(), i * d);
  return matrix(data, n, d);
}

function expectOptimum(fitted: Fit, value: number, most: number): void {
  expect(fitted.stopped).toBe("converged");
  expect(Math.abs(ended(fitted) / value - 1)).toBeLessThan(1e-9);
  expect(fitted.updates).toBeLessThanOrEqual(most);
}

describe("least squares and logistic regression", () => {
  const draw = random(1).fork("hard");
  const noisy = (X: Matrix, score: (row: Float64Array) => number): number[] =>
    Array.from({ length: X.rows }, (_, i) =>
      score(X.data.subarray(i * X.columns, (i + 1) * X.columns) as Float64Array),
    );
  const classes = (y: readonly number[]): number[] => y.map((z) => (z > 0 ? 1 : 0));

  it("two columns with a correlation of 1 − 5e-9", () => {
    const X = rowsOf(300, 2, () => {
      const a = draw.normal();
      return [a, a + 1e-4 * draw.normal()];
    });
    const y = noisy(X, ([a, b]) => a! + 3500 * (b! - a!) + draw.normal());
    expectOptimum(linearRegression().fit(X, y), newton({ kind: "linear", X, y, l2: 0 }).value, 3);
  });

  it("the powers x, x², …, x⁷", () => {
    const X = rowsOf(400, 7, () => {
      const x = 1 + 9 * draw.uniform();
      return Array.from({ length: 7 }, (_, j) => x ** (j + 1));
    });
    const y = noisy(X, ([x]) => Math.sin(x!) + 0.3 * draw.normal());
    expectOptimum(linearRegression().fit(X, y), newton({ kind: "linear", X, y, l2: 0, standardize: true }).value, 3);
    const labels = classes(y);
    const { value } = newton({ kind: "logistic", X, y: labels, l2: 0, standardize: true });
    expectOptimum(logisticRegression({ l2: 0 }).fit(X, labels), value, 60);
  });

  it("raw columns of the orders 2000, 1e-6 and 1e8", () => {
    const X = rowsOf(400, 4, () => [
      2000 + 10 * draw.normal(),
      1e-6 * draw.normal(),
      1e8 * draw.normal(),
      draw.normal(),
    ]);
    const y = noisy(X, ([year, b, c, e]) => 0.1 * (year! - 2000) + 1e6 * b! - 1e-8 * c! + 0.5 * e! + draw.normal());
    const raw = { standardize: false, l2: 0 };
    expectOptimum(linearRegression(raw).fit(X, y), newton({ kind: "linear", X, y, l2: 0, standardize: true }).value, 5);
    const labels = classes(y);
    const { value } = newton({ kind: "logistic", X, y: labels, l2: 0, standardize: true });
    expectOptimum(logisticRegression(raw).fit(X, labels), value, 40);
  });
});

it("lasso with 100 rows, 300 columns and l1 0.001: the conditions of the optimum hold", () => {
  const draw = random(2).fork("lasso");
  const [n, d, l1] = [100, 300, 1e-3];
  const X = rowsOf(n, d, () => Array.from({ length: d }, () => draw.normal()));
  const y = Array.from({ length: n }, (_, i) => {
    const [a, b, c] = X.data.subarray(i * d, i * d + 3);
    return a! - 2 * b! + c! + 0.3 * draw.normal();
  });
  const fitted = linearRegression({ l1, standardize: false }).fit(X, y);
  expect(fitted.stopped).toBe("converged");
  expect(fitted.updates).toBeLessThan(80);
  const params = fitted.params();
  const at = (i: number, j: number): number => X.data[i * d + j]!;
  const errors = y.map((target, i) => {
    let z = params[d]!;
    for (let j = 0; j < d; j++) z += at(i, j) * params[j]!;
    return z - target;
  });
  // The dual point: the errors, scaled so that no column's slope is above l1. The duality gap bounds the distance to the optimum.
  const slopes = Array.from({ length: d }, (_, j) => errors.reduce((sum, e, i) => sum + (e * at(i, j)) / n, 0));
  const scale = Math.min(1, l1 / Math.max(...slopes.map(Math.abs)));
  let gap = ended(fitted);
  for (const [i, e] of errors.entries()) gap += (0.5 * (scale * e) ** 2 + scale * e * y[i]!) / n;
  expect(Math.abs(errors.reduce((sum, e) => sum + e, 0))).toBeLessThan(1e-9); // the intercept is optimal
  expect(gap / ended(fitted)).toBeLessThan(1e-7);
});

it("squared hinge on sparse columns of 0 and 1, and on more columns than the rows determine", () => {
  const draw = random(3).fork("sparse");
  for (const [n, d, share] of [
    [3000, 100, 0.03],
    [300, 200, 0.2],
  ] as const) {
    const effects = Array.from({ length: d }, () => 2.5 * draw.normal());
    const y: number[] = [];
    const X = rowsOf(n, d, () => {
      const row = effects.map(() => (draw.uniform() < share ? 1 : 0));
      y.push(row.reduce<number>((z, x, j) => z + x * effects[j]!, 0.5 * draw.normal()) > 0 ? 1 : 0);
      return row;
    });
    const [fitted, longer] = [{}, { stop: { remaining: 1e-13 } }].map((options) =>
      linearSvm({ loss: "squaredHinge", ...options }).fit(X, y),
    );
    expectOptimum(fitted!, ended(longer!), 300);
  }
});

it("poisson without a penalty, with a group that has no events: the objective reaches its infimum", () => {
  const draw = random(4).fork("counts");
  const y: number[] = [];
  const X = rowsOf(2000, 3, () => {
    const [x, group] = [draw.normal(), Math.floor(3 * draw.uniform())];
    y.push(group === 2 ? 0 : Math.floor(2 * draw.uniform() * Math.exp(0.5 * x + group)));
    return [x, group === 1 ? 1 : 0, group === 2 ? 1 : 0];
  });
  const fitted = linearRegression({ loss: "poisson", l2: 0 }).fit(X, y);
  // The infimum is that of the other groups, times their share of the rows.
  const kept = y.map((_, i) => i).filter((i) => X.data[3 * i + 2] === 0);
  const others = rowsOf(
    kept.length,
    2,
    (() => {
      const rows = kept.map((i) => [X.data[3 * i]!, X.data[3 * i + 1]!]);
      return () => rows.shift()!;
    })(),
  );
  const part = linearRegression({ loss: "poisson", l2: 0 }).fit(
    others,
    kept.map((i) => y[i]!),
  );
  expectOptimum(fitted, (ended(part) * kept.length) / 2000, 100);
});
