// The options of `downhill train`: the one place where each is named, explained, parsed, and given to its models.

import { type ModelName, modelNames, optimizerNames } from "./modelNames.ts";
import { type OptionsOf, oneOf, parsed, several, text, textOrOff, toggle } from "./option.ts";
import { format } from "./sharedOptions.ts";
import {
  atLeastZero,
  batchSize,
  columnChoice,
  count,
  countUpTo,
  layerSizes,
  positive,
  range,
  share,
  wholeFromZero,
} from "./values.ts";

export const DEFAULT_HOLD_OUT = 0.2;
export const DEFAULT_SEED = 0;
const MOST_THREADS = 64; // tasks that the library shares at a time

export const progressKinds = ["bar", "lines", "none"] as const;
export type ProgressKind = (typeof progressKinds)[number];

const linearModels: readonly ModelName[] = ["linear", "logistic", "softmax"];
const classifiers: readonly ModelName[] = ["logistic", "softmax", "network", "svm"];
const tableModels: readonly ModelName[] = ["linear", ...classifiers];
const network = { models: ["network"] } as const;
const factorization = { models: ["factorization"] } as const;

export const trainOptions = {
  target: text("<column>", "the column to predict", { models: tableModels }),
  model: oneOf("<name>", "the model (default: chosen by the target)", modelNames),
  drop: several("<column>", "a column to leave out; repeat the option for more columns", (name) => name, {
    models: tableModels,
  }),
  column: several(
    "<name:kind>",
    "how a column is read, as number or category; repeat the option for more columns",
    columnChoice,
    {
      models: tableModels,
    },
  ),

  format,

  batchSize: parsed("<rows>", "full, or rows per update (default: chosen by the model)", batchSize, {
    group: "The descent:",
  }),
  optimizer: oneOf("<name>", "the update rule (default: chosen by the model)", optimizerNames),
  learningRate: parsed(
    "<rate>",
    "a constant rate; without --optimizer it means plain descent (default: chosen by the model; not with automatic)",
    positive,
  ),
  epochs: parsed("<n>", "the largest number of passes over the training rows (default: chosen by the model)", count),
  patience: parsed(
    "<n>",
    "watch the loss on a fifth of the training rows, and stop n epochs after its best value",
    count,
  ),
  l2: parsed(
    "<weight>",
    "penalty l2/2 times the squared weights (default: 0 for linear, by --penalty for factorization, 1/rows for the others)",
    atLeastZero,
  ),
  l1: parsed("<weight>", "penalty l1 times the sum of the weights' sizes (default: 0)", atLeastZero, {
    models: linearModels,
  }),
  seed: parsed(
    "<n>",
    `random seed for the split, the initial weights and shuffling (default: ${DEFAULT_SEED})`,
    wholeFromZero,
  ),
  holdOut: parsed("<share>", `share of the rows kept for measuring, 0 for none (default: ${DEFAULT_HOLD_OUT})`, share),
  standardize: toggle("scale the columns, or the ratings, to mean 0 and deviation 1 (default)", {
    helpOff: "train on the columns as they are, or on the ratings minus their mean",
  }),
  classWeights: oneOf("<kind>", "weight each class by the inverse of its number of rows", ["balanced"], {
    models: classifiers,
  }),
  positive: text("<label>", "the positive class, where the target has two classes (default: the rarer one)", {
    models: classifiers,
  }),
  threads: parsed(
    "<n>",
    "threads to train with; the model is the same with any number (default: 1, up to 8 for large work)",
    countUpTo(MOST_THREADS),
  ),

  hidden: parsed("<units>", "units of each hidden layer, such as 32,16 (default: 32)", layerSizes, {
    group: "A network:",
    ...network,
  }),
  activation: oneOf(
    "<name>",
    "the activation of the hidden units (default: relu)",
    ["relu", "tanh", "sigmoid"],
    network,
  ),

  loss: oneOf("<name>", "the loss (default: hinge)", ["hinge", "squaredHinge"], {
    group: "An SVM:",
    models: ["svm"],
  }),

  user: text("<column>", "the column of users", { group: "A factorization:", ...factorization }),
  item: text("<column>", "the column of items", factorization),
  rating: text("<column>", "the column of ratings", factorization),
  rank: parsed("<n>", "factors per user and item (default: 10)", count, factorization),
  penalty: oneOf(
    "<name>",
    "how l2 counts: perRating, once for each rating (then 0.05 by default); uniform, once for each user and item (then 0.1/(users + items) by default, in full batch) (default: perRating)",
    ["perRating", "uniform"],
    factorization,
  ),
  scale: parsed(
    "<low,high>",
    "clip predictions to this range, or none (default: the range of the training ratings)",
    range,
    factorization,
  ),
  biases: toggle("a bias per user and item (default)", {
    helpOff: "use the factors only, without biases",
    ...factorization,
  }),

  save: textOrOff("<file>", "where to write the model", {
    usual: "model.json",
    helpOff: "do not write the model",
    group: "The results:",
  }),
  keepDiverged: toggle("write the model and the report also when the run diverged"),
  report: text("<file>", "write a page with charts of the run"),
  force: toggle("allow --save and --report to replace a file that is not a model or a report of downhill"),
  json: toggle("print events on stdout, one JSON object per line"),
  progress: oneOf("<kind>", "how progress is shown (default: bar on a terminal, else lines)", progressKinds),
  quiet: toggle("print the final loss and nothing else", { conflicts: ["json", "progress"] }),
} as const;

/** What the user chose for a training run. An option that was not given is absent: its default is decided later, and printed. */
export type TrainOptions = OptionsOf<typeof trainOptions>;
