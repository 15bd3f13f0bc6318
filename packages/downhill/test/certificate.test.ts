// The certificate against optima of an independent solver, at random parameters on the way to the optimum.

import { expect, test } from "vitest";
import {
  certificate,
  type FittedTable,
  type Label,
  linearRegression,
  linearSvm,
  logisticRegression,
  type Matrix,
  matrix,
  networkRegression,
  random,
  type Step,
  softmaxRegression,
  tableModel,
} from "../src/index.ts";
import { cases } from "./cases.ts";
import { type ConvexProblem, objectiveAt, optimum } from "./optimum.ts";

interface Trial {
  readonly fitted: FittedTable;
  readonly X: Matrix;
  readonly y: readonly Label[];
  readonly weights: readonly number[] | undefined;
  readonly problem: ConvexProblem;
}

/** The makers of estimators: of numbers, of two classes, or of several. */
const kinds: Record<
  string,
  { classes: "none" | "two" | "several"; make(options: object): unknown; l1?: true; free?: true }
> = {
  "least squares": { classes: "none", make: linearRegression },
  "least squares without a penalty": { classes: "none", make: linearRegression, free: true },
  "elastic net": { classes: "none", make: linearRegression, l1: true },
  lasso: { classes: "none", make: linearRegression, l1: true, free: true },
  huber: { classes: "none", make: (options) => linearRegression({ ...options, loss: "huber" }) },
  absolute: { classes: "none", make: (options) => linearRegression({ ...options, loss: "absolute" }) },
  quantile: { classes: "none", make: (options) => linearRegression({ ...options, loss: "quantile", quantile: 0.8 }) },
  "huber without a penalty": {
    ...{ classes: "none", free: true },
    make: (options) => linearRegression({ ...options, loss: "huber" }),
  },
  "logistic without a penalty": { classes: "two", make: logisticRegression, free: true },
  poisson: { classes: "none", make: (options) => linearRegression({ ...options, loss: "poisson" }) },
  logistic: { classes: "two", make: logisticRegression },
  "logistic with l1": { classes: "two", make: logisticRegression, l1: true },
  softmax: { classes: "several", make: softmaxRegression },
  "softmax with l1": { classes: "several", make: softmaxRegression, l1: true },
  "squared hinge": { classes: "two", make: (options) => linearSvm({ ...options, loss: "squaredHinge" }) },
  hinge: { classes: "two", make: linearSvm },
  "hinge of several classes": { classes: "several", make: linearSvm },
};

const losses: Record<string, ConvexProblem["loss"]> = {
  ...{
    logistic: "logistic",
    softmax: "crossEntropy",
    hinge: "hinge",
    squaredHinge: "squaredHinge",
    poisson: "poisson",
  },
  ...{ huber: "limited", absolute: "limited", quantile: "limited" },
};

/** The problem of a fitted model, from its settings. */
function problemOf({ fitted, X, y, weights }: Omit<Trial, "problem">): ConvexProblem {
  const { kind, settings, options } = fitted;
  const { loss = kind } = settings as { loss?: string };
  const { delta = 1, width = 1, quantile = 0 } = settings as { delta?: number; width?: number; quantile?: number };
  const classes = (fitted as unknown as { classes?: Label[] }).classes?.length ?? 0;
  const k = kind === "softmax" || classes > 2 ? classes : 1;
  const c = loss === "huber" ? 1 : loss === "absolute" ? 2 / width : 1 / width;
  const low = loss === "huber" ? delta : loss === "absolute" ? 1 : quantile;
  const high = loss === "quantile" ? 1 - quantile : low;
  const { shift, scale } = scaling(X);
  const total = weights?.reduce((a, b) => a + b) ?? 0;
  return {
    loss: losses[loss] ?? "halfSquared",
    limits: { curvature: c, low, high },
    ...{ k, l2: options["l2"] as number, l1: options["l1"] as number },
    X: Array.from({ length: X.rows }, (_, i) =>
      Array.from({ length: X.columns }, (_, j) => (X.data[i * X.columns + j]! - shift[j]!) / scale[j]!),
    ),
    y: (y as number[]).map((each) => {
      if (classes === 0 || kind === "softmax") return [each];
      return classes === 2 ? [2 * each - 1] : Array.from({ length: k }, (_, at) => (at === each ? 1 : -1));
    }),
    weights: y.map((_, i) => (weights ? (weights[i]! * X.rows) / total : 1)),
  };
}

