// The values that Downhill's default optimizer of full batches sees, in the order of its evaluations.
import {
  automatic,
  linearRegression,
  linearSvm,
  logisticRegression,
  type Optimizer,
  softmaxRegression,
} from "downhill";
import type { EvaluationProblem } from "./problems.ts";

/** The values of a run, and the cost of its metrics. */
export interface Evaluations {
  /** The objective at each evaluation. */
  readonly values: readonly number[];
  /** The cost of the metrics computed before each evaluation, as a number of evaluations. */
  readonly metrics: readonly number[];
}

/** A run with default options until at most 1e-12 of the objective remains. */
export function ownEvaluations(problem: EvaluationProblem): Evaluations {
  const values: number[] = [];
  const metrics: number[] = [];
  let cost = 0;
  const seen = (value: number): number => {
    values.push(value);
    metrics.push(cost);
    return value;
  };
  const counted: Optimizer = {
    ...automatic(),
    bind({ metric, evaluate, ...run }) {
      const update = automatic().bind({
        ...run,
        evaluate: (params, gradient) => seen(evaluate(params, gradient)),
        ...(metric && { metric: counting(metric) }),
      });
      return (t, value) => update(t, seen(value));
    },
  };
  const counting = <M extends { readonly cost: number; measure(params: never): void }>(metric: M): M =>
    Object.create(metric, {
      measure: {
        value: (params: never) => {
          cost += metric.cost;
          metric.measure(params);
        },
      },
    }) as M;
  seen(fit(problem, counted)); // the last one follows the last update
  return { values, metrics };
}

/** Returns the objective at the end. */
function fit({ loss, X, y, l1, l2 }: EvaluationProblem, optimizer: Optimizer): number {
  const options = { standardize: false, l2, optimizer, stop: { remaining: 1e-12 }, epochs: 10_000 };
  const fitted =
    loss === "least squares"
      ? linearRegression({ ...options, l1 }).fit(X, y)
      : loss === "logistic"
        ? logisticRegression({ ...options, l1 }).fit(X, y)
        : loss === "softmax"
          ? softmaxRegression({ ...options, l1 }).fit(X, y)
          : linearSvm({ ...options, loss: "squaredHinge" }).fit(X, y);
  return fitted.history.objective!.at(-1)!;
}
