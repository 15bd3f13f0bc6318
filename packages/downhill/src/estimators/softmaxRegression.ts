import { requireNonNegative } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import { crossEntropy } from "../losses/crossEntropy.ts";
import { linear } from "../predictors/linear.ts";
import { oneByRows, smoothPlan } from "./defaults/plans.ts";
import { estimator, type LinearClassifierEstimator } from "./fit/estimator.ts";
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
 * Softmax regression for two or more classes: the probabilities are p = softmax(W x + b). It minimises
 * mean −ln p_y + l2/2 ‖W‖² + l1 ‖W‖₁. By default l2 is 1 / rows and l1 is 0.
 *
 * By default `automatic()` in full batch, until objective − optimum is at most 1e-9 of the objective, for at most 10 000 epochs.
 *
 * @throws TypeError or RangeError for an option that is not allowed; `fit` throws RangeError for fewer than two classes
 *
 * @example
 * ```ts
 * import { softmaxRegression } from "downhill";
 *
 * const model = softmaxRegression().fit([[0], [5], [10], [1], [6], [11]], ["a", "b", "c", "a", "b", "c"]);
 * model.predict([[0.5], [5.5], [10.5]]); // ["a", "b", "c"]
 * model.probabilities([[0.5]]).columns; // 3
 * ```
 */
export function softmaxRegression(options: LinearClassifierOptions = {}): LinearClassifierEstimator {
  requireNonNegative("softmaxRegression", "l1", options.l1 ?? 0);
  return estimator(softmaxModel, options) as LinearClassifierEstimator;
}

/** The model of `softmaxRegression`. */
export const softmaxModel = (options: LinearClassifierOptions): Model<ArrayLike<Label>, FittedLinearClassifier> => ({
  functionName: "softmaxRegression",
  kind: "softmax",
  settings: {},
  l1: options.l1 ?? 0,
  defaultL2: oneByRows,
  optionNames: ["l1", ...classifierOptionNames],
  targets(functionName, y, known) {
    const { classes, indices, weights } = classTargets(functionName, y, options, known);
    return { numbers: { data: indices, rows: indices.length, columns: 1 }, classes, scaling: null, weights };
  },
  build: (features, { classes }) => ({
    predictor: linear(features, classes!.length),
    loss: crossEntropy(classes!.length),
  }),
  curvature: () => 0.5,
  plan: smoothPlan,
  fitted(fittedData, partialFit) {
    const predictor = linear(fittedData.features, fittedData.classes!.length);
    return {
      ...fittedClassifier(fittedData, predictor, (kernels, Z, n, k) => kernels.softmax(Z, n, k), partialFit),
      ...linearParts(fittedData),
    };
  },
});
