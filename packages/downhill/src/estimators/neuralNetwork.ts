import { InputTypeError, requireOneOf, requireSize, show } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import { crossEntropy } from "../losses/crossEntropy.ts";
import { halfSquared } from "../losses/halfSquared.ts";
import { type Activation, network } from "../predictors/network.ts";
import { networkPlan, networkStop, oneByRows } from "./defaults/plans.ts";
import { type ClassifierEstimator, type Estimator, estimator } from "./fit/estimator.ts";
import type { Model } from "./fit/model.ts";
import type { DescentOptions } from "./fit/options.ts";
import {
  type ClassifierOptions,
  classifierOptionNames,
  classTargets,
  type FittedClassifier,
  fittedClassifier,
} from "./fitted/classifier.ts";
import { type FittedRegression, fittedRegression, numberTargets } from "./fitted/regression.ts";

/** The hidden layers of a network. */
export interface NetworkShape {
  /** Number of units of each hidden layer; [64, 16] has two hidden layers [[32]]. */
  readonly hidden?: readonly number[];
  /** The function of the hidden units: "relu", "tanh" or "sigmoid" ["relu"]. */
  readonly activation?: Activation;
}

/** Options of `networkClassifier`. */
export interface NetworkClassifierOptions extends ClassifierOptions, NetworkShape {}

/** Options of `networkRegression`. */
export interface NetworkRegressionOptions extends DescentOptions, NetworkShape {}

function shapeOf(functionName: string, { hidden = [32], activation = "relu" }: NetworkShape): Required<NetworkShape> {
  if (!Array.isArray(hidden)) {
    throw new InputTypeError(
      `${functionName}: hidden must be an array with the number of units of each hidden layer, got ${show(hidden)}. ` +
        "Pass hidden: [32], for example.",
    );
  }
  requireSize(functionName, "the number of hidden layers", hidden.length);
  hidden.forEach((units: number, layer) => {
    requireSize(functionName, `hidden[${layer}]`, units);
  });
  requireOneOf(functionName, "activation", activation, ["relu", "tanh", "sigmoid"]);
  return { hidden: [...hidden], activation };
}

/**
 * Neural network for classes: hidden layers, then softmax. It minimises mean −ln p_y + l2/2 ‖weights‖². By default l2 is 1 / rows.
 *
 * By default it has one hidden layer of 32 ReLU units and a random start. It uses `adam` in batches of 32 rows for at most 200
 * epochs (with more than 100 000 rows: batches of 256 rows and 20 epochs), and averages the parameters. The learning rate is
 * 0.01 · min(1, √(32 / columns)), more for runs of fewer than 4000 updates and less for smaller batches; it falls in the second half
 * of the run. In full batch it uses `automatic()`. A tenth of the rows are validation rows: the run ends when their loss has not
 * improved for 20 epochs, and the model keeps the parameters with the lowest one. With fewer than 100 rows all are training
 * rows. `stop: {}` trains on all rows for all epochs.
 *
 * @throws TypeError or RangeError for an option that is not allowed; `fit` throws RangeError for fewer than two classes
 *
 * @example
 * ```ts
 * import { moons, networkClassifier } from "downhill";
 *
 * const { X, y } = moons({ n: 200, noise: 0.1, seed: 1 });
 * const model = networkClassifier({ hidden: [16], activation: "tanh", seed: 1 }).fit(X, y);
 * model.predict([[0, 1], [1, -0.5]]); // [0, 1]
 * ```
 */
export const networkClassifier = (options: NetworkClassifierOptions = {}): ClassifierEstimator =>
  estimator(networkClassifierModel, options) as ClassifierEstimator;

/**
 * Neural network for a number: hidden layers, then a linear output z. It minimises mean ½ (z − y)² + l2/2 ‖weights‖². The target
 * is standardized as the columns are; `standardize: false` leaves out both. By default l2 is 1 / rows.
 *
 * By default it has one hidden layer of 32 ReLU units and a random start. It uses `adam` in batches of 32 rows for at most 200
 * epochs (with more than 100 000 rows: batches of 256 rows and 20 epochs), and averages the parameters. The learning rate is
 * 0.01 · min(1, √(32 / columns)), more for runs of fewer than 4000 updates and less for smaller batches; it falls in the second half
 * of the run. In full batch it uses `automatic()`. A tenth of the rows are validation rows: the run ends when their loss has not
 * improved for 20 epochs, and the model keeps the parameters with the lowest one. With fewer than 100 rows all are training
 * rows. `stop: {}` trains on all rows for all epochs.
 *
 * @throws TypeError or RangeError for an option that is not allowed
 *
 * @example
 * ```ts
 * import { networkRegression } from "downhill";
 *
 * const X = Array.from({ length: 50 }, (_, i) => [i / 25 - 1]);
 * const model = networkRegression({ hidden: [16], activation: "tanh", seed: 1 }).fit(X, X.map(([x]) => x! * x!));
 * Math.abs(model.predict([[0.5]])[0]! - 0.25) < 0.05; // true
 * ```
 */
export const networkRegression = (
  options: NetworkRegressionOptions = {},
): Estimator<ArrayLike<number>, FittedRegression> => estimator(networkRegressionModel, options);

/** The model of `networkClassifier`. */
export const networkClassifierModel = (
  options: NetworkClassifierOptions,
): Model<ArrayLike<Label>, FittedClassifier> => {
  const { hidden, activation } = shapeOf("networkClassifier", options);
  const predictorOf = (features: number, classes: readonly Label[]) =>
    network(features, hidden, classes.length, activation);
  return {
    functionName: "networkClassifier",
    kind: "network",
    settings: { task: "classification", hidden, activation },
    l1: 0,
    defaultL2: oneByRows,
    optionNames: ["hidden", "activation", ...classifierOptionNames],
    targets(functionName, y, known) {
      const { classes, indices, weights } = classTargets(functionName, y, options, known);
      return { numbers: { data: indices, rows: indices.length, columns: 1 }, classes, scaling: null, weights };
    },
    build: (features, { classes }) => ({
      predictor: predictorOf(features, classes!),
      loss: crossEntropy(classes!.length),
    }),
    curvature: () => 0.5,
    plan: networkPlan,
    stop: networkStop,
    fitted: (fittedData, partialFit) =>
      fittedClassifier(
        fittedData,
        predictorOf(fittedData.features, fittedData.classes!),
        (kernels, Z, n, k) => kernels.softmax(Z, n, k),
        partialFit,
      ),
  };
};

/** The model of `networkRegression`. */
export const networkRegressionModel = (
  options: NetworkRegressionOptions,
): Model<ArrayLike<number>, FittedRegression> => {
  const { hidden, activation } = shapeOf("networkRegression", options);
  const predictorOf = (features: number) => network(features, hidden, 1, activation);
  return {
    functionName: "networkRegression",
    kind: "network",
    settings: { task: "regression", hidden, activation },
    l1: 0,
    defaultL2: oneByRows,
    optionNames: ["hidden", "activation"],
    targets: (functionName, y, known) =>
      numberTargets(functionName, y, known ? known.targetScaling : options.standardize === false ? null : undefined),
    build: (features) => ({ predictor: predictorOf(features), loss: halfSquared() }),
    curvature: () => 1,
    plan: networkPlan,
    stop: networkStop,
    fitted: (fittedData, partialFit) => fittedRegression(fittedData, predictorOf(fittedData.features), partialFit),
  };
};
