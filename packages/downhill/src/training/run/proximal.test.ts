// l1: on an orthonormal design the lasso has a closed form, the soft threshold of ordinary least squares.

import { describe, expect, it } from "vitest";
import { apart, classification, evaluated, ratings, regression, run, thrown } from "../../../test/problems.ts";
import { column, dense } from "../../kernels/source.ts";
import { halfSquared } from "../../losses/halfSquared.ts";
import { adaGrad } from "../../optimizers/adaGrad.ts";
import { adam } from "../../optimizers/adam.ts";
import { adamW } from "../../optimizers/adamW.ts";
import { automatic } from "../../optimizers/automatic.ts";
import { clipByNorm } from "../../optimizers/clipByNorm.ts";
import { descent } from "../../optimizers/descent.ts";
import { momentum } from "../../optimizers/momentum.ts";
import { nesterov } from "../../optimizers/nesterov.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import { plain } from "../../optimizers/plain.ts";
import { rmsProp } from "../../optimizers/rmsProp.ts";
import { linear } from "../../predictors/linear.ts";
import type { Problem } from "../objective/objective.ts";
import { risk } from "../objective/risk.ts";

// The columns 1 … 7 of Hadamard's 8 × 8 matrix: orthogonal to each other and to the ones, entries ±1, so XᵀX = 8 I.
const sign = (i: number, j: number): number => ((i & j).toString(2).replaceAll("0", "").length % 2 === 0 ? 1 : -1);
const X = Float64Array.from({ length: 56 }, (_, at) => sign(Math.floor(at / 7), 1 + (at % 7)));
const truth = [3, -2, 0.9, 0.4, -0.3, 0.05, 0]; // the weights of least squares
const y = Float64Array.from({ length: 8 }, (_, i) => truth.reduce((z, w, j) => z + w * sign(i, 1 + j), 10));

const penalised = (l1: number, l2 = 0): Problem =>
  risk({
    predictor: linear(7),
    loss: halfSquared(),
    inputs: dense({ data: X, rows: 8, columns: 7 }),
    targets: column(y),
    l1,
    l2,
  });

const soft = (w: number, threshold: number): number => Math.sign(w) * Math.max(0, Math.abs(w) - threshold);

describe("the lasso on an orthonormal design", () => {
  it("plain descent finds the soft threshold of least squares, with exact zeros", () => expectLasso(plain(0.3)));

  // The direction for a constant gradient g is g / (1 − decay), so the proximal step is longer by the same factor.
  it("momentum does too", () => expectLasso(momentum(0.1)));
  it("nesterov does too", () => expectLasso(nesterov(0.1)));
  it("automatic does too", () => expectLasso(automatic()));

  function expectLasso(optimizer: Optimizer): void {
    for (const [l1, l2] of [
      [0.35, 0],
      [1, 0],
      [0.35, 0.5],
      [5, 0],
    ] as const) {
      const problem = penalised(l1, l2);
      const { last } = run(problem, optimizer, { epochs: 3000, stop: { gradient: 1e-13 } });
      expect(last.stopped).toBe("converged");
      const expected = [...truth.map((w) => soft(w, l1) / (1 + l2)), 10];
      expect(apart(last.params, expected)).toBeLessThan(1e-12);
      expect([...last.params].map((w) => w === 0)).toEqual(expected.map((w) => w === 0));
      expect(expected.filter((w) => w === 0).length).toBe({ 0.35: 3, 1: 5, 5: 7 }[l1]);
      const rest = truth.map((w, j) => w - expected[j]!);
      const size = expected.slice(0, 7);
      const sum = (list: readonly number[], f: (x: number) => number): number => list.reduce((s, x) => s + f(x), 0);
      const value = 0.5 * sum(rest, (e) => e * e) + 0.5 * l2 * sum(size, (w) => w * w) + l1 * sum(size, Math.abs);
      expect(Math.abs(last.objective() / value - 1)).toBeLessThan(1e-13);
    }
  }

  it("one plain update with learning rate 1 is the solution", () => {
    const { shots } = run(penalised(0.35), plain(1), { epochs: 1 });
    const expected = [...truth.map((w) => soft(w, 0.35)), 10];
    expect(apart(shots[0]!.params, expected)).toBeLessThan(1e-15);
  });

  it("in batches and with a schedule, the threshold is l1 times each update's learning rate", () => {
    const { problem, X, y, d } = regression(9, 2, { l1: 0.4 });
    const rate = (t: number): number => 0.3 / t;
    const { shots } = run(problem, plain(rate), { batchSize: 4, order: "sequential", epochs: 2 });
    let x = [0, 0, 0];
    for (const { t, params, batchLoss } of shots) {
      const from = 4 * ((t - 1) % 3);
      const rows = [from, from + 1, from + 2, from + 3].filter((i) => i < 9);
      const g = [0, 0, 0];
      let value = 0.4 * (Math.abs(x[0]!) + Math.abs(x[1]!));
      for (const i of rows) {
        const features = [X[i * d]!, X[i * d + 1]!, 1];
        const slope = features.reduce((z, feature, j) => z + feature * x[j]!, -y[i]!);
        value += (0.5 * slope * slope) / rows.length;
        for (const [j, feature] of features.entries()) g[j]! += (slope * feature) / rows.length;
      }
      expect(Math.abs(batchLoss / value - 1)).toBeLessThan(1e-13);
      x = x.map((w, j) => (j < 2 ? soft(w - rate(t) * g[j]!, 0.4 * rate(t)) : w - rate(t) * g[j]!));
      expect(apart(params, x)).toBeLessThan(1e-13);
    }
    expect(shots.length).toBe(6);
  });
});

