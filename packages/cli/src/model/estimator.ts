// From the options to the library's estimators. An option that the user did not set is not passed, so that the library's
// default applies.
import {
  automatic,
  type Certificate,
  certificate,
  type DescentOptions,
  dog,
  type Estimator,
  type EstimatorModel,
  type FactorizationEstimator,
  type FittedClassifier,
  type FittedFactorization,
  type FittedRegression,
  type ImplicitLoss,
  type InnerEstimator,
  type Label,
  type LinearRegressionOptions,
  type LinearSvmOptions,
  linearRegression,
  linearSvm,
  logisticRegression,
  matrixFactorization,
  networkClassifier,
  networkRegression,
  type Optimizer,
  optimizerFromSpec,
  type Pairs,
  type PreparedFit,
  prepareStored,
  type Ranks,
  type RateSpec,
  type Start,
  type State,
  type Step,
  type StoredTable,
  softmaxRegression,
  storedRows,
  type ThreadPool,
} from "downhill";
import { adaptive, type ModelName, optimizerNumbers, type TableModelName } from "../options/modelNames.ts";
import type { TrainOptions } from "../options/trainOptions.ts";
import type { StartChoice } from "../options/values.ts";
import type { Rows } from "./rows.ts";
import type { StoredRatingTraining } from "./storedRatings.ts";
import type { StoredRange, StoredTraining } from "./storedTable.ts";

/** A step of the training, whatever the model. */
export type ModelStep = Step & { fitted(): EstimatorModel };

/**
 * The loss of the last complete epoch: the objective or, with --trace running, the mean of the batch losses. Before the first epoch
 * is complete, the loss of the last batch.
 */
export const lossOf = ({ history: { objective, ...history }, batchLoss }: ModelStep): number =>
  (objective ?? history.batchLoss).at(-1) ?? batchLoss;

/** "loss" for the objective over all training rows, "batch loss" for the mean over the batches of an epoch. */
export const lossNameOf = ({ history }: Pick<ModelStep, "history">): string =>
  history.objective ? "loss" : "batch loss";

/** The model of a table, and the form of its predictions. */
export interface ModelOfTable {
  readonly model: TableModelName;
  readonly task: "classification" | "regression";
  /** The order of two classes; by default the library's order. */
  readonly classes?: readonly [Label, Label];
}

/**
 * The estimator of a model of a table.
 *
 * @param order  the order of the rows in mini-batches without --order [that of the library]
 */
export function estimatorOf(
  { model, task, classes }: ModelOfTable,
  options: TrainOptions,
  order?: DescentOptions["order"],
): InnerEstimator<FittedClassifier> | InnerEstimator<FittedRegression> {
  const shared = { ...(order && { order }), ...tableOptions(options) };
  if (task === "regression") {
    return model === "network"
      ? networkRegression({ ...shared, ...networkShape(options) })
      : linearRegression({ ...shared, ...linearOptions(options) });
  }
  const forClasses = { ...shared, ...pick(options, ["classWeights"]), ...(classes && { classes }) };
  switch (model) {
    case "logistic":
      return logisticRegression({ ...forClasses, ...pick(options, ["l1"]) });
    case "softmax":
      return softmaxRegression({ ...forClasses, ...pick(options, ["l1"]) });
    case "svm":
      return linearSvm({ ...forClasses, ...svmOptions(options) });
    default:
      return networkClassifier({ ...forClasses, ...networkShape(options) });
  }
}

/** Settings of a run that do not change its model. */
interface RunSettings {
  /** The largest number of updates between two steps; "epoch": only the end of an epoch has a step. */
  readonly every: number | "epoch";
  readonly threads?: ThreadPool;
  /** The state from which the run continues. */
  readonly resume?: State;
  readonly ranks?: Ranks;
}

/** A model with its training rows. */
export interface Training {
  /** What the training minimises, with which optimizer, and its steps. */
  prepare(run: RunSettings): PreparedFit<ModelStep>;
  /** Whether there is a consultation: not for rows in a file, which it would read many times, nor for sparse rows. */
  readonly hasDiagnosis: boolean;
  /** How far the result of the training at a step, which is the fitted model, is from the best possible one; null for ratings in a file. */
  readonly certificate: ((step: Step, fitted: EstimatorModel) => Certificate) | null;
}

/** The training of a model on rows. */
export function trainingOf(
  {
    model,
    rows,
    classes,
  }: { readonly model: ModelName; readonly rows: Rows; readonly classes?: readonly [Label, Label] },
  options: TrainOptions,
): Training {
  if (rows.task === "ratings") {
    const { users, items, ratings, seen, stored } = rows;
    if (stored?.training)
      return storedRatingTraining(matrixFactorization(factorizationOptions(options)), stored.training);
    const estimator: FactorizationEstimator<Pairs> = matrixFactorization(factorizationOptions(options));
    const data = { users, items, ...(ratings && { ratings }) };
    return {
      prepare: (run) => estimator.prepare(data, { ...run, ...(seen && { seen }) }),
      hasDiagnosis: true,
      certificate: (_, fitted) => certificate(fitted as FittedFactorization, data),
    };
  }
  const { task, X, y, weights, stored, columnNames } = rows;
  const ofTable = { model: model as ModelOfTable["model"], task, ...(classes && { classes }) };
  if (stored?.training) {
    const estimatorWith = (order: DescentOptions["order"]) => estimatorOf(ofTable, options, order);
    return storedTraining(estimatorWith as never, stored.training);
  }
  const estimator = estimatorOf(ofTable, options);
  const own = weights === undefined ? {} : { weights };
  return {
    prepare(run) {
      const fit = estimator.prepare(X, y as never, { ...run, ...own });
      return columnNames === undefined ? fit : { ...fit, columns: columnNames };
    },
    hasDiagnosis: !("indptr" in X),
    certificate: (step) => certificate(step),
  };
}

