import { requireNonNegative } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import { logistic } from "../losses/logistic.ts";
import { linear } from "../predictors/linear.ts";
import { oneByRows, smoothPlan } from "./defaults/plans.ts";
import { estimator, type LinearClassifierEstimator } from "./fit/estimator.ts";
import { requireTwo, signsOf } from "./fit/labels.ts";
import type { Model } from "./fit/model.ts";
import {
  classifierOptionNames,
  classTargets,
  type FittedLinearClassifier,
  fittedClassifier,
  type LinearClassifierOptions,
} from "./fitted/classifier.ts";
import { linearParts } from "./fitted/linearParts.ts";

/**
 * Logistic regression for two classes: the second class has the probability 1/(1 + e^−(w·x + b)). It minimises
 * mean ln(1 + e^−y(w·x + b)) + l2/2 ‖w‖² + l1 ‖w‖₁, with y = +1 for the second class and −1 for the first. By default l2 is
 * 1 / rows and l1 is 0.
 *
 * By default `automatic()` in full batch, until objective − optimum is at most 1e-9 of the objective, for at most 10 000 epochs.
 *
 * @throws TypeError or RangeError for an option that is not allowed; `fit` throws RangeError unless there are two classes
 *
 * @example
 * ```ts
 * import { logisticRegression } from "downhill";
 *
 * const model = logisticRegression().fit([[1], [2], [6], [7]], ["small", "small", "large", "large"]);
 * model.classes; // ["large", "small"]
 * model.predict([[1.5], [6.5]]); // ["small", "large"]
 * ```
 */
export function logisticRegression(options: LinearClassifierOptions = {}): LinearClassifierEstimator {
  requireNonNegative("logisticRegression", "l1", options.l1 ?? 0);
  return estimator(logisticModel, options) as LinearClassifierEstimator;
}

/** The model of `logisticRegression`. */
export const logisticModel = (options: LinearClassifierOptions): Model<ArrayLike<Label>, FittedLinearClassifier> => ({
  functionName: "logisticRegression",
  kind: "logistic",
  settings: {},
  l1: options.l1 ?? 0,
  defaultL2: oneByRows,
  optionNames: ["l1", ...classifierOptionNames],
  targets(functionName, y, known) {
    const { classes, indices, weights } = classTargets(functionName, y, options, known);
    requireTwo(functionName, classes);
    const numbers = { data: signsOf(indices, 1), rows: indices.length, columns: 1 };
    return { numbers, classes, scaling: null, weights };
  },
  build: (features) => ({ predictor: linear(features), loss: logistic() }),
  curvature: () => 0.25,
  plan: smoothPlan,
  fitted: (fittedData, partialFit) => ({
    ...fittedClassifier(fittedData, linear(fittedData.features), (kernels, z, n) => kernels.sigmoid(z, n), partialFit),
    ...linearParts(fittedData),
  }),
});
