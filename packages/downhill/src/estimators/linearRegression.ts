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
 * (least squares). With another `loss` it is robust ("huber"), or it predicts the median ("absolute"), a quantile ("quantile")
 * or the mean of counts ("poisson": e^(w·x + b), so coefficients are on the scale of the logarithm; l2 is the mean target / rows by default).
 *
 * By default `automatic()` in full batch, until objective − optimum is at most 1e-9 of the objective, for at most 10 000 epochs.
 *
 * "huber" without `delta`, "absolute" and "quantile" first make a rough fit. The robust deviation s of its errors determines
 * δ = 1.35 s, or the width s/100 of the interval in which the loss is quadratic (docs/models.md). The
 * mean absolute error or pinball loss of the result is at most width/4 above its lowest value, times the share of the rows
 * in this interval.
 *
 * If several solutions have the lowest objective, as with fewer rows than columns, a run of least squares from zeros (the default start) ends
 * at the solution of lowest norm of the standardized weights and the intercept together: all gradients of least squares
 * are linear combinations of the rows (z, 1), and so is the sum of all steps.
 *
 * @throws TypeError or RangeError for an option that is not allowed; `fit` throws RangeError for targets of "poisson" below 0
 *
 * @example
 * ```ts
 * import { linearRegression } from "downhill";
 *
 * const model = linearRegression().fit([[1], [2], [3]], [3, 5, 7]);
 * Math.round(model.predict([[10]])[0]!); // 21
 * model.stopped; // "converged"
 * linearRegression({ loss: "absolute" }).fit([[0], [0], [0]], [1, 2, 90]).predict([[0]]); // nearly [2]
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
    defaultL2: (rows, meanTarget) => (loss === "poisson" ? meanTarget() / rows : 0),
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
