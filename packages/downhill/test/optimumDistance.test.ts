// The proven distance of the optimum, against optima of an independent solver.

import { expect, test } from "vitest";
import { bindLinearRows } from "../src/diagnosis/certificate/bindLinearRows.ts";
import { linearProblem } from "../src/diagnosis/certificate/linearProblem.ts";
import { bindOptimumDistance } from "../src/diagnosis/certificate/optimumDistance.ts";
import { linearRegression, logisticRegression, matrix, random, type Step } from "../src/index.ts";
import { slopeLimits } from "../src/losses/limitedSlope.ts";
import type { LossSpec } from "../src/losses/loss.ts";
import { cases } from "./cases.ts";
import { type ConvexProblem, optimum } from "./optimum.ts";

const losses: Record<
  string,
  { loss: ConvexProblem["loss"]; model: (epochs: number) => ReturnType<typeof linearRegression> }
> = {
  huber: { loss: "limited", model: (epochs) => linearRegression({ loss: "huber", epochs, standardize: false }) },
  absolute: {
    loss: "limited",
    model: (epochs) => linearRegression({ loss: "absolute", epochs: 10 * epochs, standardize: false }),
  },
  quantile: {
    loss: "limited",
    model: (epochs) => linearRegression({ loss: "quantile", quantile: 0.8, epochs: 10 * epochs, standardize: false }),
  },
  logistic: {
    loss: "logistic",
    model: (epochs) => logisticRegression({ l2: 0, epochs, standardize: false }) as never,
  },
};

test.each(Object.keys(losses))("%s: the distance of the optimum is at most the proven one", (name) => {
  const { loss, model } = losses[name]!;
  const ratios: number[] = []; // proven / true distance
  for (let seed = 0; seed < cases(20, 60); seed++) {
    const stream = random(seed).fork(name);
    const [n, d] = [60 + Math.floor(stream.uniform() * 200), 1 + Math.floor(stream.uniform() * 3)];
    const X = Array.from({ length: n }, () => Array.from({ length: d }, () => stream.normal() + 0.5));
    const y = X.map(([x]) => {
      const z = 0.5 * x! + stream.normal();
      return loss === "logistic" ? (z > 0 ? 1 : -1) : z;
    });
    let last: Step | undefined;
    for (const step of model(3 + (seed % 20)).train(matrix(Float64Array.from(X.flat()), n, d), y)) last = step;
    const rows = bindLinearRows(last!.bound())!;
    const problem = linearProblem(rows);
    const params = Float64Array.from(last!.bound().params);
    const scale = Float64Array.from([...rows.squares, n], (square) => square / n);
    const proven = bindOptimumDistance(problem, problem.pointAt(params), scale)!(0);
    if (proven === Infinity) continue;
    const spec: LossSpec = rows.loss;
    const best = optimum(
      {
        ...{ loss, limits: slopeLimits(spec) ?? { curvature: 1, low: 0, high: 0 }, k: 1, l2: 0, l1: 0 },
        ...{ X, y: y.map((each) => [each]), weights: y.map(() => 1) },
      },
      params,
    );
    let square = 0;
    for (let j = 0; j <= d; j++) square += scale[j]! * (best[j]! - params[j]!) ** 2;
    const distance = Math.sqrt(square);
    expect(proven).toBeGreaterThanOrEqual(distance * (1 - 1e-6));
    if (distance > 1e-9) ratios.push(proven / distance);
  }
  expect(ratios.length).toBeGreaterThan(4);
  expect(ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)]).toBeLessThan(40);
});
