import { requireNonNegative } from "../core/check.ts";
import { halfSquared } from "../losses/halfSquared.ts";
import { linear } from "../predictors/linear.ts";
import { smoothPlan } from "./defaults/plans.ts";
import { type Estimator, estimator } from "./fit/estimator.ts";
import type { Model, PartialFitOptions } from "./fit/model.ts";
import type { DescentOptions } from "./fit/options.ts";
import type { Table } from "./fit/table.ts";
import { type LinearParts, linearParts } from "./fitted/linearParts.ts";
import { type FittedRegression, fittedRegression, numberTargets } from "./fitted/regression.ts";

/** Options of `linearRegression`. */
export interface LinearRegressionOptions extends DescentOptions {
  /** Weight of the penalty l1 · Σ |w|, which makes some weights exactly 0: the lasso; with l2 the elastic net [0]. */
  readonly l1?: number;
}

/** A fitted linear regression. */
export interface FittedLinearRegression extends FittedRegression, LinearParts {
  partialFit<R>(X: Table<R>, y: ArrayLike<number>, options?: PartialFitOptions): FittedLinearRegression;
}

/**
 * Linear regression: predicts w·x + b. It minimises mean ½ (w·x + b − y)² + l2/2 ‖w‖² + l1 ‖w‖₁; by default l2 and l1 are 0
 * (least squares).
 *
 * By default `automatic()` in full batch, until objective − optimum is at most 1e-9 of the objective, for at most 10 000 epochs.
 *
 * If several solutions have the lowest objective, as with fewer rows than columns, a run from zeros (the default start) ends
 * at the solution of lowest norm of the standardized weights and the intercept together: all gradients of least squares
 * are linear combinations of the rows (z, 1), and so is the sum of all steps.
 *
 * @throws TypeError or RangeError for an option that is not allowed
 *
 * @example
 * ```ts
 * import { linearRegression } from "downhill";
 *
 * const model = linearRegression().fit([[1], [2], [3]], [3, 5, 7]);
 * Math.round(model.predict([[10]])[0]!); // 21
 * model.stopped; // "converged"
 * ```
 */
export function linearRegression(
  options: LinearRegressionOptions = {},
): Estimator<ArrayLike<number>, FittedLinearRegression> {
  requireNonNegative("linearRegression", "l1", options.l1 ?? 0);
  return estimator(linearModel, options);
}

/** The model of `linearRegression`. */
export const linearModel = ({ l1 = 0 }: LinearRegressionOptions): Model<ArrayLike<number>, FittedLinearRegression> => ({
  functionName: "linearRegression",
  kind: "linear",
  settings: {},
  l1,
  defaultL2: () => 0,
  optionNames: ["l1"],
  targets: (functionName, y) => numberTargets(functionName, y, null),
  build: (features) => ({ predictor: linear(features), loss: halfSquared() }),
  curvature: 1,
  plan: smoothPlan,
  fitted: (fittedData, partialFit) => ({
    ...fittedRegression(fittedData, linear(fittedData.features), partialFit),
    ...linearParts(fittedData),
  }),
});
