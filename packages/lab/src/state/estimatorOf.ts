// From the state to the library's estimator. The page, its exports and the tests make estimators only here.
import { type AnyEstimator, estimatorFromSpec, type OptimizerSpec, type RateSpec, type ScheduleSpec } from "downhill";
import type { Holds } from "./dataFields.ts";
import { type LabState, rateFree } from "./labState.ts";

/** The share of the training rows that are validation rows when the run has a patience. */
export const VALIDATION_SHARE = 0.2;

/** The spec of the learning rate: a number, or a schedule. */
function rateOf({ learningRate, schedule, warmUp }: LabState["descent"]): RateSpec {
  const rate = learningRate as number;
  const own: RateSpec =
    schedule.name === "constant" ? rate : ({ schedule: schedule.name, rate, ...schedule.options } as ScheduleSpec);
  return warmUp > 0 ? { schedule: "warmUp", rate: own, updates: warmUp } : own;
}

/** The spec of the optimizer; undefined where the model chooses it. */
export function optimizerSpecOf(descent: LabState["descent"]): OptimizerSpec | undefined {
  const { name, options } = descent.optimizer;
  if (name === "auto") return undefined;
  return rateFree.includes(name) ? { optimizer: name } : { optimizer: name, rate: rateOf(descent), ...options };
}

/**
 * The options of the estimator as plain data; an option whose value is the library's default for every run is left out.
 *
 * @param rows  the number of training rows; a batch of all of them is a full batch
 * @throws RangeError for a mini-batch of more rows
 */
export function estimatorOptions({ model, descent, seeds }: LabState, rows: number): Record<string, unknown> {
  const { optimizer: _, schedule: __, learningRate: ___, warmUp: ____, ...others } = descent;
  const { batchSize, epochs, l1, l2, order, start, stopGradient, patience } = others;
  const optimizer = optimizerSpecOf(descent);
  const most = rowsInBatch(rows, patience);
  const isFull = batchSize === "full" || batchSize === most;
  if (typeof batchSize === "number" && batchSize > most) {
    throw new RangeError(
      `A mini-batch of ${batchSize} rows is too large, because the run learns from ${most} rows. ` +
        "Choose fewer rows, or “Batch” for all of them.",
    );
  }
  return {
    ...modelOptions(model),
    ...(optimizer && { optimizer }),
    ...(descent.optimizer.name === "dog" && { average: { weight: "t8" } }), // its last parameters are noisy
    batchSize: isFull ? "full" : batchSize,
    epochs,
    ...(l2 !== "auto" && { l2 }),
    ...(l1 > 0 && { l1 }),
    ...(order !== "shuffled" && !isFull && { order }), // a full batch has no order
    ...(start !== "auto" && { start: Array.isArray(start) ? Float64Array.from(start) : start }),
    ...((stopGradient !== "off" || patience !== "off") && {
      stop: {
        ...(stopGradient !== "off" && { gradient: stopGradient }),
        ...(patience !== "off" && { validation: { share: VALIDATION_SHARE, patience } }),
      },
    }),
    seed: seeds.run,
  };
}

/** The rows of a full batch: all but the validation rows. */
const rowsInBatch = (rows: number, patience: number | "off"): number =>
  patience === "off" ? rows : rows - Math.round(VALIDATION_SHARE * rows);

function modelOptions(model: LabState["model"]): Record<string, unknown> {
  const { standardize } = model.options;
  const scaling = standardize ? {} : { standardize };
  switch (model.name) {
    case "linear": {
      const { loss, delta, quantile } = model.options;
      return {
        ...scaling,
        ...(loss !== "squared" && { loss }),
        ...(loss === "huber" && delta !== "auto" && { delta }),
        ...(loss === "quantile" && { quantile }),
      };
    }
    case "network":
      return { ...scaling, hidden: model.options.hidden, activation: model.options.activation };
    case "svm":
      return { ...scaling, ...(model.options.loss !== "hinge" && { loss: model.options.loss }) };
    case "factorization": {
      const { rank, biases, penalty } = model.options;
      return { ...scaling, rank, ...(biases ? {} : { biases }), ...(penalty !== "perRating" && { penalty }) };
    }
    default:
      return scaling;
  }
}

/** The name of the library's function that makes the estimator. */
export const estimatorName = ({ model }: LabState, holds: Holds): string =>
  ({
    linear: "linearRegression",
    logistic: "logisticRegression",
    softmax: "softmaxRegression",
    network: holds === "classes" ? "networkClassifier" : "networkRegression",
    svm: "linearSvm",
    factorization: "matrixFactorization",
  })[model.name];

/**
 * The estimator of a state.
 *
 * @param rows  the number of training rows
 * @throws TypeError or RangeError of the library for options that do not fit together
 */
export function estimatorOf(state: LabState, holds: Holds, rows: number): AnyEstimator {
  return estimatorFromSpec({ estimator: estimatorName(state, holds), options: estimatorOptions(state, rows) });
}
