// Slopes that are moved to a point of the dual problem, checked by sums over all rows.

import { describe, expect, it, test } from "vitest";
import { bindLinearRows } from "../src/diagnosis/certificate/bindLinearRows.ts";
import { dualPoint, fewRows } from "../src/diagnosis/certificate/dualPoint.ts";
import { interceptRanges } from "../src/diagnosis/certificate/interceptRanges.ts";
import { linearGap } from "../src/diagnosis/certificate/linearGap.ts";
import { type LinearProblem, linearProblem } from "../src/diagnosis/certificate/linearProblem.ts";
import {
  linearRegression,
  linearSvm,
  logisticRegression,
  matrix,
  random,
  type Step,
  softmaxRegression,
} from "../src/index.ts";

const N = 80;
const FIRST = 64; // rows, whose slopes are moved first
const D = 2;
const stream = random(3);
const numbers = Float64Array.from({ length: N * D }, () => stream.normal() + 1);
const score = Float64Array.from({ length: N }, (_, i) => numbers[2 * i]! - numbers[2 * i + 1]! + stream.normal());
const signs = score.map((z) => (z > 0 ? 1 : 0));
const weights = score.map(() => 0.5 + stream.uniform());

function problemAtEnd(steps: Iterable<Step>): LinearProblem {
  let last: Step | undefined;
  for (const step of steps) last = step;
  return linearProblem(bindLinearRows(last!.bound())!);
}

/** (1/n) Σ weight · s (x, 1), row by row. */
function sumsOf({ n, d, k, rowAt, weights }: LinearProblem, s: Float64Array): Float64Array {
  const sums = new Float64Array(k * (d + 1));
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < k; c++) {
      const slope = ((weights ? weights[i]! : 1) * s[i * k + c]!) / n;
      for (let j = 0; j < d; j++) sums[c * d + j]! += slope * rowAt(i)[j]!;
      sums[k * d + c]! += slope;
    }
  }
  return sums;
}

const X = matrix(numbers, N, D);
const l2 = 0.01;
const three = score.map((z) => (z > 1 ? 2 : z > 0 ? 1 : 0));
const counts = score.map((z) => Math.max(0, Math.round(z)));

test.each<readonly [name: string, train: (options: { weights?: Float64Array }) => Iterable<Step>]>([
  ["halfSquared", (options) => linearRegression({ l2 }).train(X, score, options)],
  ["huber", (options) => linearRegression({ l2, loss: "huber" }).train(X, score, options)],
  ["poisson", (options) => linearRegression({ l2, loss: "poisson" }).train(X, counts, options)],
  ["logistic", (options) => logisticRegression({ l2 }).train(X, signs, options)],
  ["squaredHinge", (options) => linearSvm({ l2, loss: "squaredHinge" }).train(X, signs, options)],
  ["crossEntropy", (options) => softmaxRegression({ l2 }).train(X, three, options)],
])(
  "%s: the slopes of the first rows are moved, the means of all are 0, and the gradient is that of all",
  (_, train) => {
    for (const options of [{}, { weights }]) {
      const problem = problemAtEnd(train(options));
      const { k, d } = problem;
      for (const spread of [1e-6, 0.1]) {
        const draw = random(5);
        const point = problem.pointAt(Float64Array.from({ length: k * (d + 1) }, () => spread * draw.normal()));
        const before = point.s.slice();
        const moved = dualPoint(problem, point, 0, 0)!;
        expect(moved.s.length).toBe(FIRST * k);
        expect(point.s).toEqual(before);
        const s = before.slice();
        s.set(moved.s);
        const sums = sumsOf(problem, s);
        expect(Math.max(...point.means.map(Math.abs))).toBeGreaterThan(1e-3);
        for (let c = 0; c < k; c++) {
          expect(Math.abs(sums[k * d + c]!)).toBeLessThan(1e-14 * point.size); // not added with compensation
          expect(Math.abs(moved.means[c]!)).toBeLessThan(1e-15 * point.size);
        }
        for (let j = 0; j < k * d; j++) expect(Math.abs(moved.gradient[j]! - sums[j]!)).toBeLessThan(1e-14);
      }
    }
  },
);

