// The names of models, tasks and optimizers.

export const modelNames = ["linear", "logistic", "softmax", "network", "svm", "factorization"] as const;
export type ModelName = (typeof modelNames)[number];

/** A model of a table; a factorization learns from ratings. */
export type TableModelName = Exclude<ModelName, "factorization">;

const linearModels: readonly ModelName[] = ["linear", "logistic", "softmax"];

export const optimizerNames = [
  "automatic",
  "dog",
  "plain",
  "momentum",
  "nesterov",
  "adaGrad",
  "rmsProp",
  "adam",
  "adamW",
] as const;
export type OptimizerName = (typeof optimizerNames)[number];

/** The numbers of each optimizer that have an option, beside its learning rate. */
export const optimizerNumbers = {
  automatic: [],
  dog: [],
  plain: [],
  momentum: ["decay"],
  nesterov: ["decay"],
  adaGrad: ["epsilon"],
  rmsProp: ["decay", "epsilon"],
  adam: ["beta1", "beta2", "epsilon"],
  adamW: ["beta1", "beta2", "epsilon", "decay"],
} as const satisfies Readonly<Record<OptimizerName, readonly string[]>>;

/** Optimizers that compute their learning rates from the run. */
export const rateFree: readonly OptimizerName[] = ["automatic", "dog"];

/** Optimizers whose learning rate is in units of the parameters: 0.01 is a good first value for any data. */
export const adaptive: readonly OptimizerName[] = ["adaGrad", "rmsProp", "adam", "adamW"];

/** Optimizers that --l1 works with: the proximal step needs one learning rate for all parameters. */
export const proximal: readonly OptimizerName[] = ["automatic", "plain", "momentum", "nesterov"];

/** The losses of the model linear. */
export const linearLosses = ["squared", "huber", "absolute", "quantile", "poisson"] as const;

/** The losses of the model svm. */
export const svmLosses = ["hinge", "squaredHinge"] as const;

/** The losses of a factorization with implicit feedback. */
export const implicitLosses = ["bpr", "logistic"] as const;

/** Whether a model is convex; the default is then full batch with the optimizer automatic. */
export const isConvex = (model: string): boolean => linearModels.includes(model as ModelName) || model === "svm";

/** The kind of prediction. */
export type Task = "regression" | "classification" | "ratings";
