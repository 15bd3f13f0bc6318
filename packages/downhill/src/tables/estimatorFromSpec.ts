import { checkSpec, estimatorNames, estimatorOfSpec, type NumberEstimator } from "../estimators/estimatorOfSpec.ts";
import type { EstimatorSpec } from "../estimators/fit/spec.ts";
import type { FittedClassifier } from "../estimators/fitted/classifier.ts";
import type { FittedRegression } from "../estimators/fitted/regression.ts";
import { type InnerEstimator, type TableModel, tableModel } from "./tableModel.ts";
import type { TableOptions } from "./tableOptions.ts";

/** Any estimator of the library. */
export type AnyEstimator = NumberEstimator | TableModel<FittedClassifier> | TableModel<FittedRegression>;

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
  checkSpec(spec, [...estimatorNames, "tableModel"]);
  if (spec.estimator !== "tableModel") return estimatorOfSpec(spec);
  const { estimator, ...options } = spec.options as unknown as TableOptions & { readonly estimator: EstimatorSpec };
  checkSpec(estimator, estimatorNames);
  return tableModel(estimatorOfSpec(estimator) as unknown as InnerEstimator<FittedClassifier>, options);
}