/** A random problem with a model that was trained for some epochs, or (for an even seed) to the end. */
function draw(name: string, seed: number, float32 = false, rows?: number): Trial {
  const { classes: sort, make, l1, free } = kinds[name]!;
  const stream = random(seed).fork(name);
  const integer = (low: number, high: number): number => low + Math.floor(stream.uniform() * (high - low + 1));
  const [few, d] = [integer(16, 50), integer(1, 4)];
  const n = rows ?? few;
  const classes = { none: 0, two: 2, several: 3 }[sort];
  const spread = Array.from({ length: d }, () => 10 ** integer(-2, 2));
  const numbers = Float64Array.from({ length: n * d }, (_, at) => spread[at % d]! * (stream.normal() + 1));
  const X = matrix(float32 ? Float32Array.from(numbers) : numbers, n, d);
  const noise = 0.2 + stream.uniform() * 3;
  const y = Array.from({ length: n }, (_, i) => {
    const z = X.data[i * d]! / spread[0]! + noise * stream.normal();
    if (name === "poisson") return Math.max(0, Math.round(2 * z));
    return classes === 0 ? z : i < classes ? i : Math.min(classes - 1, Math.max(0, Math.floor(z)));
  });
  const weights = stream.uniform() < 0.3 ? y.map(() => 0.2 + stream.uniform()) : undefined;
  const epochs = seed % 2 === 0 ? undefined : integer(1, 30);
  const options = {
    l2: free ? 0 : 10 ** -integer(1, 4),
    ...(l1 && { l1: 10 ** -integer(1, 3) }),
    ...(epochs && { epochs }),
  };
  const fitted = (make(options) as { fit(...of: unknown[]): FittedTable }).fit(X, y, { weights });
  const trial = { fitted, X, y, weights };
  return { ...trial, problem: problemOf(trial) };
}

const lowest = new Map<string, number>(); // two tests need those of the same draws

/** The lowest objective of a draw. */
function lowestOf(name: string, seed: number, float32: boolean, { problem, fitted }: Trial): number {
  const key = `${name} ${seed} ${float32}`;
  const found = lowest.get(key) ?? objectiveAt(problem, optimum(problem, fitted.params()));
  lowest.set(key, found);
  return found;
}

