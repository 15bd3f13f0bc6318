// Runs that end well have no verdict that says otherwise.

import { expect, test } from "vitest";
import {
  curvature,
  DivergenceError,
  type Estimator,
  forecast,
  halfSquared,
  linearRegression,
  linearSvm,
  logistic,
  type Matrix,
  momentum,
  nesterov,
  networkClassifier,
  networkRegression,
  plain,
  random,
  runContext,
  softmaxRegression,
  type VerdictId,
  verdictPeriods,
} from "../src/index.ts";
import { cases } from "./cases.ts";
import { dataset } from "./dataset.ts";
import { observed, observedTrain } from "./observed.ts";
import { classification, regression } from "./problems.ts";

const BAD: readonly VerdictId[] = ["diverged", "exploding", "stuck", "noiseFloor"];
const stable = [
  [plain, 2],
  [momentum, 3.8],
  [nesterov, 3.8 / 2.8],
] as const; // largest stable learning rate · largest curvature
const tables = ["iris", "wine", "breast_cancer"] as const;

test.each([undefined, 16, 1])("default runs on four tables with batchSize %s end well", (batchSize) => {
  const options = { epochs: 40, ...(batchSize && { batchSize }) };
  for (const name of tables) {
    const { X, y } = dataset(name);
    for (const estimator of [
      softmaxRegression(options),
      linearSvm(options),
      networkClassifier({ ...options, hidden: [8] }),
    ])
      endsWell(estimator as unknown as Estimator<string[], unknown>, X, y);
  }
  const { X, y } = dataset("diabetes");
  for (const estimator of [linearRegression(options), networkRegression({ ...options, hidden: [8] })])
    endsWell(estimator, X, y.map(Number));
});

function endsWell<Y>(estimator: Estimator<Y, unknown>, X: Matrix, y: Y): void {
  const { problem, optimizer, options } = estimator.prepare(X, y);
  const run = observed(estimator.train(X, y, { every: "epoch" }), runContext(problem, optimizer, options));
  const ids = verdictPeriods(run.trace, run.context).map(({ verdict }) => verdict.id);
  const good = ["converged", "healthy", ...(options.stop?.validation ? ["overfitting"] : [])]; // the fit keeps its best epoch
  expect(good, run.verdict.sentence).toContain(ids.at(-1));
  for (const id of ids) expect(BAD).not.toContain(id);
}

test("runs below the largest stable rate that converge are neither diverging nor unsettled", () => {
  let converged = 0;
  for (let seed = 0; seed < cases(40, 100); seed++) {
    const draw = random(seed);
    const [n, d] = [20 + Math.floor(20 * draw.uniform()), 1 + Math.floor(5 * draw.uniform())];
    const isQuadratic = draw.uniform() < 0.5;
    const { problem } = isQuadratic
      ? regression(n, d, { loss: halfSquared() }, seed)
      : classification(n, d, { loss: logistic(), l2: 0.05 }, seed);
    const L = curvature(problem).largest;
    const [make, limit] = stable[Math.floor(3 * draw.uniform())]!;
    const optimizer = make((limit * (0.05 + 0.9 * draw.uniform())) / L);
    for (const known of [{}, { forecast: forecast(problem, optimizer), curvature: curvature(problem) }]) {
      const facts = { ...runContext(problem, optimizer), ...known };
      const run = observedTrain(problem, optimizer, { epochs: 3000, stop: { remaining: 1e-8 } }, facts);
      if (run.context.stopped !== "converged") {
        expect(isQuadratic).toBe(false); // momentum on a logistic loss can have a stable cycle below the limit
        expect(run.verdict.id).toBe("zigzag");
        continue;
      }
      converged++;
      expect(run.verdict.id).toBe("converged");
      for (const { verdict } of verdictPeriods(run.trace, run.context)) {
        expect(BAD, `${seed}: ${verdict.sentence}`).not.toContain(verdict.id);
        expect(verdict.sentence).not.toContain("does not settle");
      }
    }
  }
  expect(converged).toBeGreaterThan(cases(72, 180));
});

test("a logistic run never has the verdict diverged for its rate alone", () => {
  // The gradient of the loss is bounded, so only the library's rule on the objective at the end of a run can call it diverged.
  for (let seed = 0; seed < cases(15, 30); seed++) {
    const { problem } = classification(30, 3, { l2: 0.01 }, seed);
    const optimizer = plain(10 ** (random(seed).uniform() * 1.5));
    const context = { ...runContext(problem, optimizer), forecast: forecast(problem, optimizer) };
    const run = observedTrain(problem, optimizer, { epochs: 200 }, context);
    const ended = run.context.divergence instanceof DivergenceError;
    const periods = verdictPeriods(run.trace, run.context);
    for (const [i, { verdict }] of periods.entries())
      if (!ended || i < periods.length - 1) expect(verdict.id, verdict.sentence).not.toBe("diverged");
  }
});
