import { requireNonNegative } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import { logistic } from "../losses/logistic.ts";
import { linear } from "../predictors/linear.ts";
import { oneByRows, smoothPlan } from "./defaults/plans.ts";
import { type Estimator, estimator, type Model } from "./fit/estimator.ts";
import { requireTwo, signsOf } from "./fit/labels.ts";
import {
  classifierOptionNames,
  classTargets,
  type FittedLinearClassifier,
  fittedClassifier,
  type LinearClassifierOptions,
} from "./fitted/classifier.ts";
import { linearParts } from "./fitted/fittedData.ts";

/**
 * Logistic regression for two classes: minimises mean ln(1 + e^−y(w·x + b)) + l2/2 ‖w‖² + l1 ‖w‖₁, y = +1 for the second.
 * By default l2 is 1 / rows and l1 is 0.
 *
 * By default full batch by `automatic()`, until at most 1e-9 of the objective is left or 10 000 epochs.
 */
export function logisticRegression(
  options: LinearClassifierOptions = {},
): Estimator<ArrayLike<Label>, FittedLinearClassifier> {
  requireNonNegative("logistic", "l1", options.l1 ?? 0);
  return estimator(logisticModel, options);
}

/** The model alone; a saved one is brought back through it. */
export const logisticModel = (options: LinearClassifierOptions): Model<ArrayLike<Label>, FittedLinearClassifier> => ({
  maker: "logisticRegression",
  kind: "logistic",
  settings: {},
  l1: options.l1 ?? 0,
  defaultL2: oneByRows,
  optionNames: ["l1", ...classifierOptionNames],
  targets(functionName, y, frozen) {
    const { classes, indices, weights } = classTargets(functionName, y, options, frozen);
    requireTwo(functionName, "logistic", classes);
    const numbers = { data: signsOf(indices, 1), rows: indices.length, columns: 1 };
    return { numbers, classes, scaling: null, weights };
  },
  build: (features) => ({ predictor: linear(features), loss: logistic() }),
  curvature: 0.25,
  plan: smoothPlan,
  fitted: (fittedData, again) => ({
    ...fittedClassifier(fittedData, linear(fittedData.features), (kernels, z, n) => kernels.sigmoid(z, n), again),
    ...linearParts(fittedData),
  }),
});