/** The means and the standard deviations of the columns. */
function scaling({ data, rows, columns }: Matrix) {
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

/** The median; 1 without numbers. */
const median = (numbers: number[]): number => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 1;

/** The share of the objective that a converged run has left at most; the default of the hinge is larger, and its bound is not closer. */
const leftOf = (name: string): number => (name.startsWith("hinge") ? 1e-3 : 1.1e-9);
const closeOf = (name: string): number => (name.startsWith("hinge") ? 1e-3 : 0);
const ROUNDING = 3e-15; // of the objective: the error of the difference of two objectives

for (const float32 of [false, true]) {
  test.each(Object.keys(kinds))(`%s${float32 ? " in float32" : ""}: the bound is above the gap, and close`, (name) => {
    const slacks: number[] = []; // bound / gap, where the gap is above rounding
    const atEnd: number[] = []; // of models with the default number of epochs
    for (let seed = 0; seed < (float32 ? cases(4, 8) : cases(10, 26)); seed++) {
      const trial = draw(name, seed, float32);
      const { fitted, X, y, weights, problem } = trial;
      const certified = certificate(fitted, X, y, { weights });
      if (!certified.valid) throw new Error(certified.sentence);
      const value = objectiveAt(problem, fitted.params());
      const gap = value - lowestOf(name, seed, float32, trial);
      expect(Math.abs(certified.objective - value)).toBeLessThan(1e-11 * value);
      expect(certified.gap).toBeGreaterThanOrEqual(Math.max(0, gap - ROUNDING * value));
      if (fitted.stopped === "converged" && !float32) {
        expect(gap).toBeLessThan(leftOf(name) * value);
        if (closeOf(name) > 0) expect(certified.relative).toBeLessThan(closeOf(name));
      }
      if (gap <= 1e-12 * value) continue;
      const slack = certified.gap / Math.max(gap, closeOf(name) * value);
      slacks.push(slack);
      if (seed % 2 === 0) atEnd.push(slack);
    }
    expect(median(slacks)).toBeLessThan(3);
    expect(median(atEnd)).toBeLessThan(6);
  });
}

/** The last step of a training until the run has converged. */
function lastStep({ fitted, X, y, weights }: Trial, name: string): Step {
  const { l2, l1 } = fitted.options as { readonly l2: number; readonly l1: number };
  const estimator = kinds[name]!.make({ l2, ...(l1 > 0 && { l1 }) }) as ReturnType<typeof logisticRegression>;
  let last: Step | undefined;
  for (const step of estimator.train(X, y as number[], weights ? { weights } : {})) last = step;
  return last!;
}

/** The certificate of a step, with another Newton step than that of the run. */
const certifiedWith = (step: Step, newtonStep: Float64Array | null) =>
  certificate({
    ...step,
    bound: () => ({
      ...{ ...step.bound(), newtonStep },
      ...(newtonStep === null && { value: null, solve: null, hingeSlopes: null }),
    }),
  });

test.each(Object.keys(kinds))(
  "%s: in the memory of the run, the bound is proven whatever the Newton step is, and close with that of the run",
  (name) => {
    const slacks: number[] = [];
    for (let seed = 0; seed < cases(6, 12); seed += 2) {
      const trial = draw(name, seed);
      const { fitted, X, y, weights, problem } = trial;
      const { l1 } = fitted.options as { readonly l1: number };
      const last = lastStep(trial, name);
      const { newtonStep: own, params } = last.bound();
      expect([...params]).toEqual([...fitted.params()]);
      const hasSlopes = last.bound().hingeSlopes !== null;
      expect(hasSlopes).toBe(name.startsWith("hinge"));
      expect(own !== null || hasSlopes).toBe(fitted.stopped === "converged");
      const value = objectiveAt(problem, fitted.params());
      const gap = value - lowestOf(name, seed, false, trial);
      const size = fitted.params().length;
      if (own !== null && l1 === 0 && closeOf(name) === 0 && gap > 1e-12 * value) {
        const after = objectiveAt(
          problem,
          fitted.params().map((w, j) => w - own![j]!),
        );
        expect(value - after).toBeGreaterThan(0.5 * gap);
      }
      const stream = random(seed);
      for (const newtonStep of [
        own,
        null,
        Float64Array.from({ length: size }, () => 3 * stream.normal()),
        new Float64Array(size).fill(NaN),
      ]) {
        const certified = certifiedWith(last, newtonStep);
        if (!certified.valid) throw new Error(certified.sentence);
        expect(Math.abs(certified.objective - value)).toBeLessThan(1e-11 * value);
        expect(certified.gap).toBeGreaterThanOrEqual(Math.max(0, gap - ROUNDING * value));
        if (gap > 1e-12 * value) slacks.push(certified.gap / Math.max(gap, closeOf(name) * value));
      }
      // The same rows, copied again, without a Newton step.
      expect(certificate(fitted, X, y, { weights })).toEqual(certifiedWith(last, null));
    }
    expect(median(slacks)).toBeLessThan(6);
  },
);

const smooth = Object.keys(kinds).filter((name) => !kinds[name]!.free && !kinds[name]!.l1 && !name.startsWith("hinge"));

test.each(smooth)(
  "%s: with many rows, of which few have slopes that are moved, the bound is proven and close",
  (name) => {
    for (let seed = 0; seed < cases(2, 8); seed += 2) {
      const trial = draw(name, seed, false, 2500);
      const last = lastStep(trial, name);
      const params = Float64Array.from(last.bound().params);
      const value = objectiveAt(trial.problem, params);
      const gap = value - objectiveAt(trial.problem, optimum(trial.problem, params));
      const stream = random(seed);
      for (const step of [null, 0.1, 0.3, 1, 3]) {
        const newtonStep = step === null ? last.bound().newtonStep : params.map(() => step * stream.normal());
        const certified = certifiedWith(last, newtonStep);
        if (!certified.valid) throw new Error(certified.sentence);
        expect(certified.gap).toBeGreaterThanOrEqual(Math.max(0, gap - ROUNDING * value));
        if (step === null) expect(certified.gap).toBeLessThan(Math.max(6 * gap, 1e-11 * value));
      }
    }
  },
);

test.each(["least squares", "logistic", "softmax", "squared hinge"])(
  "%s: in the memory of a run in float32, the bound is proven and close",
  (name) => {
    for (let seed = 0; seed < cases(4, 12); seed += 2) {
      const trial = draw(name, seed, true, 2500);
      const { X, y, weights, fitted } = trial;
      const { l2 } = fitted.options as { readonly l2: number };
      const raw = matrix(
        X.data.map((x, at) => x / (Math.abs(X.data[at % X.columns]!) || 1)), // columns of about the same size
        X.rows,
        X.columns,
      );
      const estimator = kinds[name]!.make({ l2, standardize: false }) as ReturnType<typeof logisticRegression>;
      let last: Step | undefined;
      for (const step of estimator.train(raw, y as number[], weights ? { weights } : {})) last = step;
      const rowOf = (i: number): number[] => [...raw.data.subarray(i * raw.columns, (i + 1) * raw.columns)];
      const problem = { ...trial.problem, X: Array.from({ length: raw.rows }, (_, i) => rowOf(i)) };
      const params = Float64Array.from(last!.bound().params);
      const value = objectiveAt(problem, params);
      const gap = value - objectiveAt(problem, optimum(problem, params));
      expect(last!.bound().params).toBeInstanceOf(Float32Array);
      const certified = certificate(last!);
      if (!certified.valid) throw new Error(certified.sentence);
      expect(Math.abs(certified.objective - value)).toBeLessThan(1e-6 * value); // targets and weights are rounded
      expect(certified.gap).toBeGreaterThanOrEqual(gap - 1e-6 * gap - ROUNDING * value);
      // The bound is close, or less than a sixth of the error of an objective that is a float32 number.
      expect(certified.gap).toBeLessThan(Math.max(10 * gap, 1e-8 * value));
    }
  },
);

test("the sentence has the objective and the bound, which is rounded up", () => {
  const X = [[0], [1], [2], [3]];
  const y = ["no", "yes", "no", "yes"];
  const certified = certificate(logisticRegression({ epochs: 2 }).fit(X, y), X, y);
  expect(certified).toMatchObject({ valid: true, method: "duality gap", radius: null });
  expect(certified.sentence).toMatch(
    /^The objective is 0\.\d+, within \S+ of the best possible one \(relative \S+\)\.$/,
  );
  const [, mantissa, exponent] = /within ([\d.]+)×10⁻([⁰¹²³⁴⁵⁶⁷⁸⁹]+) of/.exec(certified.sentence)!;
  const power = [...exponent!].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(digit)).join("");
  const printed = Number(`${mantissa}e-${power}`);
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
  for (const wrong of [{}, { weights }, { classWeights: "balanced" as const }]) {
    expect(() => certificate(fitted, X, y, wrong)).toThrow(
      /^certificate: X, y, weights and classWeights must be those of the fit, whose objective ended at \S+, got the objective \S+\. /,
    );
  }
  expect(() => certificate(linearRegression().fit(X, weights), X, weights, { classWeights: "balanced" })).toThrow(
    /^certificate: classWeights must be left out for a model of numbers/,
  );
});

