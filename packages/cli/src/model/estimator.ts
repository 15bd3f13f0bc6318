// From the choices to the library's estimators: what was not chosen is not passed.
import {
  adaGrad,
  adam,
  adamW,
  automatic,
  type DescentOptions,
  type FittedModel,
  type Label,
  linearRegression,
  linearSvm,
  logisticRegression,
  matrixFactorization,
  momentum,
  nesterov,
  networkClassifier,
  networkRegression,
  type Optimizer,
  type Pool,
  plain,
  rmsProp,
  type Step,
  softmaxRegression,
} from "downhill";
import { adaptive, type ModelName } from "../options/modelNames.ts";
import type { Chosen } from "../options/trainOptions.ts";
import type { Rows } from "./rows.ts";

/** A step of any model's training. */
export type ModelStep = Step & { fitted(): FittedModel };

/** How to look at a run, and who helps it. */
export interface Look {
  /** A step at least after so many updates. */
  readonly every: number;
  /** The order of two classes; without it the library's own. */
  readonly classes?: readonly Label[];
  readonly threads?: Pool;
}

/** The training of a model on rows, as an iteration over its updates. */
export function stepsOf(model: ModelName, chosen: Chosen, rows: Rows, { classes, ...look }: Look): Iterable<ModelStep> {
  if (rows.task === "ratings") {
    const { users, items, ratings, seen } = rows;
    const how = { ...look, ...(seen && { seen }) };
    return matrixFactorization(factorizationOptions(chosen)).train({ users, items, ratings }, how);
  }
  if (rows.task === "regression") {
    return model === "network"
      ? networkRegression({ ...tableOptions(chosen), ...networkShape(chosen) }).train(rows.X, rows.y, look)
      : linearRegression({ ...tableOptions(chosen), ...pick(chosen, ["l1"]) }).train(rows.X, rows.y, look);
  }
  const options = { ...tableOptions(chosen), ...pick(chosen, ["classWeights"]), ...(classes && { classes }) };
  switch (model) {
    case "logistic":
      return logisticRegression({ ...options, ...pick(chosen, ["l1"]) }).train(rows.X, rows.y, look);
    case "softmax":
      return softmaxRegression({ ...options, ...pick(chosen, ["l1"]) }).train(rows.X, rows.y, look);
    case "svm":
      return linearSvm({ ...options, ...pick(chosen, ["loss"]) }).train(rows.X, rows.y, look);
    default:
      return networkClassifier({ ...options, ...networkShape(chosen) }).train(rows.X, rows.y, look);
  }
}

/** Share of the training rows that early stopping watches. */
export const WATCHED_SHARE = 0.2;

/** Rate of the optimizers whose rate is in units of the parameters, when none was chosen. */
export const ADAPTIVE_RATE = 0.01;

function descentOptions(chosen: Chosen): DescentOptions {
  const { patience } = chosen;
  const optimizer = optimizerOf(chosen);
  return {
    ...pick(chosen, ["batchSize", "epochs", "l2", "seed"]),
    ...(optimizer === undefined ? {} : { optimizer }),
    ...(patience === undefined ? {} : { stop: { validation: { share: WATCHED_SHARE, patience } } }),
  };
}

const tableOptions = (chosen: Chosen): DescentOptions => ({
  ...descentOptions(chosen),
  ...pick(chosen, ["standardize"]),
});

const networkShape = (chosen: Chosen) => pick(chosen, ["hidden", "activation"]);

const factorizationOptions = ({ scale, ...chosen }: Chosen) => ({
  ...tableOptions(chosen),
  ...pick(chosen, ["rank", "penalty", "biases"]),
  ...(scale !== undefined && { scale: scale === "none" ? null : scale }),
});

const makers: Readonly<Record<string, (rate: number) => Optimizer>> = {
  plain,
  momentum: (rate) => momentum(rate),
  nesterov: (rate) => nesterov(rate),
  adaGrad: (rate) => adaGrad(rate),
  rmsProp: (rate) => rmsProp(rate),
  adam: (rate) => adam(rate),
  adamW: (rate) => adamW(rate),
};

/** The optimizer chosen; undefined leaves it, and its rate, to the model. */
export function optimizerOf({ optimizer = "plain", learningRate }: Chosen): Optimizer | undefined {
  if (optimizer === "automatic") return automatic();
  const rate = learningRate ?? (adaptive.includes(optimizer) ? ADAPTIVE_RATE : undefined);
  return rate === undefined ? undefined : makers[optimizer]!(rate);
}

/** The entries of those names that are there. */
function pick<T extends object, K extends keyof T>(from: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]])) as Pick<
    T,
    K
  >;
}
