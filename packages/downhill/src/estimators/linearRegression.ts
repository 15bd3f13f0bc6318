import { requireNonNegative } from "../core/check.ts";
import { halfSquared } from "../losses/halfSquared.ts";
import { linear } from "../predictors/linear.ts";
import { smoothPlan } from "./defaults/plans.ts";
import { type Again, type Estimator, estimator, type Model, type PartialFitOptions } from "./fit/estimator.ts";
import type { DescentOptions } from "./fit/options.ts";
import type { Table } from "./fit/table.ts";
import { type FittedData, type LinearParts, linearParts } from "./fitted/fittedData.ts";
import { type FittedRegression, fittedRegression, numberTargets } from "./fitted/regression.ts";

export interface LinearRegressionOptions extends DescentOptions {
  /** Penalty l1 · Σ |w|, which sets weights to exactly 0 (lasso; with l2 elastic net) [0]. */
  readonly l1?: number;
}

export interface FittedLinearRegression extends FittedRegression, LinearParts {
  partialFit(X: Table, y: ArrayLike<number>, options?: PartialFitOptions): FittedLinearRegression;
}

/**
 * Linear regression: minimises mean ½ (w·x + b − y)² + l2/2 ‖w‖² + l1 ‖w‖₁. By default l2 and l1 are 0: least squares.
 *
 * Where several solutions are least, with fewer rows than columns or with columns that depend on each other, a run from
 * zeros (the default start) ends at the one whose weights, of the standardized columns, and intercept have the least norm
 * together. Every gradient of least squares lies in the span of the rows (z, 1), and so does the sum of all steps.
 *
 * By default full batch by `automatic()`, until at most 1e-9 of the objective is left or 10 000 epochs.
 */
export function linearRegression(
  options: LinearRegressionOptions = {},
): Estimator<ArrayLike<number>, FittedLinearRegression> {
  requireNonNegative("linear", "l1", options.l1 ?? 0);
  return estimator(linearModel, options);
}

/** The model alone; a saved one is brought back through it. */
export const linearModel = ({ l1 = 0 }: LinearRegressionOptions): Model<ArrayLike<number>, FittedLinearRegression> => ({
  maker: "linearRegression",
  kind: "linear",
  settings: {},
  l1,
  defaultL2: () => 0,
  optionNames: ["l1"],
  targets: (functionName, y) => numberTargets(functionName, y, null),
  build: (features) => ({ predictor: linear(features), loss: halfSquared() }),
  curvature: 1,
  plan: smoothPlan,
  fitted: (fittedData: FittedData, again: Again<ArrayLike<number>, FittedLinearRegression>) => ({
    ...fittedRegression(fittedData, linear(fittedData.features), again),
    ...linearParts(fittedData),
  }),
});