test("early stopping: the training rows are those of validationSplit", () => {
  const stream = random(4);
  const X = Array.from({ length: 60 }, () => [stream.normal(), stream.normal()]);
  const y = X.map(([a, b]) => (a! + b! + stream.normal() > 0 ? "yes" : "no"));
  const estimator = logisticRegression({ stop: { validation: { share: 0.3 } } });
  const fitted = estimator.fit(X, y);
  const rows = Array.from(estimator.validationSplit(y)!.train);
  const certified = certificate(
    fitted,
    rows.map((row) => X[row]!),
    rows.map((row) => y[row]!),
  );
  expect(certified.valid && certified.gap).toBeGreaterThan(0);
  expect(() => certificate(fitted, X, y)).toThrow(/with stop\.validation those of validationSplit\(y\)\.train\.$/);
});

test("separable classes without a penalty have no optimum", () => {
  const X = [[0], [1], [2], [3]];
  const y = ["no", "no", "yes", "yes"];
  for (const make of [logisticRegression, softmaxRegression]) {
    const certified = certificate(make({ l2: 0 }).fit(X, y), X, y);
    expect(certified).toMatchObject({ valid: true, relative: 1, radius: null });
    const above = certified.valid ? certified.gap - certified.objective : Infinity; // the rounding errors
    expect(above).toBeGreaterThanOrEqual(0);
    expect(above).toBeLessThan(1e-14);
    expect(certified.sentence).toMatch(
      /^The objective is \S+\. It has no optimum, because a plane separates the classes: without a penalty it falls towards 0 /,
    );
  }
});

