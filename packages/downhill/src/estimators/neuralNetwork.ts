import { requireOneOf, requireSize } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import { crossEntropy } from "../losses/crossEntropy.ts";
import { halfSquared } from "../losses/halfSquared.ts";
import { type Activation, network } from "../predictors/network.ts";
import { networkPlan, oneByRows } from "./defaults/plans.ts";
import { type Estimator, estimator, type Model } from "./fit/estimator.ts";
import type { DescentOptions } from "./fit/options.ts";
import {
  type ClassifierOptions,
  classifierOptionNames,
  classTargets,
  type FittedClassifier,
  fittedClassifier,
} from "./fitted/classifier.ts";
import { type FittedRegression, fittedRegression, numberTargets } from "./fitted/regression.ts";

export interface NetworkShape {
  /** Units of each hidden layer [[32]]. */
  readonly hidden?: readonly number[];
  /** ["relu"] */
  readonly activation?: Activation;
}

export interface NetworkClassifierOptions extends ClassifierOptions, NetworkShape {}
export interface NetworkRegressionOptions extends DescentOptions, NetworkShape {}

function shapeOf({ hidden = [32], activation = "relu" }: NetworkShape): Required<NetworkShape> {
  requireSize("network", "hidden layers", hidden.length);
  for (const units of hidden) requireSize("network", "hidden", units);
  requireOneOf("network", "activation", activation, ["relu", "tanh", "sigmoid"]);
  return { hidden: [...hidden], activation };
}

/**
 * Neural network for classes: hidden layers, then softmax; minimises mean −ln p_y + l2/2 ‖weights‖². By default l2 is
 * 1 / rows.
 *
 * By default one hidden layer of 32 ReLU units, Adam at rate 0.01 in batches of 32 for 200 epochs, random start.
 */
export const networkClassifier = (
  options: NetworkClassifierOptions = {},
): Estimator<ArrayLike<Label>, FittedClassifier> => estimator(networkClassifierModel, options);

/**
 * Neural network for a number: hidden layers, then a linear output; minimises mean ½ (z − y)² + l2/2 ‖weights‖² with y
 * standardized as the columns are (both off with `standardize: false`). By default l2 is 1 / rows.
 *
 * By default as the classifier.
 */
export const networkRegression = (
  options: NetworkRegressionOptions = {},
): Estimator<ArrayLike<number>, FittedRegression> => estimator(networkRegressionModel, options);

/** The model alone; a saved one is brought back through it. */
export const networkClassifierModel = (
  options: NetworkClassifierOptions,
): Model<ArrayLike<Label>, FittedClassifier> => {
  const { hidden, activation } = shapeOf(options);
  const predictorOf = (features: number, classes: readonly Label[]) =>
    network(features, hidden, classes.length, activation);
  return {
    maker: "networkClassifier",
    kind: "network",
    settings: { task: "classification", hidden, activation },
    l1: 0,
    defaultL2: oneByRows,
    optionNames: ["hidden", "activation", ...classifierOptionNames],
    targets(functionName, y, frozen) {
      const { classes, indices, weights } = classTargets(functionName, y, options, frozen);
      return { numbers: { data: indices, rows: indices.length, columns: 1 }, classes, scaling: null, weights };
    },
    build: (features, { classes }) => ({
      predictor: predictorOf(features, classes!),
      loss: crossEntropy(classes!.length),
    }),
    curvature: 0.5,
    plan: networkPlan,
    fitted: (fittedData, again) =>
      fittedClassifier(
        fittedData,
        predictorOf(fittedData.features, fittedData.classes!),
        (kernels, Z, n, k) => kernels.softmax(Z, n, k),
        again,
      ),
  };
};

/** The model alone; a saved one is brought back through it. */
export const networkRegressionModel = (
  options: NetworkRegressionOptions,
): Model<ArrayLike<number>, FittedRegression> => {
  const { hidden, activation } = shapeOf(options);
  return {
    maker: "networkRegression",
    kind: "network",
    settings: { task: "regression", hidden, activation },
    l1: 0,
    defaultL2: oneByRows,
    optionNames: ["hidden", "activation"],
    targets: (functionName, y, frozen) =>
      numberTargets(functionName, y, frozen ? frozen.targetScaling : options.standardize === false ? null : undefined),
    build: (features) => ({ predictor: network(features, hidden, 1, activation), loss: halfSquared() }),
    curvature: 1,
    plan: networkPlan,
    fitted: (fittedData, again) =>
      fittedRegression(fittedData, network(fittedData.features, hidden, 1, activation), again),
  };
};
