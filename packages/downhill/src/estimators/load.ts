import { InputRangeError, show } from "../core/check.ts";
import type { FittedClassifier, FittedLinearClassifier } from "./classification.ts";
import type { Core } from "./fitted.ts";
import { type FittedFactorization, fittedFactorization } from "./fittedFactorization.ts";
import { type FittedLinearRegression, linearModel } from "./linearRegression.ts";
import { svmModel } from "./linearSvm.ts";
import { logisticModel } from "./logisticRegression.ts";
import { networkClassifierModel, networkRegressionModel } from "./neuralNetwork.ts";
import type { FittedRegression } from "./regression.ts";
import { decodeFactorization } from "./savedFactorization.ts";
import { unframe } from "./savedFile.ts";
import { choiceIn, listIn, refuse, wholeIn } from "./savedMembers.ts";
import { decodeTable } from "./savedTable.ts";
import { softmaxModel } from "./softmaxRegression.ts";
import { fittedOf, type Model, refit } from "./supervised.ts";

export type FittedModel =
  | FittedLinearRegression
  | FittedLinearClassifier
  | FittedClassifier
  | FittedRegression
  | FittedFactorization;

const svmLosses = ["hinge", "squaredHinge"] as const;
const KINDS = ["linear", "logistic", "softmax", "svm", "network", "factorization"];

/**
 * Brings a saved model back: `load(JSON.stringify(fitted))` predicts the same bits.
 * Its partialFit descends by the model's default rule, since an optimizer is code and is not saved.
 *
 * Everything that the model says of itself is checked: the types of its members, that its numbers are finite, that its
 * scales are above 0, its names and classes different, and the length of every list. So a file that was written by hand
 * or by another program is refused, or predicts.
 *
 * @param saved  the file's text, or what JSON.parse made of it; a file of the command `downhill train` is one
 * @throws RangeError or TypeError when it is no model, a model of another version, of an unknown kind, damaged, or one
 * whose members do not suit each other
 */
export function load(saved: unknown): FittedModel {
  const body = unframe(saved);
  if (!KINDS.includes(body.kind)) {
    throw new InputRangeError(
      `load: kind must be one that this version knows, got ${show(body.kind)}. Update downhill.`,
    );
  }
  if (body.kind === "factorization") return fittedFactorization(decodeFactorization(body));
  const core = decodeTable(body);
  const l1 = core.options["l1"] as number;
  switch (core.kind) {
    case "linear":
      return bring(linearModel({ l1 }), core);
    case "logistic":
      return bring(logisticModel({ l1 }), core, 2);
    case "softmax":
      return bring(softmaxModel({ l1 }), core, Infinity);
    case "svm":
      return bring(svmModel({ loss: choiceIn("settings.loss", core.settings["loss"], svmLosses) }), core, Infinity);

    case "network":
      return loadNetwork(core);
  }
}

function loadNetwork(core: Core): FittedClassifier | FittedRegression {
  const { hidden, activation, task } = core.settings;
  const layers = listIn("settings.hidden", hidden);
  if (layers.length === 0) refuse("settings.hidden", "a list of at least one layer", hidden);
  const shape = {
    hidden: layers.map((units, at) => wholeIn(`settings.hidden[${at}]`, units, 1)),
    activation: choiceIn("settings.activation", activation, ["relu", "tanh", "sigmoid"]),
  };
  return choiceIn("settings.task", task, ["classification", "regression"]) === "regression"
    ? bring(networkRegressionModel({ ...shape, standardize: core.targetScaling !== null }), core)
    : bring(networkClassifierModel(shape), core, Infinity);
}

/** The fitted model, once its classes, 0 for numbers or at most so many, and its parameters are what its kind has. */
function bring<Y extends ArrayLike<unknown>, F>(model: Model<Y, F>, core: Core, mostClasses = 0): F {
  const { features, classes, targetScaling, params, options } = core;
  const count = classes?.length ?? 0;
  const words = mostClasses === 0 ? "null" : mostClasses === 2 ? "a list of 2" : "a list of at least 2";
  if (mostClasses === 0 ? classes !== null : count < 2 || count > mostClasses) refuse("classes", words, classes);
  if (mostClasses > 0 && targetScaling !== null) refuse("targetScaling", "null", targetScaling);
  const { size } = model.build(features, { classes }).predictor;
  if (params.length !== size) refuse("params", `${size} numbers`, params.length);
  const { seed, standardize } = options as { seed: number; standardize: boolean };
  return fittedOf(model, { ...core, settings: model.settings }, refit(model, { seed, standardize }));
}
