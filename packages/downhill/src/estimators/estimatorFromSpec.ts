import { InputTypeError, requireKnown, requireOneOf, show } from "../core/check.ts";
import { type EstimatorSpec, optionsOf } from "./fit/spec.ts";
import { linearRegression } from "./linearRegression.ts";
import { linearSvm } from "./linearSvm.ts";
import { logisticRegression } from "./logisticRegression.ts";
import { matrixFactorization } from "./matrixFactorization.ts";
import { networkClassifier, networkRegression } from "./neuralNetwork.ts";
import { softmaxRegression } from "./softmaxRegression.ts";

const makers = {
  ...{ linearRegression, logisticRegression, softmaxRegression, linearSvm },
  ...{ networkClassifier, networkRegression, matrixFactorization },
};

/** Any of the library's estimators. */
export type AnyEstimator = ReturnType<(typeof makers)[keyof typeof makers]>;

/**
 * The estimator of a spec: with the same data it fits the same bits.
 *
 * @throws TypeError for an estimator or option that is not known; RangeError for a value that the estimator refuses
 */
export function estimatorFromSpec(spec: EstimatorSpec): AnyEstimator {
  const functionName = "estimatorFromSpec";
  requireOneOf(functionName, "estimator", spec?.estimator, Object.keys(makers));
  requireKnown(functionName, spec, ["estimator", "options"]);
  if (spec.options === null || typeof spec.options !== "object") {
    throw new InputTypeError(
      `${functionName}: options must be an object, got ${show(spec.options)}. Give {} for none.`,
    );
  }
  return makers[spec.estimator as keyof typeof makers](optionsOf(spec));
}
