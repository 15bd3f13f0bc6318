import { requireOneOf } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import { hinge } from "../losses/hinge.ts";
import { squaredHinge } from "../losses/squaredHinge.ts";
import { linear } from "../predictors/linear.ts";
import { hingePlan, oneByRows, smoothPlan } from "./defaults/plans.ts";
import { estimator, type LinearClassifierEstimator } from "./fit/estimator.ts";
import { signsOf } from "./fit/labels.ts";
import type { Model } from "./fit/model.ts";
import {
  type ClassifierOptions,
  classifierOptionNames,
  classTargets,
  type FittedLinearClassifier,
  fittedClassifier,
} from "./fitted/classifier.ts";
import { linearParts } from "./fitted/linearParts.ts";

/** Options of `linearSvm`. */
export interface LinearSvmOptions extends ClassifierOptions {
  /** The loss of a margin m = y (w·x + b): "hinge" is max(0, 1 − m), "squaredHinge" is its square ["hinge"]. */
  readonly loss?: "hinge" | "squaredHinge";
}

/**
 * Linear support vector machine: minimises mean max(0, 1 − y (w·x + b)) + l2/2 ‖w‖², or the mean of the squares, with y = ±1. For
 * more than two classes there is one score per class, each class against all others, and the objective adds up their
 * hinges. By default l2 is 1 / rows.
 *
 * By default both losses use `automatic()` in full batch. The run of the hinge ends when objective − optimum is proven to be at most
 * 1e-3 of the objective. In mini-batches the learning rate falls along a cosine; short runs find it.
 *
 * @throws TypeError or RangeError for an option that is not allowed; `fit` throws RangeError for fewer than two classes
 *
 * @example
 * ```ts
 * import { linearSvm } from "downhill";
 *
 * const model = linearSvm().fit([[1], [2], [6], [7]], [false, false, true, true]);
 * model.predict([[1.5], [6.5]]); // [false, true]
 * ```
 */
export function linearSvm(options: LinearSvmOptions = {}): LinearClassifierEstimator {
  requireOneOf("linearSvm", "loss", options.loss ?? "hinge", ["hinge", "squaredHinge"]);
  return estimator(svmModel, options) as LinearClassifierEstimator;
}

/** The number of scores: one for two classes, otherwise one per class. */
const outputsOf = (classes: readonly Label[]): number => (classes.length === 2 ? 1 : classes.length);

/** The model of `linearSvm`. */
export const svmModel = (options: LinearSvmOptions): Model<ArrayLike<Label>, FittedLinearClassifier> => {
  const { loss = "hinge" } = options;
  return {
    functionName: "linearSvm",
    kind: "svm",
    settings: { loss },
    l1: 0,
    defaultL2: oneByRows,
    optionNames: ["loss", ...classifierOptionNames],
    targets(functionName, y, known) {
      const { classes, indices, weights } = classTargets(functionName, y, options, known);
      const columns = outputsOf(classes);
      const numbers = { data: signsOf(indices, columns), rows: indices.length, columns };
      return { numbers, classes, scaling: null, weights };
    },
    build(features, { classes }) {
      const outputs = outputsOf(classes!);
      return { predictor: linear(features, outputs), loss: { hinge, squaredHinge }[loss](outputs) };
    },
    // The hinge has no curvature; its first learning rate is computed with that of the logistic loss, which is at most 0.25.
    curvature: () => ({ hinge: 0.25, squaredHinge: 2 })[loss],
    plan: { hinge: hingePlan, squaredHinge: smoothPlan }[loss],
    fitted: (fittedData, partialFit) => ({
      ...fittedClassifier(fittedData, linear(fittedData.features, outputsOf(fittedData.classes!)), null, partialFit),
      ...linearParts(fittedData),
    }),
  };
};