describe("the proximal gradient", () => {
  it("is w − prox(w − g) for every learning rate, in the history and in the stopping rule", () => {
    const { problem } = classification(23, 3, { l1: 0.2, l2: 0.02 });
    const start = Float64Array.of(-0.1, 0.25, -0.3, 0);
    const { shots, last } = run(problem, plain(0.7), { epochs: 6, start });
    let shrunk = 0;
    for (const [epoch, { params }] of shots.entries()) {
      const { gradient } = evaluated(problem, params);
      const proximal = params.map((w, j) => {
        const to = w - gradient[j]!;
        if (j < 3 && Math.abs(to) < 0.2) shrunk++;
        return w - (j < 3 ? soft(to, 0.2) : to);
      });
      expect(Math.abs(last.history.gradientNorm![epoch]! / Math.hypot(...proximal) - 1)).toBeLessThan(1e-13);
      const largest = Math.max(...proximal.map(Math.abs));
      const stops = (gradient: number) =>
        run(problem, plain(0.7), { epochs: epoch + 1, start, stop: { gradient } }).last;
      expect(stops(largest * (1 + 1e-9)).stopped).toBe("converged");
      if (epoch > 0) expect(stops(largest * (1 - 1e-9)).stopped).toBe("epochs");
    }
    expect(shrunk).toBeGreaterThan(0);
  });
});

describe("l1", () => {
  const clipped = (rate: number): Optimizer => descent(rate, clipByNorm(0.25));
  it.each([adam, adamW, adaGrad, rmsProp, clipped])("throws for optimizers without a gain (%o)", (make) => {
    const error = thrown(() => run(penalised(0.1), make(0.1), { epochs: 1 }));
    expect(error).toEqual(
      new TypeError(
        "train: optimizer must have a gain when l1 > 0, got one without. Use automatic, plain, momentum or nesterov, without clipping.",
      ),
    );
    expect(run(penalised(0), make(0.1), { epochs: 1 }).shots.length).toBe(1);
  });

  it("shrinks every parameter of a factorization, also in small batches", () => {
    const problem = ratings(6, 5, 30, { l1: 0.2 });
    const general = { ...plain(0.1), rate: undefined };
    const options = { batchSize: 3, epochs: 4, start: "random" as const };
    const { shots } = run(problem, plain(0.1), options);
    expect(shots).toEqual(run(problem, general, options).shots);
    expect(shots.at(-1)!.params.slice(15, 18)).toEqual([0, 0, 0]); // the factors of the user without ratings shrink to 0
  });
});
