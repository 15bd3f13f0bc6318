// Least-squares problems and optimizers for the tests of the forecast.

import {
  halfSquared,
  linear,
  momentum,
  nesterov,
  type Optimizer,
  type Problem,
  plain,
  random,
  regressionWithCondition,
  risk,
} from "../src/index.ts";
import { column, dense } from "../src/kernels/source.ts";
import type { NewtonProblem } from "./newton.ts";

export const rules: Record<string, (rate: number) => Optimizer> = {
  plain,
  momentum,
  nesterov,
  "momentum, decay 0.5": (rate) => momentum(rate, { decay: 0.5 }),
  "nesterov, decay 0.99": (rate) => nesterov(rate, { decay: 0.99 }),
};

/** Rows with a condition number from 1 to 1e8, and targets with noise and a mean; every third problem has a penalty. */
export function leastSquares(seed: number): {
  readonly problem: Problem;
  readonly data: NewtonProblem;
  readonly condition: number;
  readonly label: string;
} {
  const draw = random(seed).fork("problems");
  const features = 1 + Math.floor(draw.uniform() * 8);
  const n = features + 2 + Math.floor(draw.uniform() * 40);
  const condition = features === 1 ? 1 : 10 ** (8 * draw.uniform());
  const l2 = seed % 3 === 0 ? 10 ** (-4 * draw.uniform()) : 0;
  const { X, y } = regressionWithCondition({ n, features, condition, noise: draw.uniform(), seed });
  for (let i = 0; i < n; i++) y[i]! += 3;
  const targets = column(y);
  const problem = risk({ predictor: linear(features), loss: halfSquared(), inputs: dense(X), targets, l2 });
  return {
    problem,
    data: { kind: "linear", X, y: [...y], l2 },
    condition,
    label: `seed ${seed}: ${n} × ${features}, condition ${condition.toPrecision(2)}, l2 ${l2}`,
  };
}