const stream = random(9);
const rows = Array.from({ length: 50 }, () => [stream.normal(), stream.normal(), stream.normal()]);
const numbers = rows.map(([a, b]) => 2 * a! - b! + 0.5 * stream.normal());
const oneHot = rows.map(([a], i) => [a!, +(i % 3 === 0), +(i % 3 === 1), +(i % 3 === 2)]);

test.each<readonly [name: string, fit: () => FittedTable, X: number[][], y: readonly Label[], most: number]>([
  ["columns that depend on each other", () => linearRegression().fit(oneHot, numbers), oneHot, numbers, 1e-8],
  [
    "columns of different units",
    () => logisticRegression({ standardize: false }).fit(scaledBy(1e4), signs()),
    scaledBy(1e4),
    signs(),
    1e-7,
  ],
  [
    "more columns than rows",
    () => linearRegression({ l2: 0.1 }).fit(rows.slice(0, 2), [1, 2]),
    rows.slice(0, 2),
    [1, 2],
    1e-8,
  ],
  ["targets of 1e60", () => linearRegression().fit(rows, times(1e60)), rows, times(1e60), 1e-8],
  ["targets of 1e-60", () => linearRegression().fit(rows, times(1e-60)), rows, times(1e-60), 1e-8],
  ["targets far from 0", () => linearRegression({ loss: "huber" }).fit(rows, plus(1e6)), rows, plus(1e6), 1e-7],
  [
    "a class without rows",
    () => softmaxRegression({ classes: ["no", "yes", "maybe"], epochs: 3000 }).fit(rows, signs()),
    rows,
    signs(),
    1e-5,
  ],
  ["mini-batches", () => logisticRegression({ batchSize: 10 }).fit(rows, signs()), rows, signs(), 0.1],
])("%s: the bound is finite and small", (_, fit, X, y, most) => {
  const certified = certificate(fit(), X, y);
  if (!certified.valid) throw new Error(certified.sentence);
  expect(certified.gap).toBeGreaterThan(0);
  expect(certified.relative).toBeLessThan(most);
});

function scaledBy(factor: number): number[][] {
  return rows.map(([a, b, c]) => [a! * factor, b!, c! / factor]);
}
function signs(): string[] {
  return numbers.map((y, i) => (y + (i % 5) - 2 > 0 ? "yes" : "no"));
}
function times(factor: number): number[] {
  return numbers.map((y) => factor * y);
}
function plus(offset: number): number[] {
  return numbers.map((y) => offset + y);
}

test("a perfect fit has a bound of at most its objective and the rounding errors of its scores", () => {
  const y = rows.map(([a, b]) => a! - 3 * b! + 1);
  const certified = certificate(linearRegression().fit(rows, y), rows, y);
  expect(certified.objective).toBeLessThan(1e-30);
  // The scores are sums of 4 numbers of size 1; each may have 19 roundings, so its square has an error of at most about 1e-28.
  expect(certified).toMatchObject({ valid: true, relative: 1 });
  expect(certified.valid && certified.gap).toBeLessThan(certified.objective! + 2e-28);
  expect(certified.sentence).toMatch(/\. The best possible one is at least 0; no better bound was found\.$/);
  const one = certificate(linearRegression().fit([[1]], [3]), [[1]], [3]);
  expect(one).toMatchObject({ valid: true, objective: 0, relative: 1 });
  expect(one.valid && one.gap).toBeLessThan(1e-28);
  const zeros = certificate(linearRegression().fit([[1]], [0]), [[1]], [0]);
  expect(zeros).toMatchObject({ valid: true, objective: 0, gap: 0, relative: 0 });
});

test("other rows than those of the training throw", () => {
  const fitted = linearRegression().fit([[0], [1], [3]], [0, 1, 2]);
  expect(() => certificate(fitted, [[0]], [0])).toThrow(
    /^certificate: X must have the 3 training rows of the model, got 1\. /,
  );
});
