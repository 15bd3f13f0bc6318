import { requireOneOf } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import { hinge } from "../losses/hinge.ts";
import { squaredHinge } from "../losses/squaredHinge.ts";
import { linear } from "../predictors/linear.ts";
import { hingePlan, oneByRows, smoothPlan } from "./defaults/plans.ts";
import { type Estimator, estimator, type Model } from "./fit/estimator.ts";
import { signsOf } from "./fit/labels.ts";
import {
  type ClassifierOptions,
  classifierOptionNames,
  classTargets,
  type FittedLinearClassifier,
  fittedClassifier,
} from "./fitted/classifier.ts";
import { linearParts } from "./fitted/fittedData.ts";

export interface LinearSvmOptions extends ClassifierOptions {
  /** ["hinge"] */
  readonly loss?: "hinge" | "squaredHinge";
}

/**
 * Linear support vector machine: minimises mean max(0, 1 − y (w·x + b)) (or its square) + l2/2 ‖w‖²; with more than two
 * classes one against the rest, as one objective with a sum of hinges. By default l2 is 1 / rows.
 *
 * By default the hinge descends in batches of 16 at rate 1/(l2 (t + t₀)) with the parameters averaged with weight t; the
 * squared hinge in full batch by `automatic()`.
 */
export function linearSvm(options: LinearSvmOptions = {}): Estimator<ArrayLike<Label>, FittedLinearClassifier> {
  requireOneOf("svm", "loss", options.loss ?? "hinge", ["hinge", "squaredHinge"]);
  return estimator(svmModel, options);
}

/** Scores of a machine: one for two classes, else one per class. */
const outputsOf = (classes: readonly Label[]): number => (classes.length === 2 ? 1 : classes.length);

/** The model alone; a saved one is brought back through it. */
export const svmModel = (options: LinearSvmOptions): Model<ArrayLike<Label>, FittedLinearClassifier> => {
  const { loss = "hinge" } = options;
  return {
    maker: "linearSvm",
    kind: "svm",
    settings: { loss },
    l1: 0,
    defaultL2: oneByRows,
    optionNames: ["loss", ...classifierOptionNames],
    targets(functionName, y, frozen) {
      const { classes, indices, weights } = classTargets(functionName, y, options, frozen);
      const columns = outputsOf(classes);
      const numbers = { data: signsOf(indices, columns), rows: indices.length, columns };
      return { numbers, classes, scaling: null, weights };
    },
    build(features, { classes }) {
      const outputs = outputsOf(classes!);
      return { predictor: linear(features, outputs), loss: { hinge, squaredHinge }[loss](outputs) };
    },
    // The hinge has no curvature; its first rate is that of the logistic loss, which it bounds up to a factor.
    curvature: { hinge: 0.25, squaredHinge: 2 }[loss],
    plan: { hinge: hingePlan, squaredHinge: smoothPlan }[loss],
    fitted: (fittedData, again) => ({
      ...fittedClassifier(fittedData, linear(fittedData.features, outputsOf(fittedData.classes!)), null, again),
      ...linearParts(fittedData),
    }),
  };
};
