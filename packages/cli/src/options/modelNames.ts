// The names of models, tasks and optimizers, and what the optimizers need.

export const modelNames = ["linear", "logistic", "softmax", "network", "svm", "factorization"] as const;
export type ModelName = (typeof modelNames)[number];

const linearOnes: readonly ModelName[] = ["linear", "logistic", "softmax"];

export const optimizerNames = [
  "automatic",
  "plain",
  "momentum",
  "nesterov",
  "adaGrad",
  "rmsProp",
  "adam",
  "adamW",
] as const;
export type OptimizerName = (typeof optimizerNames)[number];

/** Optimizers whose rate is in units of the parameters: 0.01 is a start for any data. */
export const adaptive: readonly OptimizerName[] = ["adaGrad", "rmsProp", "adam", "adamW"];

/** Optimizers that can be combined with --l1: the step after the subtraction needs a rate common to all parameters. */
export const proximal: readonly OptimizerName[] = ["automatic", "plain", "momentum", "nesterov"];

/** Whether a model is a smooth convex one, whose default is the automatic rate in full batch. */
export const isSmooth = (model: string, loss: unknown): boolean =>
  linearOnes.includes(model as ModelName) || (model === "svm" && loss === "squaredHinge");

/** What a model predicts. */
export type Task = "regression" | "classification" | "ratings";
