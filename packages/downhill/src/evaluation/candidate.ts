// What cross-validation and search need of an estimator and its data.
import { requireLength } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import { takeRows } from "../core/matrix.ts";
import type { AnyMatrix } from "../core/sparse.ts";
import type { FitOptions } from "../estimators/fit/estimator.ts";
import { type Table, tableOf } from "../estimators/fit/table.ts";
import type { FittedClassifier } from "../estimators/fitted/classifier.ts";
import type { FittedRegression } from "../estimators/fitted/regression.ts";
import { classBaseline, numberBaseline } from "./baseline.ts";
import { type MetricName, type Scores, scoresOfClasses, scoresOfNumbers } from "./scores.ts";

/** A fitted model of numbers. */
export type NumberModel = FittedClassifier | FittedRegression;

/** Rows with their targets. Y is the type of the targets. */
export interface EvaluationData<Y extends ArrayLike<Label>> {
  /** Rows of features, as `fit` takes them. */
  readonly X: Table<unknown>;
  /** One target per row. */
  readonly y: Y;
  /** One number ≥ 0 per row, for the training. All rows count the same in the scores [all 1]. */
  readonly weights?: ArrayLike<number>;
}

/** Features and targets in the form that a score needs. */
export interface ScoredRows {
  readonly X: AnyMatrix;
  readonly y: ArrayLike<Label>;
}

/** A model that was fitted to some of the rows. F is the type that the user receives. */
export interface CandidateFit<F> {
  readonly fitted: F;
  /** The model of the features. */
  readonly model: NumberModel;
  readonly training: ScoredRows;
  /** The features and targets of other rows. */
  scoredRows(rows: Uint32Array): ScoredRows;
}

/** An estimator with data: it can be fitted to any of the rows. */
export interface Candidate<F> {
  readonly rows: number;
  /** The number of rows in the data of the user. */
  readonly dataRows: number;
  /** For each row its index in the data of the user, where rows can be left out; null for all rows. */
  readonly original: Uint32Array | null;
  /** The labels of the rows; null for a regression. */
  readonly labels: readonly Label[] | null;
  /** Groups that no fold may divide; null if there are none. */
  readonly groups: ArrayLike<Label> | null;
  fit(rows: Uint32Array | null, options: Pick<FitOptions, "threads" | "ranks">): CandidateFit<F>;
}

/** An estimator that can be scored. F is the type of its fitted models. */
export interface ScoredEstimator<F> {
  /** Whether its models predict classes or numbers. */
  readonly predicts: "classes" | "numbers";
  /** Fits the model to rows. */
  fit(X: AnyMatrix, y: never, options?: FitOptions): F;
}

/** The candidate of an estimator of features. */
export function estimatorCandidate<F extends NumberModel>(
  functionName: string,
  estimator: ScoredEstimator<F>,
  { X, y, weights }: EvaluationData<ArrayLike<Label>>,
): Candidate<F> {
  const matrix = tableOf(functionName, X);
  requireLength(functionName, "y", y, "row of X", matrix.rows);
  if (weights !== undefined) requireLength(functionName, "weights", weights, "row of X", matrix.rows);
  const subset = (rows: Uint32Array): ScoredRows => ({
    X: takeRows(matrix, rows),
    y: Array.from(rows, (row) => y[row]!),
  });
  return {
    rows: matrix.rows,
    dataRows: matrix.rows,
    original: null,
    labels: estimator.predicts === "classes" ? Array.from(y) : null,
    groups: null,
    fit(rows, { threads, ranks }) {
      const training = rows === null ? { X: matrix, y } : subset(rows);
      const own = weights && (rows === null ? weights : Float64Array.from(rows, (row) => weights[row]!));
      const fitted = estimator.fit(training.X, training.y as never, { weights: own, threads, ranks });
      return { fitted, model: fitted, training, scoredRows: subset };
    },
  };
}

/** The scores of a fitted model. */
export function scoresOf(model: NumberModel, { X, y }: ScoredRows): Scores {
  if (!("classes" in model)) return scoresOfNumbers(model.predict(X), y as ArrayLike<number>, model.settings);
  return scoresOfClasses(model.classes, model.predictions(X), y);
}

/** The scores of the constant predictions that the training rows suggest. */
export const baselineOf = (model: NumberModel, training: ScoredRows, test: ScoredRows): Scores =>
  "classes" in model
    ? classBaseline(training.y, test.y, model.kind !== "svm")
    : numberBaseline(training.y as ArrayLike<number>, test.y as ArrayLike<number>, model.settings);

/** The metric that decides by default. It is close to the loss of the model. */
export function defaultMetric(model: NumberModel): MetricName {
  if ("classes" in model) return model.kind === "svm" ? "accuracy" : "logLoss";
  const { loss } = model.settings;
  if (loss === "poisson") return "meanPoissonDeviance";
  if (loss === "quantile") return "meanPinballLoss";
  return loss === "absolute" || loss === "huber" ? "meanAbsoluteError" : "rootMeanSquaredError";
}
