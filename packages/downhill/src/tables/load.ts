import { InputRangeError, show } from "../core/check.ts";
import { type EstimatorModels, estimatorKinds, loadBody, requireExpected } from "../estimators/loadBody.ts";
import { unframe } from "../estimators/saved/savedFile.ts";
import { type FittedTableModel, fittedTableModel } from "./fitted/fittedTableModel.ts";
import { type FittedRatingModel, fittedRatingModel } from "./ratings/fittedRatingModel.ts";
import { decodeRatingModel } from "./ratings/savedRatingModel.ts";
import { decodeTableModel } from "./saved/savedTableModel.ts";

/** For each function that makes an estimator: the type of its fitted model. */
export interface FittedModels extends EstimatorModels {
  /** The models of `tableModel`. */
  tableModel: FittedTableModel;
  /** The models of `ratingModel`. */
  ratingModel: FittedRatingModel;
}

/** Any fitted model. */
export type FittedModel = FittedModels[keyof FittedModels];

const kinds = [...estimatorKinds, "table", "ratings"];

/**
 * Makes a fitted model of a saved one: `load(JSON.stringify(model))` predicts the same bits. With the name of a function, such
 * as "logisticRegression", the result has the type of this function's models; without it, the result is a union, which
 * `model.kind` or `"classes" in model` narrows.
 *
 * An optimizer is code and is not saved, so `partialFit` of a loaded model uses the default optimizer.
 *
 * All members of the model are checked: their types, lengths and ranges, and whether they fit together. So a file that was
 * written by hand or by another program either throws or can predict.
 *
 * @param saved  the text of a file, or the value that JSON.parse made of it; also a file of `downhill train`
 * @param expected  the function that made the estimator of the model
 * @throws RangeError or TypeError if `saved` is not a model, has another version, was changed, has members that do not fit
 * together, or is not the expected model
 *
 * @example
 * ```ts
 * import { load, logisticRegression } from "downhill";
 *
 * const text = JSON.stringify(logisticRegression().fit([[1], [2], [6], [7]], ["no", "no", "yes", "yes"]));
 * const model = load(text, "logisticRegression");
 * model.predict([[6.5]]); // ["yes"]
 * model.coefficients.columns; // 1
 * ```
 */
export function load<Name extends keyof FittedModels>(saved: unknown, expected: Name): FittedModels[Name];
export function load(saved: unknown): FittedModel;
export function load(saved: unknown, expected?: string): FittedModel {
  const body = unframe(saved);
  if (!kinds.includes(body.kind)) {
    throw new InputRangeError(
      `load: kind must be one of ${kinds.join(", ")}, got ${show(body.kind)}. Use a newer version of downhill.`,
    );
  }
  if (body.kind === "ratings") {
    requireExpected("ratingModel", expected);
    return fittedRatingModel(decodeRatingModel(body));
  }
  if (body.kind !== "table") return loadBody(body, expected);
  requireExpected("tableModel", expected);
  return fittedTableModel(decodeTableModel(body));
}
