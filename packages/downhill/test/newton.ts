// The optimum of linear and logistic regression on a matrix, by Newton's method.

import type { Matrix } from "../src/index.ts";
import { type ConvexProblem, objectiveAt, optimum } from "./optimum.ts";

export interface NewtonProblem {
  readonly kind: "linear" | "logistic";
  readonly X: Matrix;
  /** Numbers, or the labels 0 and 1. */
  readonly y: readonly number[];
  readonly l2: number;
  /** Whether columns are first standardized to mean 0 and deviation 1. */
  readonly standardize?: boolean;
}

/** The minimum of mean loss + l2/2 ‖w‖², and the weights and the intercept there. */
export function newton({ kind, X, y, l2, standardize = false }: NewtonProblem): {
  value: number;
  params: Float64Array;
} {
  if (!standardize && l2 > 0) throw new Error("newton: raw columns are for l2 0 alone");
  const [n, d] = [X.rows, X.columns];
  const scales = Array.from({ length: d }, (_, j) => {
    const column = Array.from({ length: n }, (_, i) => X.data[i * d + j]!);
    const mean = standardize ? column.reduce((sum, x) => sum + x / n, 0) : 0;
    // Without standardization the columns are scaled too: the minimum is the same without a penalty.
    return { mean, deviation: Math.sqrt(column.reduce((sum, x) => sum + (x - mean) ** 2 / n, 0)) };
  });
  const problem: ConvexProblem = {
    ...{ loss: kind === "linear" ? "halfSquared" : "logistic", k: 1, l2, l1: 0 },
    X: Array.from({ length: n }, (_, i) =>
      scales.map(({ mean, deviation }, j) => (X.data[i * d + j]! - mean) / deviation),
    ),
    y: y.map((each) => [kind === "linear" ? each : each ? 1 : -1]),
    weights: y.map(() => 1),
  };
  const params = optimum(problem);
  return { value: objectiveAt(problem, params), params };
}
