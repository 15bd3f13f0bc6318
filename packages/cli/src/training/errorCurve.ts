// The error on the training rows and on the held-out rows while a model is trained. It shows overfitting: the error of the
// training rows still falls, and that of the held-out rows rises.

import {
  accuracy,
  type EstimatorModel,
  type FittedClassifier,
  type FittedFactorization,
  type FittedRegression,
  logLossOfScores,
  rootMeanSquaredError,
  takeRows,
} from "downhill";
import { errorMetricOf } from "../model/errorMetric.ts";
import type { ModelStep } from "../model/estimator.ts";
import { metricNames } from "../model/metricNames.ts";
import { hasProbabilities } from "../model/metrics.ts";
import { countOf, type Rows } from "../model/rows.ts";
import { sampleOf } from "../model/sample.ts";

/** One entry in each list for each epoch at which the errors were measured. */
export interface ErrorCurve {
  /** Name of the error: log loss, RMSE or the error of the model's loss, or the share of wrong predictions. */
  readonly name: string;
  readonly epochs: readonly number[];
  readonly training: readonly number[];
  readonly heldOut: readonly number[];
}

/** Measures the errors of a run. */
export interface ErrorMeter {
  readonly curve: ErrorCurve;
  /** Measures the first 20 epochs; after them, epochs that are at least 15 % later than the last measured epoch. */
  epoch(step: ModelStep): void;
  /** Measures at the last epoch. */
  end(step: Pick<ModelStep, "epoch" | "fitted">): void;
}

const MAX_ROWS = 2000; // of each part: a random sample of so many rows gives the error to two digits
const EVERY_EPOCH = 20;
const GROWTH = 1.15;

/** @param resume  the curve of the epochs before those of this run */
export function errorMeter(training: Rows, heldOut: Rows, resume: ErrorCurve | null): ErrorMeter {
  const parts = { training: sampleRows(training), heldOut: sampleRows(heldOut) };
  const curve = {
    name: resume?.name ?? "",
    epochs: [...(resume?.epochs ?? [])],
    training: [...(resume?.training ?? [])],
    heldOut: [...(resume?.heldOut ?? [])],
  };
  function measure({ epoch, fitted }: Pick<ModelStep, "epoch" | "fitted">): void {
    const model = fitted();
    curve.name = errorName(model, training);
    curve.epochs.push(epoch);
    curve.training.push(errorOf(model, parts.training));
    curve.heldOut.push(errorOf(model, parts.heldOut));
  }
  return {
    curve,
    epoch(step) {
      const last = curve.epochs.at(-1) ?? 0;
      if (step.epoch <= EVERY_EPOCH || step.epoch >= last * GROWTH) measure(step);
    },
    end(step) {
      if (curve.epochs.at(-1) !== step.epoch) measure(step);
    },
  };
}

function errorName(fitted: EstimatorModel, { task }: Rows): string {
  if (task === "regression") {
    const { metric } = errorMetricOf(fitted);
    return metricNames[metric]!;
  }
  if (task !== "classification") return "RMSE";
  return hasProbabilities(fitted) ? "Log loss" : "Share of wrong predictions";
}

/** The error of a model on rows; infinite where its scores are too large for float64, as before a divergence. */
function errorOf(fitted: EstimatorModel, rows: Rows): number {
  try {
    if (rows.task === "ratings") {
      return rootMeanSquaredError((fitted as FittedFactorization).predict(rows.users, rows.items), rows.ratings!);
    }
    if (rows.task === "regression") {
      return errorMetricOf(fitted).errorOf((fitted as FittedRegression).predict(rows.X), rows.y);
    }
    const classifier = fitted as FittedClassifier;
    if (!hasProbabilities(fitted)) return 1 - accuracy(classifier.predict(rows.X), rows.y);
    return logLossOfScores(classifier.scores(rows.X), rows.y, classifier.classes);
  } catch (error) {
    if (error instanceof RangeError) return Number.POSITIVE_INFINITY;
    throw error;
  }
}

/** At most 2,000 of the rows. */
function sampleRows(rows: Rows): Rows {
  const chosen = sampleOf(countOf(rows), MAX_ROWS);
  if (rows.task === "ratings") {
    const pick = <T>(values: ArrayLike<T>): T[] => Array.from(chosen, (row) => values[row]!);
    return {
      task: "ratings",
      users: pick(rows.users),
      items: pick(rows.items),
      ratings: Float64Array.from(pick(rows.ratings!)),
    };
  }
  const X = takeRows(rows.X, chosen);
  if (rows.task === "regression") return { task: "regression", X, y: Float64Array.from(chosen, (row) => rows.y[row]!) };
  return { task: "classification", X, y: Array.from(chosen, (row) => rows.y[row]!) };
}
