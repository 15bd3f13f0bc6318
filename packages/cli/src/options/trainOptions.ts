// The options of `downhill train`. This table alone names them, explains them in the help, and lists the models that have them.

import { folds, searchChoices, thresholdRule, trials } from "./evaluationValues.ts";
import { interval } from "./interval.ts";
import { implicitLosses, linearLosses, type ModelName, modelNames, optimizerNames, svmLosses } from "./modelNames.ts";
import { list, type OptionsOf, oneOf, parsed, text, textOrOff, toggle } from "./option.ts";
import { readingOptions } from "./sharedOptions.ts";
import {
  atLeastZero,
  batchSize,
  betweenZeroAndOne,
  columnChoices,
  count,
  countUpTo,
  fromZeroToOne,
  integerFromZero,
  layerSizes,
  learningRate,
  missingChoices,
  positive,
  range,
  SCHEDULES,
  schedule,
  share,
  start,
  texts,
} from "./values.ts";

export const DEFAULT_HOLD_OUT = 0.2;
export const DEFAULT_SEED = 0;
const MAX_THREADS = 64; // the library divides the work of a run into at most this number of parts

const progressKinds = ["bar", "lines", "none"] as const;
export type ProgressKind = (typeof progressKinds)[number];

const linearModels: readonly ModelName[] = ["linear", "logistic", "softmax"];
const classifiers: readonly ModelName[] = ["logistic", "softmax", "network", "svm"];
const tableModels: readonly ModelName[] = ["linear", ...classifiers];
const table = { models: tableModels } as const;
const network = { models: ["network"] } as const;
const factorization = { models: ["factorization"] } as const;