test("near an optimum the slopes of the first rows are enough also for ten classes", () => {
  const draw = random(6);
  const many = matrix(
    Float64Array.from({ length: 3000 * D }, () => draw.normal()),
    3000,
    D,
  );
  const classes = Float64Array.from({ length: 3000 }, (_, i) =>
    Math.min(9, Math.max(0, Math.floor(many.data[2 * i]! + 2 * draw.normal() + 5))),
  );
  const steps = [...softmaxRegression({ l2 }).train(many, classes)];
  const last = steps.at(-1)!;
  const params = Float64Array.from(last.solution);
  const problem = linearProblem(bindLinearRows(last.bound())!);
  for (const spread of [1e-10, 1e-8, 1e-6]) {
    const point = problem.pointAt(params.map((w) => w + spread * draw.normal()));
    const moved = dualPoint(problem, point, 0, 0)!;
    expect(moved.s.length).toBe(FIRST * 10);
    expect(Math.max(...moved.means.map(Math.abs))).toBeLessThan(1e-16 * point.size);
  }
});

test("if the slopes of the first rows cannot be moved, those of all rows are", () => {
  const far = Float64Array.from({ length: N }, (_, i) => (i < 70 ? (i % 2 === 0 ? 10 : -10) : numbers[i]!));
  const labels = far.map((x, i) => (Math.abs(x) < 5 ? signs[i]! : x > 0 ? 1 : 0));
  const train = linearSvm({ l2, loss: "squaredHinge", standardize: false }).train(matrix(far, N, 1), labels);
  const problem = problemAtEnd(train);
  const point = problem.pointAt(Float64Array.of(1, 0.1));
  const moved = dualPoint(problem, point, 0, 0)!;
  expect(moved.s.length).toBe(N);
  expect(moved.s.subarray(0, 70).every((slope) => slope === 0)).toBe(true);
  expect(Math.abs(sumsOf(problem, moved.s)[1]!)).toBeLessThan(1e-15);
  expect(Math.abs(point.means[0]!)).toBeGreaterThan(1e-4);
  expect(dualPoint(problem, problem.pointAt(point.params, FIRST), 0, 0)).toBeNull();
});

describe("a bound from the scores and slopes of the first rows is that from all", () => {
  const rows = 5000;
  const draw = random(7);
  const data = Float64Array.from({ length: rows * D }, () => draw.normal() + 1);
  const scores = Float64Array.from({ length: rows }, (_, i) => data[2 * i]! - data[2 * i + 1]! + draw.normal());
  const all = matrix(data, rows, D);
  const rare = scores.map((_, i) => (i % 1000 === 999 ? 1 : 0));
  const sorted = scores.map((_, i) => (i < rows / 2 ? 1 : 0));
  const grouped = scores.map((_, i) => Math.floor((3 * i) / rows));
  const rowWeights = scores.map((_, i) => (i < 200 ? 0 : 0.5 + draw.uniform()));

  it.each<readonly [name: string, train: (options: { weights?: Float64Array }) => Iterable<Step>]>([
    ["least squares", (options) => linearRegression().train(all, scores, options)],
    ["halfSquared with l2", (options) => linearRegression({ l2 }).train(all, scores, options)],
    ["logistic", (options) => logisticRegression({ l2 }).train(all, scores.map(Math.sign), options)],
    ["logistic, sorted", (options) => logisticRegression({ l2 }).train(all, sorted, options)],
    ["logistic with a rare class", (options) => logisticRegression({ l2, l1: 0.001 }).train(all, rare, options)],
    ["squaredHinge, sorted", (options) => linearSvm({ l2, loss: "squaredHinge" }).train(all, sorted, options)],
    ["crossEntropy, sorted", (options) => softmaxRegression({ l2 }).train(all, grouped, options)],
  ])("%s", (_, train) => {
    for (const options of [{}, { weights: rowWeights }]) {
      for (const epochs of [1, 2, Number.POSITIVE_INFINITY]) {
        let last: Step | undefined;
        for (const step of train(options)) {
          last = step;
          if (step.t >= epochs) break;
        }
        const run = last!.bound();
        const few = bindLinearRows(run)!;
        const [gap, expected] = [few, { ...few, isInMemory: false }].map((each) => linearGap(each, run, 20));
        expect(gap!.gap).toBeGreaterThan(0);
        expect(gap!.gap / expected!.gap).toBeCloseTo(1, 6);
        expect(gap!.objective).toBe(expected!.objective);
        if (few.l2 === 0 || few.shares) continue; // these have no ranges that use scores
        const problem = linearProblem(few);
        const params = Float64Array.from(run.params);
        const [range, same] = [fewRows(rows), rows].map(
          (n) => interceptRanges(problem, problem.pointAt(params, n), 3)[0]!,
        );
        expect(range! / same!).toBeCloseTo(1, 12);
      }
    }
  });
});
