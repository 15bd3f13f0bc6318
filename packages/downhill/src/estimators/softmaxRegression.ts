import { requireNonNegative } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import { crossEntropy } from "../losses/crossEntropy.ts";
import { linear } from "../predictors/linear.ts";
import { oneByRows, smoothPlan } from "./defaults/plans.ts";
import { type Estimator, estimator, type Model } from "./fit/estimator.ts";
import {
  classifierOptionNames,
  classTargets,
  type FittedLinearClassifier,
  fittedClassifier,
  type LinearClassifierOptions,
} from "./fitted/classifier.ts";
import { linearParts } from "./fitted/fittedData.ts";

/**
 * Softmax regression for two or more classes: minimises mean −ln p_y + l2/2 ‖W‖² + l1 ‖W‖₁, p = softmax(W x + b).
 * By default l2 is 1 / rows and l1 is 0.
 *
 * By default full batch by `automatic()`, until at most 1e-9 of the objective is left or 10 000 epochs.
 */
export function softmaxRegression(
  options: LinearClassifierOptions = {},
): Estimator<ArrayLike<Label>, FittedLinearClassifier> {
  requireNonNegative("softmax", "l1", options.l1 ?? 0);
  return estimator(softmaxModel, options);
}

/** The model alone; a saved one is brought back through it. */
export const softmaxModel = (options: LinearClassifierOptions): Model<ArrayLike<Label>, FittedLinearClassifier> => ({
  maker: "softmaxRegression",
  kind: "softmax",
  settings: {},
  l1: options.l1 ?? 0,
  defaultL2: oneByRows,
  optionNames: ["l1", ...classifierOptionNames],
  targets(functionName, y, frozen) {
    const { classes, indices, weights } = classTargets(functionName, y, options, frozen);
    return { numbers: { data: indices, rows: indices.length, columns: 1 }, classes, scaling: null, weights };
  },
  build: (features, { classes }) => ({
    predictor: linear(features, classes!.length),
    loss: crossEntropy(classes!.length),
  }),
  curvature: 0.5,
  plan: smoothPlan,
  fitted(fittedData, again) {
    const predictor = linear(fittedData.features, fittedData.classes!.length);
    return {
      ...fittedClassifier(fittedData, predictor, (kernels, Z, n, k) => kernels.softmax(Z, n, k), again),
      ...linearParts(fittedData),
    };
  },
});
