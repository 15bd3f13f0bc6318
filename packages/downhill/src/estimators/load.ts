import { InputRangeError, show } from "../core/check.ts";
import { fittedOf, type Model, refit } from "./fit/estimator.ts";
import type { FittedClassifier, FittedLinearClassifier } from "./fitted/classifier.ts";
import type { FittedData } from "./fitted/fittedData.ts";
import type { FittedRegression } from "./fitted/regression.ts";
import { type FittedLinearRegression, linearModel } from "./linearRegression.ts";
import { svmModel } from "./linearSvm.ts";
import { logisticModel } from "./logisticRegression.ts";
import { networkClassifierModel, networkRegressionModel } from "./neuralNetwork.ts";
import { type FittedFactorization, fittedFactorization } from "./ratings/fittedFactorization.ts";
import { decodeFactorization } from "./saved/savedFactorization.ts";
import { unframe } from "./saved/savedFile.ts";
import { choiceIn, listIn, refuse, wholeIn } from "./saved/savedMembers.ts";
import { decodeTable } from "./saved/savedTable.ts";
import { softmaxModel } from "./softmaxRegression.ts";

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
  const fittedData = decodeTable(body);
  const l1 = fittedData.options["l1"] as number;
  switch (fittedData.kind) {
    case "linear":
      return bring(linearModel({ l1 }), fittedData);
    case "logistic":
      return bring(logisticModel({ l1 }), fittedData, 2);
    case "softmax":
      return bring(softmaxModel({ l1 }), fittedData, Infinity);
    case "svm":
      return bring(
        svmModel({ loss: choiceIn("settings.loss", fittedData.settings["loss"], svmLosses) }),
        fittedData,
        Infinity,
      );

    case "network":
      return loadNetwork(fittedData);
  }
}

function loadNetwork(fittedData: FittedData): FittedClassifier | FittedRegression {
  const { hidden, activation, task } = fittedData.settings;
  const layers = listIn("settings.hidden", hidden);
  if (layers.length === 0) refuse("settings.hidden", "a list of at least one layer", hidden);
  const shape = {
    hidden: layers.map((units, at) => wholeIn(`settings.hidden[${at}]`, units, 1)),
    activation: choiceIn("settings.activation", activation, ["relu", "tanh", "sigmoid"]),
  };
  return choiceIn("settings.task", task, ["classification", "regression"]) === "regression"
    ? bring(networkRegressionModel({ ...shape, standardize: fittedData.targetScaling !== null }), fittedData)
    : bring(networkClassifierModel(shape), fittedData, Infinity);
}

/** The fitted model, once its classes, 0 for numbers or at most so many, and its parameters are what its kind has. */
function bring<Y extends ArrayLike<unknown>, F>(model: Model<Y, F>, fittedData: FittedData, mostClasses = 0): F {
  const { features, classes, targetScaling, params, options } = fittedData;
  const count = classes?.length ?? 0;
  const words = mostClasses === 0 ? "null" : mostClasses === 2 ? "a list of 2" : "a list of at least 2";
  if (mostClasses === 0 ? classes !== null : count < 2 || count > mostClasses) refuse("classes", words, classes);
  if (mostClasses > 0 && targetScaling !== null) refuse("targetScaling", "null", targetScaling);
  const { size } = model.build(features, { classes }).predictor;
  if (params.length !== size) refuse("params", `${size} numbers`, params.length);
  const { seed, standardize } = options as { seed: number; standardize: boolean };
  return fittedOf(model, { ...fittedData, settings: model.settings }, refit(model, { seed, standardize }));
}