/** The training on ratings in a file. */
const storedRatingTraining = (
  estimator: FactorizationEstimator,
  { training, validation, heldOut }: StoredRatingTraining,
): Training => ({
  prepare: (run) =>
    prepareStored(estimator, training, {
      ...run,
      ...(validation && { validation }),
      ...(heldOut && { seen: heldOut }),
    }),
  hasDiagnosis: false,
  certificate: null,
});

/** The training on rows in a file. */
function storedTraining(
  estimatorWith: (order: DescentOptions["order"]) => Estimator<unknown, EstimatorModel>,
  stored: StoredTraining,
): Training {
  const { names, unscaled, weighted, rowsPerChunk, classes, read } = stored;
  const tableOf = ({ position, rows }: StoredRange): StoredTable => ({
    rows: storedRows({ columns: names.length, weighted, rowsPerChunk, rows }, (at, into) => read(position + at, into)),
    ...{ names, unscaled },
    ...(classes && { classes }),
  });
  const validation = stored.validation && { validation: tableOf(stored.validation) };
  const table = tableOf(stored.training);
  // Rows that fit into the memory of a run have the order of a run in memory, and so its bits.
  const order = table.rows.rows <= rowsPerChunk * table.rows.chunksPerWindow ? "shuffled" : undefined;
  return {
    prepare: (run) => prepareStored(estimatorWith(order), table, { ...run, ...validation }),
    hasDiagnosis: false,
    certificate: (step) => certificate(step),
  };
}

/** The share of the training rows that are validation rows when the run stops early. */
export const VALIDATION_SHARE = 0.2;

/** The default learning rate of the optimizers whose learning rate is in units of the parameters. */
const ADAPTIVE_RATE = 0.01;

function descentOptions(options: TrainOptions): DescentOptions {
  const { patience, start, stopGradient } = options;
  const optimizer = optimizerOf(options);
  return {
    ...pick(options, ["batchSize", "epochs", "l2", "seed", "trace", "order"]),
    ...(start !== undefined && { start: startOf(start) }),
    ...(optimizer && { optimizer }),
    ...(options.optimizer === "dog" && { average: { weight: "t8" } }), // its last parameters are noisy
    ...((patience ?? stopGradient) !== undefined && {
      stop: {
        ...(stopGradient !== undefined && { gradient: stopGradient }),
        ...(patience !== undefined && { validation: { share: VALIDATION_SHARE, patience } }),
      },
    }),
  };
}

function startOf(start: StartChoice): Start {
  if (typeof start !== "string") return Float64Array.from(start);
  return start === "zeros" || start === "random" ? start : { random: Number(start.slice("random*".length)) };
}

const tableOptions = (options: TrainOptions): DescentOptions => ({
  ...descentOptions(options),
  ...pick(options, ["standardize", "localEpochs"]),
});

/** The options of a linear regression; --loss has one of its losses (options/compatibility.ts). */
const linearOptions = (options: TrainOptions): LinearRegressionOptions =>
  pick(options, ["l1", "loss", "delta", "quantile"]) as LinearRegressionOptions;

const svmOptions = (options: TrainOptions): LinearSvmOptions => pick(options, ["loss"]) as LinearSvmOptions;

const networkShape = (options: TrainOptions) => pick(options, ["hidden", "activation"]);

const factorizationOptions = ({ scale, ...options }: TrainOptions) => ({
  ...tableOptions(options),
  ...pick(options, ["rank", "penalty", "biases", "feedback", "negatives", "duplicates"]),
  ...(options.feedback === "implicit" && (pick(options, ["loss"]) as { loss?: ImplicitLoss })),
  ...(scale !== undefined && { scale: scale === "none" ? null : scale }),
});

/** The learning rate that the options set, or the first one of a schedule. Undefined: the model or the optimizer chooses it. */
export function baseRate({ optimizer, learningRate }: TrainOptions): number | undefined {
  if (typeof learningRate === "number") return learningRate;
  return optimizer !== undefined && adaptive.includes(optimizer) ? ADAPTIVE_RATE : undefined;
}

/** The optimizer that the options name; a learning rate alone means plain descent. Undefined: the model chooses both. */
export function optimizerOf(options: TrainOptions): Optimizer | undefined {
  const { optimizer = "plain", schedule, warmUp } = options;
  if (optimizer === "automatic") return automatic();
  if (optimizer === "dog") return dog();
  const base = baseRate(options);
  if (base === undefined) return undefined;
  const rate: RateSpec = schedule === undefined ? base : { ...schedule, rate: base };
  return optimizerFromSpec({
    optimizer,
    rate: warmUp === undefined ? rate : { schedule: "warmUp", rate, updates: warmUp },
    ...(pick(options, optimizerNumbers[optimizer]) as Readonly<Record<string, number>>),
  });
}

/** The named properties that are set. */
function pick<T extends object, K extends keyof T>(from: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]])) as Pick<
    T,
    K
  >;
}
