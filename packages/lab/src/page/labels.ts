// The names of the settings on the page, and a sentence about each that is not obvious.

import type { Verdict } from "downhill";
import { tables } from "../state/dataFields.ts";
import type { DataState } from "../state/labState.ts";

/** How a setting is shown. */
export interface Label {
  readonly name: string;
  readonly hint?: string;
  /** The names of the choices, in their order. */
  readonly choices?: Readonly<Record<string, string>>;
}

const sizes = {
  n: { name: "Points" },
  noise: { name: "Noise", hint: "Standard deviation of the noise on each point." },
};
const decay: Label = { name: "Decay", hint: "How much of the earlier direction stays: 0 is plain descent." };
const epsilon: Label = { name: "Epsilon", hint: "Added to the divisor, so that it is never 0." };

/** The settings by their paths; a path that is missing is looked up by its last part. */
const labels: Readonly<Record<string, Label>> = {
  ...sizes,
  slope: { name: "Slope" },
  intercept: { name: "Intercept" },
  outliers: { name: "Outliers", hint: "Share of the points that are moved far away, or get a wrong class." },
  imbalance: {
    name: "Imbalance",
    hint: "How many points the first class has for each point of another class. The other points are left out.",
  },
  scale: {
    name: "Scale of x2",
    hint: "Multiplies the second column. A number far from 1 makes a narrow valley, unless columns are standardized.",
  },
  degree: { name: "Degree", hint: "The features are x, x², … up to this power." },
  features: { name: "Features" },
  condition: {
    name: "Condition",
    hint: "How many times steeper the steepest direction of the loss is than the flattest one.",
  },
  classes: { name: "Classes" },
  spread: { name: "Spread", hint: "Standard deviation of the points of a class." },
  "circles.factor": { name: "Inner circle", hint: "Radius of the inner circle; the outer one has radius 1." },
  arms: { name: "Arms" },
  turns: { name: "Turns" },
  users: { name: "Users" },
  items: { name: "Items" },
  rank: { name: "Rank", hint: "Numbers for each user and each item." },
  observed: { name: "Known share", hint: "Share of the ratings that are known." },
  loss: {
    name: "Loss",
    choices: {
      squared: "squared error",
      huber: "Huber",
      absolute: "absolute error",
      quantile: "quantile",
      poisson: "Poisson",
    },
  },
  "svm.loss": { name: "Loss", choices: { hinge: "hinge", squaredHinge: "squared hinge" } },
  delta: { name: "Delta", hint: "Errors above it count linearly. auto: from the data." },
  quantile: { name: "Quantile", hint: "The line that this share of the points is below." },
  standardize: {
    name: "Standardize the columns",
    hint: "Each column gets mean 0 and standard deviation 1. Off makes the valley narrow when units differ.",
  },
  hidden: { name: "Hidden units", hint: "One number for each hidden layer, with _ between them: 8 or 8_8." },
  activation: { name: "Activation", choices: { tanh: "tanh", relu: "ReLU", sigmoid: "sigmoid" } },
  biases: { name: "Biases", hint: "A number for each user and each item beside the factors." },
  penalty: { name: "Penalty", choices: { perRating: "once for each rating", uniform: "once for each user and item" } },
  decay,
  "rmsProp.decay": { name: "Decay", hint: "How long the mean square of the gradient remembers." },
  "adamW.decay": { name: "Weight decay" },
  "inverseTime.decay": { name: "Decay", hint: "Learning rate / (1 + decay · updates)." },
  epsilon,
  beta1: { name: "Beta 1", hint: "How long the mean gradient remembers." },
  beta2: { name: "Beta 2", hint: "How long the mean square of the gradient remembers." },
  factor: { name: "Factor", hint: "The learning rate is multiplied by it." },
  every: { name: "Every … updates" },
  updates: { name: "Updates" },
  last: { name: "Last learning rate" },
  learningRate: { name: "Learning rate" },
  batchSize: { name: "Rows of a mini-batch" },
  warmUp: { name: "Warm-up", hint: "Updates in which the learning rate rises first; 0 for none." },
  l2: { name: "Penalty l2", hint: "Keeps the weights small. auto: the default of the model." },
  l1: { name: "Penalty l1", hint: "Makes weights exactly 0." },
  epochs: { name: "Epochs", hint: "The run ends after this number of passes over the training rows." },
  order: {
    name: "Row order",
    hint: "Drawn with replacement, a row can come several times in an epoch, or not at all.",
    choices: {
      shuffled: "shuffled in each epoch",
      replacement: "drawn with replacement",
      sequential: "as in the table",
    },
  },
  start: {
    name: "Start",
    hint: "auto, zeros, random, random*0.1 for a tenth of the random numbers, or the parameters with + between them.",
  },
  stopGradient: {
    name: "Stop at gradient",
    hint: "The run ends when no entry of the gradient is larger. off: it does not.",
  },
  patience: {
    name: "Patience",
    hint: "The run ends this number of epochs after the lowest validation loss. off: it does not.",
  },
  heldOut: {
    name: "Held-out share",
    hint: "Rows that are not used for training; they show how well the model predicts new rows.",
  },
  data: { name: "Seed of the data" },
  run: { name: "Seed of the run" },
};

