import { requireNonNegative } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import { logistic } from "../losses/logistic.ts";
import { linear } from "../predictors/linear.ts";
import {
  type ClassifierOptions,
  classifierOptionNames,
  classTargets,
  type FittedClassifier,
  fittedClassifier,
} from "./classification.ts";
import { smoothPlan } from "./defaults.ts";
import { type LinearParts, linearParts } from "./fitted.ts";
import { requireTwo, signsOf } from "./labels.ts";
import { type Estimator, estimator, type Model, type PartialFitOptions } from "./supervised.ts";
import type { Table } from "./table.ts";

export interface LogisticRegressionOptions extends ClassifierOptions {
  /** Penalty l1 · Σ |w| [0]. */
  readonly l1?: number;
}

export interface FittedLogisticRegression extends FittedClassifier, LinearParts {
  partialFit(X: Table, y: ArrayLike<Label>, options?: PartialFitOptions): FittedLogisticRegression;
}

/**
 * Logistic regression for two classes: minimises mean ln(1 + e^−y(w·x + b)) + l2/2 ‖w‖² + l1 ‖w‖₁, y = +1 for the second.
 *
 * By default full batch at rate 1/L, L = λmax(X̃ᵀX̃/n)/4 + l2, to a largest gradient entry of 1e-6 or 10 000 epochs.
 */
export function logisticRegression(
  options: LogisticRegressionOptions = {},
): Estimator<ArrayLike<Label>, FittedLogisticRegression> {
  requireNonNegative("logistic", "l1", options.l1 ?? 0);
  return estimator(logisticModel(options), options);
}

/** The model alone; a saved one is brought back through it. */
export const logisticModel = (
  options: LogisticRegressionOptions,
): Model<ArrayLike<Label>, FittedLogisticRegression> => ({
  kind: "logistic",
  settings: {},
  l1: options.l1 ?? 0,
  optionNames: ["l1", ...classifierOptionNames],
  targets(who, y, frozen) {
    const { classes, indices, weights } = classTargets(who, y, options, frozen);
    requireTwo(who, "logistic", classes);
    const numbers = { data: signsOf(indices, 1), rows: indices.length, columns: 1 };
    return { numbers, classes, scaling: null, weights };
  },
  build: (features) => ({ predictor: linear(features), loss: logistic() }),
  curvature: 0.25,
  plan: smoothPlan,
  fitted: (core, again) => ({
    ...fittedClassifier(core, linear(core.features), (kernels, z, n) => kernels.sigmoid(z, n), again),
    ...linearParts(core),
  }),
});
