import { InputTypeError, requireKnown, requireOneOf, show } from "../core/check.ts";
import type { ClassifierEstimator, Estimator, LinearClassifierEstimator } from "./fit/estimator.ts";
import { type EstimatorSpec, optionsOf } from "./fit/spec.ts";
import type { FittedRegression } from "./fitted/regression.ts";
import { type FittedLinearRegression, linearRegression } from "./linearRegression.ts";
import { linearSvm } from "./linearSvm.ts";
import { logisticRegression } from "./logisticRegression.ts";
import { type FactorizationEstimator, matrixFactorization } from "./matrixFactorization.ts";
import { networkClassifier, networkRegression } from "./neuralNetwork.ts";
import { softmaxRegression } from "./softmaxRegression.ts";

const functions = {
  ...{ linearRegression, logisticRegression, softmaxRegression, linearSvm },
  ...{ networkClassifier, networkRegression, matrixFactorization },
};

/** Any estimator of the library. */
export type AnyEstimator =
  | Estimator<ArrayLike<number>, FittedLinearRegression>
  | Estimator<ArrayLike<number>, FittedRegression>
  | ClassifierEstimator
  | LinearClassifierEstimator
  | FactorizationEstimator;

/**
 * Makes the estimator that a spec describes. With the same data it fits a model with the same bits.
 *
 * @param spec  what `estimator.spec()` returned, also after JSON.stringify and JSON.parse
 * @throws TypeError for an unknown estimator or option; RangeError for a value that is not allowed
 *
 * @example
 * ```ts
 * import { adam, estimatorFromSpec, networkClassifier } from "downhill";
 *
 * const text = JSON.stringify(networkClassifier({ hidden: [8], optimizer: adam(0.02) }).spec());
 * const estimator = estimatorFromSpec(JSON.parse(text));
 * JSON.stringify(estimator.spec()) === text; // true
 * ```
 */
export function estimatorFromSpec(spec: EstimatorSpec): AnyEstimator {
  const functionName = "estimatorFromSpec";
  requireOneOf(functionName, "estimator", spec?.estimator, Object.keys(functions));
  requireKnown(functionName, spec, ["estimator", "options"], "property");
  if (spec.options === null || typeof spec.options !== "object") {
    throw new InputTypeError(
      `${functionName}: options must be an object, got ${show(spec.options)}. Pass {} for no options.`,
    );
  }
  return functions[spec.estimator as keyof typeof functions](optionsOf(spec));
}
