import { requireNonNegative } from "../core/check.ts";
import { linear } from "../predictors/linear.ts";
import { curvatureOf, requireCounts, settledLoss } from "./defaults/lossScale.ts";
import { smoothPlan } from "./defaults/plans.ts";
import { type Estimator, estimator } from "./fit/estimator.ts";
import type { Model, PartialFitOptions, TrainingRows } from "./fit/model.ts";
import type { DescentOptions } from "./fit/options.ts";
import { checkRegressionLoss, lossOf, type RegressionLossOptions, regressionLossNames } from "./fit/regressionLoss.ts";
import type { Table } from "./fit/table.ts";
import type { FittedData } from "./fitted/fittedData.ts";
import { type LinearParts, linearParts } from "./fitted/linearParts.ts";
import { type FittedRegression, fittedRegression, numberTargets } from "./fitted/regression.ts";

/** Options of `linearRegression`. */
export interface LinearRegressionOptions extends DescentOptions, RegressionLossOptions {
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
  checkRegressionLoss("linearRegression", options);
  return estimator(linearModel, options);
}

/**
 * The model of `linearRegression`.
 *
 * @param settings  the settings of a fitted model; by default the options without the numbers that depend on the rows
 */
export function linearModel(
  options: LinearRegressionOptions,
  settings: FittedData["settings"] = {},
): Model<ArrayLike<number>, FittedLinearRegression> {
  const { l1 = 0, loss = "squared" } = options;
  return {
    functionName: "linearRegression",
    kind: "linear",
    settings,
    ...(loss !== "squared" && { settle: (rows: TrainingRows) => settledLoss(options, rows) }),
    l1,
    defaultL2: () => 0,
    optionNames: ["l1", ...regressionLossNames],
    targets(functionName, y) {
      const targets = numberTargets(functionName, y, null);
      if (loss === "poisson") requireCounts(functionName, targets.numbers.data);
      return targets;
    },
    build: (features, _, own) => ({ predictor: linear(features), loss: lossOf(own) }),
    curvature: curvatureOf,
    plan: smoothPlan,
    fitted: (fittedData, partialFit) => ({
      ...fittedRegression(fittedData, linear(fittedData.features), partialFit),
      ...linearParts(fittedData),
    }),
  };
}
