import { InputRangeError, InputTypeError, show } from "../core/check.ts";
import { frame, type SavedBody, unframe } from "../estimators/saved/savedFile.ts";
import { load } from "../tables/load.ts";

/** A fitted classifier: of an estimator, or of a table with the classifier as its `model`. */
export interface Thresholded {
  /** The classes, in the order of the scores. */
  readonly classes: readonly unknown[];
  /** The model as data for JSON.stringify. */
  toJSON(): unknown;
}

/**
 * The same fitted model with another rule for `predict`: it returns the second class if its probability is at least the threshold,
 * and otherwise the first. Without a threshold the limit is ½, which suits neither rare classes nor errors of different cost. Scores
 * and probabilities do not change, and the threshold is saved with the model. `chooseThreshold` chooses one.
 *
 * Like a model of `load`, the result trains with the default optimizer in `partialFit`.
 *
 * @param model  a fitted model of two classes with probabilities
 * @param threshold  a number from 0, which predicts the second class always; above 1 never. Null removes the threshold
 * @throws RangeError for another number, or another number of classes; TypeError for `linearSvm`
 *
 * @example
 * ```ts
 * import { logisticRegression, withThreshold } from "downhill";
 *
 * const model = logisticRegression({ l2: 1 }).fit([[0], [1], [2], [3]], ["no", "no", "no", "yes"]);
 * model.predict([[2]]); // ["no"]
 * withThreshold(model, 0.25).predict([[2]]); // ["yes"]
 * ```
 */
export function withThreshold<F extends Thresholded>(model: F, threshold: number | null): F {
  const functionName = "withThreshold";
  if (typeof model?.toJSON !== "function" || model.classes === undefined) {
    throw new InputTypeError(
      `${functionName}: the model must be a fitted classifier, got ${show(model)}. Pass the result of fit.`,
    );
  }
  if (model.classes.length !== 2) {
    throw new InputRangeError(
      `${functionName}: the model must have two classes, got ${model.classes.length}. Compare its probabilities in your program.`,
    );
  }
  if (threshold !== null && !(typeof threshold === "number" && threshold >= 0 && threshold < Infinity)) {
    throw new InputRangeError(
      `${functionName}: threshold must be a finite number of at least 0, or null, got ${show(threshold)}. Pass a number such as 0.3.`,
    );
  }
  const body = unframe(JSON.parse(JSON.stringify(model)));
  if (body.kind !== "table") return load(frame(changed(functionName, body, threshold))) as never;
  return load(frame({ ...body, model: changed(functionName, body["model"] as SavedBody, threshold) })) as never;
}

/** @throws TypeError for a linear SVM */
function changed(functionName: string, { threshold: _, ...body }: SavedBody, threshold: number | null): SavedBody {
  if (body.kind === "svm") {
    throw new InputTypeError(
      `${functionName}: the model must have probabilities, got a linearSvm. Fit logisticRegression instead.`,
    );
  }
  return threshold === null ? body : { ...body, threshold };
}
