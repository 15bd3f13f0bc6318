import { show } from "../core/check.ts";
import type { FittedClassifier, FittedLinearClassifier } from "./classification.ts";
import type { Core } from "./fitted.ts";
import { type FittedFactorization, loadFactorization } from "./fittedFactorization.ts";
import { type FittedLinearRegression, linearModel } from "./linearRegression.ts";
import { svmModel } from "./linearSvm.ts";
import { logisticModel } from "./logisticRegression.ts";
import { networkClassifierModel, networkRegressionModel } from "./neuralNetwork.ts";
import type { FittedRegression } from "./regression.ts";
import { unframe } from "./savedFile.ts";
import { decodeTable } from "./savedTable.ts";
import { softmaxModel } from "./softmaxRegression.ts";
import { type Model, refit } from "./supervised.ts";

export type FittedModel =
  | FittedLinearRegression
  | FittedLinearClassifier
  | FittedClassifier
  | FittedRegression
  | FittedFactorization;

const KINDS = ["linear", "logistic", "softmax", "svm", "network", "factorization"];

/**
 * Brings a saved model back: `load(JSON.stringify(fitted))` predicts the same bits.
 * Its partialFit descends by the model's default rule, since an optimizer is code and is not saved.
 *
 * @param saved  the file's text, or what JSON.parse made of it
 * @throws RangeError when it is no model, a model of a later version, of an unknown kind, or damaged
 */
export function load(saved: unknown): FittedModel {
  const body = unframe(saved);
  if (!KINDS.includes(body.kind)) {
    throw new RangeError(`load: kind must be one that this version knows, got ${show(body.kind)}. Update downhill.`);
  }
  if (body.kind === "factorization") return loadFactorization(body);
  const core = decodeTable(body);
  const { settings } = core;
  switch (core.kind) {
    case "linear":
      return bring(linearModel({ l1: core.options["l1"] as number }), core);
    case "logistic":
      return bring(logisticModel({ l1: core.options["l1"] as number }), core);
    case "softmax":
      return bring(softmaxModel({ l1: core.options["l1"] as number }), core);
    case "svm":
      return bring(svmModel(settings), core);
    case "network":
      return settings["task"] === "regression"
        ? bring(networkRegressionModel(settings), core)
        : bring(networkClassifierModel(settings), core);
  }
}

const bring = <Y extends ArrayLike<unknown>, F>(model: Model<Y, F>, core: Core): F =>
  model.fitted(
    core,
    refit(model, { seed: core.options["seed"] as number, standardize: core.options["standardize"] as boolean }),
  );
