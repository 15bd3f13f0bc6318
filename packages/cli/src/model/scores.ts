// How well a fitted model does on rows: the numbers, and what the pictures need besides.
import {
  accuracy,
  classScores,
  type FittedClassifier,
  type FittedFactorization,
  type FittedModel,
  type FittedRegression,
  type Label,
  logLoss,
  type Matrix,
  meanAbsoluteError,
  rocCurve,
  rootMeanSquaredError,
  rSquared,
} from "downhill";
import { sayNumber, sayPercent } from "../say.ts";
import type { Rows } from "./part.ts";

/** Metrics by name, in the order they are shown; NaN where one has no meaning on these rows. */
export type Metrics = Readonly<Record<string, number>>;

/** What a classifier said of rows. */
export interface ClassOutcome {
  readonly task: "classification";
  readonly metrics: Metrics;
  readonly classes: readonly Label[];
  readonly prediction: readonly Label[];
  readonly target: readonly Label[];
  /** Score for the second of two classes; null for more. */
  readonly scores: ArrayLike<number> | null;
}

/** What a regression or a factorization said of rows. */
export interface NumberOutcome {
  readonly task: "regression" | "ratings";
  readonly metrics: Metrics;
  readonly prediction: Float64Array;
  readonly target: Float64Array;
}

export type Outcome = ClassOutcome | NumberOutcome;

export const isClassifier = (fitted: FittedModel): fitted is FittedClassifier => "classes" in fitted;
export const isFactorization = (fitted: FittedModel): fitted is FittedFactorization => fitted.kind === "factorization";

/** Whether a model gives probabilities: all classifiers but the hinges. */
export const hasProbabilities = (fitted: FittedModel): boolean => isClassifier(fitted) && fitted.kind !== "svm";

/** The model's predictions of rows, judged. */
export function judge(fitted: FittedModel, rows: Rows): Outcome {
  if (rows.task === "classification") return judgeClasses(fitted as FittedClassifier, rows.X, rows.y);
  if (rows.task === "regression") {
    return judgeNumbers("regression", (fitted as FittedRegression).predict(rows.X), rows.y);
  }
  const { users, items, ratings } = rows;
  return judgeNumbers("ratings", (fitted as FittedFactorization).predict(users, items), ratings);
}

function judgeClasses(fitted: FittedClassifier, X: Matrix, target: readonly Label[]): ClassOutcome {
  const prediction = fitted.predict(X);
  const { classes } = fitted;
  const probabilities = hasProbabilities(fitted) ? fitted.probabilities(X) : null;
  const scores = classes.length === 2 ? secondScores(fitted, X) : null;
  const metrics: Record<string, number> = { accuracy: accuracy(prediction, target) };
  if (probabilities !== null) metrics["logLoss"] = logLoss(probabilities, target, classes);
  metrics["macroF1"] = classScores(prediction, target, classes).macro.f1;
  if (scores !== null) {
    metrics["rocArea"] = new Set(target).size < 2 ? Number.NaN : rocCurve(scores, target, classes[1]!).area;
  }
  return { task: "classification", metrics, classes, prediction, target, scores };
}

/** The score for the second of two classes: the only one, or what the second has over the first. */
function secondScores(fitted: FittedClassifier, X: Matrix): ArrayLike<number> {
  const { data, rows, columns } = fitted.scores(X);
  return columns === 1 ? data : Float64Array.from({ length: rows }, (_, i) => data[2 * i + 1]! - data[2 * i]!);
}

function judgeNumbers(task: NumberOutcome["task"], prediction: Float64Array, target: Float64Array): NumberOutcome {
  const r2 = rSquared(prediction, target);
  const rmse = rootMeanSquaredError(prediction, target);
  const mae = meanAbsoluteError(prediction, target);
  const metrics: Metrics = task === "ratings" ? { rmse, mae } : { r2, rmse, mae };
  return { task, metrics, prediction, target };
}

/** A metric's name for people. */
export const metricNames: Readonly<Record<string, string>> = {
  loss: "loss",
  accuracy: "accuracy",
  logLoss: "log loss",
  macroF1: "macro F1",
  rocArea: "ROC area",
  r2: "R²",
  rmse: "RMSE",
  mae: "MAE",
};

/** A metric's value for people: accuracy in percent, the others to four digits, "–" where it has no meaning. */
export function sayMetric(name: string, value: number): string {
  if (Number.isNaN(value)) return "–";
  if (name === "accuracy") return sayPercent(value);
  return sayNumber(value);
}

/** Metrics for JSON, which has no NaN and no infinity. */
export const jsonMetrics = (metrics: Metrics): Record<string, number | null> =>
  Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, Number.isFinite(value) ? value : null]));