/** The label of a setting: that of its path, or of the last part of the path. */
export function labelOf(path: string): Label {
  const parts = path.split(".");
  return labels[parts.slice(-2).join(".")] ?? labels[parts.at(-1)!] ?? { name: parts.at(-1)! };
}

/** The names of the generators. */
export const generatorNames = {
  line: "Line with noise",
  curve: "Curve",
  ravine: "Ravine (many features)",
  blobs: "Blobs",
  moons: "Two moons",
  circles: "Circles",
  xor: "Four squares (XOR)",
  spiral: "Spiral",
  ratings: "Ratings",
} as const;

/** The name of data. */
export function dataName(data: DataState): string {
  if (data.kind === "generated") return generatorNames[data.generator.name];
  if (data.kind === "table") return tables[data.table].title;
  return data.kind === "file" ? data.name : "Drawn points";
}

/** The names of the models, and what they predict. */
export const modelNames = {
  linear: ["Linear regression", "a number, by a weighted sum"],
  logistic: ["Logistic regression", "a probability, by a weighted sum"],
  softmax: ["Softmax regression", "a probability for each class"],
  svm: ["Support vector machine", "a class, with a wide margin"],
  network: ["Neural network", "anything, with hidden units"],
  factorization: ["Matrix factorization", "missing ratings"],
} as const;

/** The names of the optimizers. */
export const optimizerNames = {
  auto: "let the model choose",
  plain: "gradient descent",
  momentum: "momentum",
  nesterov: "Nesterov",
  adaGrad: "AdaGrad",
  rmsProp: "RMSProp",
  adam: "Adam",
  adamW: "AdamW",
  automatic: "automatic step length",
  dog: "DoG",
} as const;

/** The names of the schedules. */
export const scheduleNames = {
  constant: "constant",
  inverseTime: "1 / t",
  step: "in steps",
  exponential: "exponential",
  cosine: "cosine",
} as const;

/** The icon, the name and the colour of each verdict. */
const verdictNames = {
  diverged: ["hexagon", "Diverged", "bad"],
  exploding: ["triangle", "Too large", "bad"],
  zigzag: ["zigzag", "Zigzag", "large"],
  edge: ["waves", "Edge of stability", "large"],
  crawling: ["dots", "Too slow", "slow"],
  ravine: ["valley", "Narrow valley", "slow"],
  noiseFloor: ["noise", "Noise", "slow"],
  stuck: ["square", "Stuck", "bad"],
  overfitting: ["fork", "Overfitting", "large"],
  converged: ["check", "Converged", "good"],
  healthy: ["dot", "Good", "good"],
} as const;

/** The icon, the name and the colour of a verdict. A healthy run is good only if its loss falls. */
export const verdictLabel = ({ id, numbers }: Pick<Verdict, "id" | "numbers">) =>
  id === "healthy" && (numbers["fall"] ?? 1) <= 0 ? (["dots", "No clear progress", "slow"] as const) : verdictNames[id];

/** The names of the zones of learning rates. */
export const zoneNames = {
  crawls: "crawls",
  steady: "steady",
  fast: "fast",
  zigzag: "zigzag",
  "not guaranteed": "not guaranteed",
  "cannot settle": "cannot settle",
  diverges: "diverges",
  "not known": "not known",
} as const;
