// The certificate against optima of an independent solver, at random parameters on the way to the optimum.

import { expect, test } from "vitest";
import {
  certificate,
  type Label,
  linearRegression,
  linearSvm,
  logisticRegression,
  matrix,
  networkRegression,
  random,
  softmaxRegression,
  tableModel,
} from "../src/index.ts";
import { type ConvexProblem, objectiveAt, optimum } from "./optimum.ts";

type Fitted = Parameters<typeof certificate>[0];
interface Trial {
  readonly fitted: Fitted;
  readonly X: ReturnType<typeof matrix>;
  readonly y: readonly Label[];
  readonly options: { readonly weights?: readonly number[] };
  readonly problem: ConvexProblem;
}

const kinds = ["linear", "logistic", "softmax", "squaredHinge"] as const;

/** A random problem with a model that was trained for some epochs, or to the end. */
function draw(kind: (typeof kinds)[number], seed: number, float32 = false): Trial {
  const stream = random(seed).fork(kind);
  const integer = (low: number, high: number): number => low + Math.floor(stream.uniform() * (high - low + 1));
  const [n, d] = [integer(12, 60), integer(1, 5)];
  const classes = kind === "linear" ? 0 : kind === "softmax" ? integer(3, 4) : 2;
  const k = kind === "softmax" ? classes : 1;
  const spread = Array.from({ length: d }, () => 10 ** integer(-2, 2));
  const numbers = Float64Array.from({ length: n * d }, (_, at) => spread[at % d]! * (stream.normal() + 1));
  const X = matrix(float32 ? Float32Array.from(numbers) : numbers, n, d);
  const noise = stream.uniform() * 3;
  const raw = Array.from({ length: n }, (_, i) => X.data[i * d]! / spread[0]! + noise * stream.normal());
  const y = raw.map((z, i) =>
    classes === 0 ? z : i < classes ? i : Math.min(classes - 1, Math.max(0, Math.floor(z))),
  );
  const weighted = stream.uniform() < 0.3;
  const own = y.map(() => 0.2 + stream.uniform());
  const total = own.reduce((a, b) => a + b);
  const l2 = 10 ** -integer(1, 4);
  const epochs = stream.uniform() < 0.5 ? undefined : integer(1, 30);
  const shared = { l2, ...(epochs && { epochs }) };
  const estimator = {
    linear: () => linearRegression(shared),
    logistic: () => logisticRegression(shared),
    softmax: () => softmaxRegression(shared),
    squaredHinge: () => linearSvm({ ...shared, loss: "squaredHinge" }),
  }[kind]();
  const options = weighted ? { weights: own } : {};
  const fitted = (estimator as unknown as { fit(...of: unknown[]): Fitted }).fit(X, y, options);
  const { shift, scale } = scaling(X);
  return {
    ...{ fitted, X, y, options },
    problem: {
      loss: ({ linear: "halfSquared", softmax: "crossEntropy" } as const)[kind as "linear"] ?? (kind as "logistic"),
      ...{ k, l2, l1: 0 },
      X: Array.from({ length: n }, (_, i) =>
        Array.from({ length: d }, (_, j) => (X.data[i * d + j]! - shift[j]!) / scale[j]!),
      ),
      y: y.map((each) => [classes === 2 ? 2 * each - 1 : each]),
      weights: own.map((w) => (weighted ? (w * n) / total : 1)),
    },
  };
}

/** The means and the standard deviations of the columns. */
function scaling({ data, rows, columns }: ReturnType<typeof matrix>) {
  const shift = Array.from({ length: columns }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += data[i * columns + j]!;
    return sum / rows;
  });
  const scale = shift.map((mean, j) => {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += (data[i * columns + j]! - mean) ** 2;
    return Math.sqrt(sum / rows);
  });
  return { shift, scale };
}

for (const float32 of [false, true]) {
  test.each(kinds)(`%s${float32 ? " in float32" : ""}: the bound is never below the gap, and close to it`, (kind) => {
    const slacks: number[] = [];
    for (let seed = 0; seed < 30; seed++) {
      const { fitted, X, y, options, problem } = draw(kind, seed, float32);
      const certified = certificate(fitted, X, y, options);
      if (!certified.valid) throw new Error(certified.sentence);
      const value = objectiveAt(problem, fitted.params());
      const gap = value - objectiveAt(problem, optimum(problem));
      expect(Math.abs(certified.objective - value)).toBeLessThan(1e-11 * value);
      expect(certified.gap).toBeGreaterThanOrEqual(gap - 2e-15 * value);
      expect(certified.gap).toBeGreaterThanOrEqual(0);
      if (gap > 1e-13 * value) slacks.push(certified.gap / gap);
    }
    slacks.sort((a, b) => a - b);
    expect(slacks.length).toBeGreaterThan(8);
    expect(slacks[Math.floor(slacks.length / 2)]).toBeLessThan(3);
    expect(slacks.at(-1)).toBeLessThan(10);
  });
}

test("the sentence has the objective and the bound, which is rounded up", () => {
  const X = [[0], [1], [2], [3]];
  const y = ["no", "yes", "no", "yes"];
  const certified = certificate(logisticRegression({ epochs: 2 }).fit(X, y), X, y);
  expect(certified).toMatchObject({ valid: true, method: "duality gap", radius: null });
  expect(certified.sentence).toMatch(
    /^The objective is 0\.\d+, within \S+ of the best possible one \(relative \S+\)\.$/,
  );
  const printed = Number(/within (\S+) of/.exec(certified.sentence)![1]);
  expect(printed).toBeGreaterThanOrEqual((certified as { gap: number }).gap);
});

test("a network has no bound", () => {
  const X = [[0], [1], [2]];
  const fitted = networkRegression({ hidden: [2], epochs: 2 }).fit(X, [0, 1, 0]);
  expect(certificate(fitted, X, [0, 1, 0])).toEqual({
    ...{ valid: false, objective: null },
    sentence:
      "A network has no known bound, because its objective has several minima, and no method finds the lowest one.",
  });
});

test("a model of a table takes the rows of the table", () => {
  const rows = Array.from({ length: 30 }, (_, i) => ({ size: i, kind: i % 3 ? "a" : "b", price: 2 * i + (i % 7) }));
  const fitted = tableModel(linearRegression({ l2: 0.01 }), { target: "price" }).fit(rows);
  const { X, y } = fitted.testData(rows);
  const certified = certificate(fitted, rows);
  expect(certified).toEqual(certificate(fitted.model, X, y as number[]));
  expect(certified.valid && certified.relative).toBeLessThan(1e-8);
});

test("class weights and weights are those of the fit", () => {
  const X = [[0], [1], [2], [3], [4]];
  const y = ["no", "yes", "no", "no", "yes"];
  const weights = [1, 2, 3, 1, 1];
  const fitted = logisticRegression({ classWeights: "balanced" }).fit(X, y, { weights });
  const certified = certificate(fitted, X, y, { weights, classWeights: "balanced" });
  expect(certified.objective).toBeCloseTo(fitted.history.objective!.at(-1)!, 14);
  expect(certified.valid && certified.relative).toBeLessThan(1e-8);
  expect(() => certificate(linearRegression().fit(X, weights), X, weights, { classWeights: "balanced" })).toThrow(
    /^certificate: classWeights must be left out for a model of numbers/,
  );
});

test("other rows than those of the training throw", () => {
  const fitted = linearRegression().fit([[0], [1], [3]], [0, 1, 2]);
  expect(() => certificate(fitted, [[0]], [0])).toThrow(
    /^certificate: X must have the 3 training rows of the model, got 1\. /,
  );
});