export const trainOptions = {
  target: text("<column>", "column to predict", table),
  model: oneOf("<name>", "kind of model (default: depends on the target)", modelNames),
  drop: list("<column>", "column to leave out; repeat the option for more columns", (name) => [name], table),
  column: list(
    "<name:kind>",
    "read a column as number, boolean, category, ordinal, date, time or words, such as zip:category,joined:date:%d/%m/%Y, size:ordinal:S<M<L or text:words; repeat the option for more columns",
    columnChoices,
  ),
  missing: list(
    "<rule>",
    "replace missing cells: median, mean, mostFrequent, category, constant:VALUE, leaveOut (the row) or error; for one column age:mean (default: median for numbers and dates, mostFrequent for booleans, a category of their own for categories)",
    missingChoices,
    table,
  ),
  na: list("<texts>", "further texts that are missing cells in every column, such as unknown,-1", texts),
  unseen: oneOf(
    "<rule>",
    "a category that no training row has: other treats it like rare categories, error rejects it at predict (default: other)",
    ["other", "error"],
    table,
  ),
  maxCategories: parsed(
    "<n>",
    "largest number of categories of a column; rarer ones become one category, other (default: 64)",
    count,
    table,
  ),
  expand: oneOf(
    "<kind>",
    "add columns: quadratic for squares and products of numbers, splines for curves",
    ["quadratic", "splines"],
    table,
  ),
  weight: text("<column>", "column with the weight of each row, a number of at least 0", table),
  stream: toggle(
    "read DATA in parts, so that it may be larger than the memory; the prepared rows are then in a file on the disk, which one thread reads while the others compute",
  ),
  cache: text(
    "<file>",
    "with --stream: keep the prepared rows in this file or folder, for later runs on the same data",
  ),
  group: text("<column>", "column whose equal values are never divided between training rows and held-out rows", table),
  time: text("<column>", "column by which the last rows are held out, instead of rows at random", {
    conflicts: ["group"],
  }),

  ...readingOptions,

  batchSize: parsed(
    "<rows>",
    "number of rows per update, or full for all rows (default: depends on the model)",
    batchSize,
    {
      group: "Training:",
    },
  ),
  optimizer: oneOf("<name>", "update rule (default: depends on the model)", optimizerNames),
  learningRate: parsed(
    "<rate>",
    "learning rate, constant without --schedule and --warm-up; if --optimizer is not set, the optimizer is then plain. auto: the default of the model or of --optimizer (default: auto)",
    learningRate,
  ),
  schedule: parsed(
    "<name:numbers>",
    `how the learning rate changes after update 1: ${SCHEDULES}, as the functions of the library (default: none, or that of the model)`,
    schedule,
  ),
  warmUp: parsed("<updates>", "number of updates in which the learning rate rises first (default: 0)", count),
  decay: parsed(
    "<share>",
    "of --optimizer momentum and nesterov: the share of the last step that stays; of rmsProp: the share of the mean of squares that stays (default: 0.9); of adamW: the decay of the weights (default: 0.01)",
    atLeastZero,
  ),
  beta1: parsed(
    "<share>",
    "of --optimizer adam and adamW: the share of the mean gradient that stays (default: 0.9)",
    fromZeroToOne,
  ),
  beta2: parsed(
    "<share>",
    "of --optimizer adam and adamW: the share of the mean of squares that stays (default: 0.999)",
    fromZeroToOne,
  ),
  epsilon: parsed(
    "<number>",
    "of --optimizer adaGrad, rmsProp, adam and adamW: the number that is added to the root by which they divide (default: 1e-8)",
    positive,
  ),
  order: oneOf(
    "<kind>",
    "the rows of mini-batches. sequential: the training rows in the same order in each epoch. replacement: each row drawn at random from all training rows, so that an epoch may use a row several times, and others not at all (default: a new random order in each epoch)",
    ["sequential", "replacement"],
  ),
  epochs: parsed("<n>", "maximum number of passes over the training rows (default: depends on the model)", count),
  patience: parsed(
    "<n>",
    "use a fifth of the training rows as validation rows, and stop n epochs after their best loss",
    count,
  ),
  stopGradient: parsed(
    "<number>",
    "stop when no entry of the gradient of the objective is above this number; this replaces the other rule by which a run in full batch converges",
    atLeastZero,
  ),
  l2: parsed(
    "<weight>",
    "l2 penalty: l2/2 times the sum of the squared weights (default: 0 for linear, but the mean target / rows with --loss poisson, see --penalty for factorization, 1/rows for the others)",
    atLeastZero,
  ),
  l1: parsed("<weight>", "l1 penalty: l1 times the sum of the absolute weights (default: 0)", atLeastZero, {
    models: linearModels,
  }),
  start: parsed(
    "<start>",
    "parameters before the first update: zeros, random, random*SCALE such as random*0.1 for the random ones times a scale, or one number per parameter, such as 0.5,-1, in the order of params() of the library (of a linear regression: the weights, then the intercept); write --start=-1,0.5 if the first number is negative (default: depends on the model)",
    start,
  ),
  seed: parsed(
    "<n>",
    `seed of the random numbers: they decide the held-out rows, the initial weights and the order of the rows (default: ${DEFAULT_SEED})`,
    integerFromZero,
  ),
  holdOut: parsed(
    "<share>",
    `share of the rows that are held out to measure the model; 0 for none (default: ${DEFAULT_HOLD_OUT})`,
    share,
  ),
  standardize: toggle("scale columns and ratings to mean 0 and standard deviation 1 (default)", {
    helpOff: "do not scale: train on the columns as they are, or on the ratings minus their mean",
  }),
  classWeights: oneOf("<kind>", "weight each class by the inverse of its number of rows", ["balanced"], {
    models: classifiers,
  }),
  positive: text("<label>", "positive class of a target with two classes (default: the rarer class)", {
    models: classifiers,
  }),
  trace: oneOf(
    "<kind>",
    "loss of each epoch in the progress, the states and the report. exact: over all training rows, after the epoch. running: the mean over the batches of the epoch, each before its update; this saves a pass over the rows per epoch in mini-batches (default: exact)",
    ["exact", "running"],
  ),
  threads: parsed(
    "<n>",
    "number of threads; the model is identical with any number (default: 1, or up to 8 for a large table)",
    countUpTo(MAX_THREADS),
  ),
  localEpochs: toggle(
    "with mpirun, for small batches: each rank trains on its own share of the rows for an epoch, and then the mean of their parameters is used. The model depends on the number of ranks (default: ranks share the sums of large batches, for the model of one process)",
    table,
  ),

  folds: parsed(
    "<n>",
    "cross-validate the training rows in n folds, and print the scores of each (default: none; 5 for --search and --threshold)",
    folds,
    { group: "Evaluation:", ...table },
  ),
  search: list(
    "<options>",
    "try values of options by cross-validation and use the best, such as l2=1e-4..1,hidden=16|32|64,learning-rate=auto|0.01",
    searchChoices,
    table,
  ),
  trials: parsed("<n>", "number of combinations that --search tries at random, or all (default: 20)", trials, table),
  threshold: parsed(
    "<rule>",
    "probability from which the positive class is predicted: a number, f1 for the largest F1, or cost:FP,FN for the lowest cost of errors; f1 and cost use cross-validation on the training rows (default: 0.5)",
    thresholdRule,
    { models: ["logistic", "softmax", "network"] },
  ),

  hidden: parsed("<units>", "units of each hidden layer, such as 32,16 (default: 32)", layerSizes, {
    group: "Options of a network:",
    ...network,
  }),
  activation: oneOf(
    "<name>",
    "activation function of the hidden units (default: relu)",
    ["relu", "tanh", "sigmoid"],
    network,
  ),

  loss: oneOf(
    "<name>",
    "loss function. linear: squared (default), huber for outliers, absolute for the median, quantile, or poisson for counts. svm: hinge (default) or squaredHinge. factorization with --feedback implicit: bpr (default) or logistic",
    [...linearLosses, ...svmLosses, ...implicitLosses],
    { group: "Options of losses:", models: ["linear", "svm", "factorization"] },
  ),
  delta: parsed(
    "<error>",
    "with --loss huber: the error from which a row counts less, in the unit of the target (default: 1.35 times the robust deviation of the errors of a first fit)",
    positive,
    { models: ["linear"] },
  ),
  quantile: parsed(
    "<share>",
    "with --loss quantile, which needs it: the share of the targets that is below the predictions, such as 0.9",
    betweenZeroAndOne,
    { models: ["linear"] },
  ),

  user: text("<column>", "column with the users", { group: "Options of a factorization:", ...factorization }),
  item: text("<column>", "column with the items", factorization),
  rating: text("<column>", "column with the ratings; not for --feedback implicit", factorization),
  feedback: oneOf(
    "<kind>",
    "explicit: the column of --rating has ratings. implicit: each row is an item that the user chose (default: explicit)",
    ["explicit", "implicit"],
    factorization,
  ),
  negatives: parsed(
    "<n>",
    "with --feedback implicit: items drawn for comparison with each pair (default: 1 for the loss bpr, 4 for logistic)",
    count,
    factorization,
  ),
  duplicates: oneOf(
    "<rule>",
    "what several ratings of a pair of user and item become: mean, last (the latest with --time), or error (default: mean)",
    ["mean", "last", "error"],
    factorization,
  ),
  rank: parsed("<n>", "number of factors per user and item (default: 10)", count, factorization),
  penalty: oneOf(
    "<name>",
    "perRating: the l2 penalty counts once for each rating, and l2 is 0.1 by default. uniform: it counts once for each user and item, l2 is 0.2/(users + items) by default, and training is in full batch (default: perRating)",
    ["perRating", "uniform"],
    factorization,
  ),
  scale: parsed(
    "<low,high>",
    "lowest and highest prediction, or none for no limits (default: the range of the training ratings)",
    range,
    factorization,
  ),
  biases: toggle("train a bias for each user and item (default)", {
    helpOff: "train factors only, without biases",
    ...factorization,
  }),

  save: textOrOff("<file>", "file for the model", {
    defaultValue: "model.json",
    helpOff: "do not write the model",
    group: "Results:",
  }),
  checkpoint: text(
    "<file>",
    "write the state of the run to this file again and again, so that --resume can continue it after a crash or Ctrl-C",
  ),
  every: parsed(
    "<interval>",
    "with --checkpoint: how often the file is written, a time such as 60s, 10m or 2h, or a number of epochs such as 5 (default: 60s)",
    interval,
  ),
  resume: text(
    "<file>",
    "continue the run of a checkpoint; its model is the same, bit for bit, as without the interruption",
  ),
  keepDiverged: toggle("write the model and the report also if the run diverges"),
  report: text("<file>", "write an HTML page with the results and charts to this file"),
  open: toggle(
    "open the finished run in the lab, a page in the browser that shows it update by update; Ctrl-C ends the command",
    { conflicts: ["json", "quiet"] },
  ),
  force: toggle(
    "allow --save, --report and --checkpoint to replace a file of another kind, or the checkpoint of a run that has not ended",
  ),
  json: toggle("print the events of the run on stdout, one JSON object per line"),
  progress: oneOf(
    "<kind>",
    "form of the progress on stderr (default: bar on a terminal, lines elsewhere or if the variable CI is set)",
    progressKinds,
  ),
  timings: toggle(
    "print how long reading, training and writing took, and the share of the exchanges between the ranks of an MPI job",
    {
      conflicts: ["quiet"],
    },
  ),
  quiet: toggle("print only the final loss", { conflicts: ["json", "progress"] }),
} as const;

/** The options of a training run. An option that the user did not set is absent; its default is chosen later, and printed. */
export type TrainOptions = OptionsOf<typeof trainOptions>;
