import { InputRangeError } from "../core/check.ts";
import { partialFitWith } from "./fit/estimator.ts";
import { fittedModel, type Model } from "./fit/model.ts";
import { regressionLosses } from "./fit/regressionLoss.ts";
import type { FittedClassifier, FittedLinearClassifier } from "./fitted/classifier.ts";
import type { FittedData } from "./fitted/fittedData.ts";
import type { FittedRegression } from "./fitted/regression.ts";
import { type FittedLinearRegression, linearModel } from "./linearRegression.ts";
import { svmModel } from "./linearSvm.ts";
import { logisticModel } from "./logisticRegression.ts";
import { networkClassifierModel, networkRegressionModel } from "./neuralNetwork.ts";
import type { FittedFactorization } from "./ratings/factorization.ts";
import { fittedFactorization } from "./ratings/fittedFactorization.ts";
import { decodeFactorization } from "./saved/savedFactorization.ts";
import type { SavedBody } from "./saved/savedFile.ts";
import { choiceIn, integerIn, listIn, positiveIn, reject } from "./saved/savedMembers.ts";
import { decodeTable } from "./saved/savedTable.ts";
import { softmaxModel } from "./softmaxRegression.ts";

/** For each function that makes an estimator: the type of its fitted model. */
export interface EstimatorModels {
  /** The models of `linearRegression`. */
  linearRegression: FittedLinearRegression;
  /** The models of `logisticRegression`. */
  logisticRegression: FittedLinearClassifier;
  /** The models of `softmaxRegression`. */
  softmaxRegression: FittedLinearClassifier;
  /** The models of `linearSvm`. */
  linearSvm: FittedLinearClassifier;
  /** The models of `networkClassifier`. */
  networkClassifier: FittedClassifier;
  /** The models of `networkRegression`. */
  networkRegression: FittedRegression;
  /** The models of `matrixFactorization`. */
  matrixFactorization: FittedFactorization;
}

/** The fitted model of any estimator. */
export type EstimatorModel = EstimatorModels[keyof EstimatorModels];

/** The kinds of bodies that `loadBody` reads. */
export const estimatorKinds = ["linear", "logistic", "softmax", "svm", "network", "factorization"];

const svmLosses = ["hinge", "squaredHinge"] as const;

/**
 * The fitted model of the body of a saved one. All members are checked.
 *
 * @param expected  the function that made the estimator of the model, if the caller expects one
 * @throws RangeError or TypeError for a body that is not the expected model, or whose members do not fit together
 */
export function loadBody(body: SavedBody, expected?: string): EstimatorModel {
  if (body.kind === "factorization") {
    requireExpected("matrixFactorization", expected);
    return fittedFactorization(decodeFactorization(body));
  }
  const fittedData = decodeTable(body);
  const l1 = fittedData.options["l1"] as number;
  switch (fittedData.kind) {
    case "linear":
      return modelOf(linearModelOf(l1, fittedData.settings), fittedData, expected);
    case "logistic":
      return modelOf(logisticModel({ l1 }), fittedData, expected, 2);
    case "softmax":
      return modelOf(softmaxModel({ l1 }), fittedData, expected, Infinity);
    case "svm": {
      const loss = choiceIn("settings.loss", fittedData.settings["loss"], svmLosses);
      return modelOf(svmModel({ loss }), fittedData, expected, Infinity);
    }
    case "network":
      return networkOf(fittedData, expected);
  }
}

/** The model of a linear regression with the loss of its settings; without a loss it is "squared". */
function linearModelOf(l1: number, saved: FittedData["settings"]): ReturnType<typeof linearModel> {
  if (!Object.hasOwn(saved, "loss")) return linearModel({ l1 });
  const loss = choiceIn("settings.loss", saved["loss"], regressionLosses.slice(1));
  const own: Record<string, string | number> = { loss };
  if (loss === "huber") own["delta"] = positiveIn("settings.delta", saved["delta"]);
  if (loss === "quantile") {
    own["quantile"] = positiveIn("settings.quantile", saved["quantile"]);
    if (own["quantile"] >= 1) reject("settings.quantile", "a number below 1", own["quantile"]);
  }
  if (loss === "absolute" || loss === "quantile") own["width"] = positiveIn("settings.width", saved["width"]);
  return linearModel({ l1, loss }, own);
}

/** @throws RangeError if the caller expects a model of another function */
export function requireExpected(functionName: string, expected: string | undefined): void {
  if (expected === undefined || expected === functionName) return;
  throw new InputRangeError(
    `load: the model must be one of ${expected}, got one of ${functionName}. Pass another file, or load(saved, "${functionName}").`,
  );
}

function networkOf(fittedData: FittedData, expected: string | undefined): FittedClassifier | FittedRegression {
  const { hidden, activation, task } = fittedData.settings;
  const layers = listIn("settings.hidden", hidden);
  if (layers.length === 0) reject("settings.hidden", "a list of at least one layer", hidden);
  const shape = {
    hidden: layers.map((units, at) => integerIn(`settings.hidden[${at}]`, units, 1)),
    activation: choiceIn("settings.activation", activation, ["relu", "tanh", "sigmoid"]),
  };
  return choiceIn("settings.task", task, ["classification", "regression"]) === "regression"
    ? modelOf(
        networkRegressionModel({ ...shape, standardize: fittedData.targetScaling !== null }),
        fittedData,
        expected,
      )
    : modelOf(networkClassifierModel(shape), fittedData, expected, Infinity);
}

/**
 * The fitted model, after a check of the number of its classes and parameters.
 *
 * @param mostClasses  0 for a regression, otherwise the maximum number of classes
 */
function modelOf<Y extends ArrayLike<unknown>, F>(
  model: Model<Y, F>,
  fittedData: FittedData,
  expected: string | undefined,
  mostClasses = 0,
): F {
  requireExpected(model.functionName, expected);
  const { features, classes, targetScaling, params, options, kind, threshold } = fittedData;
  const count = classes?.length ?? 0;
  const rule = mostClasses === 0 ? "null" : mostClasses === 2 ? "a list of 2" : "a list of at least 2";
  if (mostClasses === 0 ? classes !== null : count < 2 || count > mostClasses) reject("classes", rule, classes);
  if (mostClasses > 0 && targetScaling !== null) reject("targetScaling", "null", targetScaling);
  if (threshold !== undefined && (count !== 2 || kind === "svm")) {
    reject("threshold", "absent without the probabilities of two classes", threshold);
  }
  const { size } = model.build(features, { classes }, model.settings).predictor;
  if (params.length !== size) reject("params", `${size} numbers`, params.length);
  const { seed, standardize } = options as { seed: number; standardize: boolean };
  return fittedModel(model, { ...fittedData, settings: model.settings }, partialFitWith(model, { seed, standardize }));
}
