import { InputTypeError, requireKnown, requireOneOf, show } from "../core/check.ts";
import type { ClassifierEstimator, Estimator, LinearClassifierEstimator } from "./fit/estimator.ts";
import { type EstimatorSpec, optionsOf } from "./fit/spec.ts";
import type { FittedRegression } from "./fitted/regression.ts";
import { type FittedLinearRegression, linearRegression } from "./linearRegression.ts";
import { linearSvm } from "./linearSvm.ts";
import { logisticRegression } from "./logisticRegression.ts";
import { matrixFactorization } from "./matrixFactorization.ts";
import { networkClassifier, networkRegression } from "./neuralNetwork.ts";
import type { FactorizationEstimator } from "./ratings/factorizationEstimator.ts";
import { softmaxRegression } from "./softmaxRegression.ts";

const functions = {
  ...{ linearRegression, logisticRegression, softmaxRegression, linearSvm },
  ...{ networkClassifier, networkRegression, matrixFactorization },
};

/** Any estimator of numbers or ratings. */
export type NumberEstimator =
  | Estimator<ArrayLike<number>, FittedLinearRegression>
  | Estimator<ArrayLike<number>, FittedRegression>
  | ClassifierEstimator
  | LinearClassifierEstimator
  | FactorizationEstimator;

/** The name of the public function, for messages. */
const functionName = "estimatorFromSpec";

/**
 * Checks the form of a spec.
 *
 * @throws TypeError for an estimator that is not among the names, or for a member that a spec does not have
 */
export function checkSpec(spec: EstimatorSpec, names: readonly string[]): void {
  requireOneOf(functionName, "estimator", spec?.estimator, names);
  requireKnown(functionName, spec, ["estimator", "options"], "property");
  if (spec.options !== null && typeof spec.options === "object") return;
  throw new InputTypeError(
    `${functionName}: options must be an object, got ${show(spec.options)}. Pass {} for no options.`,
  );
}

/** The names of the functions that make estimators. */
export const estimatorNames: readonly string[] = Object.keys(functions);

/** The estimator that a checked spec describes. */
export const estimatorOfSpec = (spec: EstimatorSpec): NumberEstimator =>
  functions[spec.estimator as keyof typeof functions](optionsOf(spec));
