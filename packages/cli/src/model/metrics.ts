// Evaluates a fitted model on rows: its metrics, and the predictions that the charts of the report show.

import { formatNumber, formatPercent } from "@downhill/plots/format";
import {
  accuracy,
  balancedAccuracy,
  brierScore,
  type ClassPredictions,
  classScores,
  type EstimatorModel,
  type FittedClassifier,
  type FittedFactorization,
  type FittedRegression,
  type Label,
  logLossOfScores,
  meanAbsoluteError,
  rootMeanSquaredError,
  rSquared,
  takeColumn,
  thresholdCurves,
} from "downhill";
import { type Baseline, classBaseline, numberBaseline, popularBaseline } from "./baseline.ts";
import { type ErrorMetric, errorMetric, errorMetricOf } from "./errorMetric.ts";
import { metricNames } from "./metricNames.ts";
import { type Metrics, numberMetrics, secondScores, shareBelow } from "./metricValues.ts";
import { rankingMetrics } from "./ranking.ts";
import { countLabels, type PredictedRows, type Rows } from "./rows.ts";
import { measureStored } from "./storedOutcome.ts";
import { errorsOfAll } from "./storedRatings.ts";

/** The predictions of a classifier for some rows. */
export interface ClassOutcome {
  readonly task: "classification";
  readonly metrics: Metrics;
  readonly baseline: Baseline;
  readonly classes: readonly Label[];
  readonly prediction: readonly Label[];
  readonly target: readonly Label[];
  /** The scores for the second of two classes; null for more classes. */
  readonly scores: ArrayLike<number> | null;
}

/** The recommendations of a factorization for some pairs of implicit feedback. */
export interface RankingOutcome {
  readonly task: "ratings";
  readonly metrics: Metrics;
  readonly baseline: Baseline;
}

/** The predictions of a regression or a factorization for some rows. */
export interface NumberOutcome {
  readonly task: "regression" | "ratings";
  readonly metrics: Metrics;
  readonly baseline: Baseline;
  readonly prediction: Float64Array;
  readonly target: Float64Array;
}

export type Outcome = ClassOutcome | NumberOutcome | RankingOutcome;

export const isClassifier = (fitted: EstimatorModel): fitted is FittedClassifier => "classes" in fitted;
export const isFactorization = (fitted: EstimatorModel): fitted is FittedFactorization =>
  fitted.kind === "factorization";

/** Whether a model predicts probabilities: every classifier but the SVM. */
export const hasProbabilities = (fitted: EstimatorModel): boolean => isClassifier(fitted) && fitted.kind !== "svm";

/**
 * Evaluates the model's predictions of rows. If the rows in memory are a sample, the metrics are those of all rows, and the
 * predictions those of the sample.
 *
 * @param answer  the baseline's answer; see `commonAnswer`
 */
export function evaluate(fitted: EstimatorModel, rows: Rows | PredictedRows, answer: Label): Outcome {
  const ofRows = evaluateRows(fitted, rows, answer);
  const stored = "X" in rows && rows.stored && rows.stored.rows > rows.y.length ? rows.stored : null;
  return stored === null ? ofRows : { ...ofRows, ...measureStored(fitted, stored, answer) };
}

function evaluateRows(fitted: EstimatorModel, rows: Rows | PredictedRows, answer: Label): Outcome {
  if (rows.task === "classification") {
    const classifier = fitted as FittedClassifier;
    const predictions = "X" in rows ? classifier.predictions(rows.X) : rows.predictions;
    return evaluateClasses(classifier, predictions, rows.y, answer);
  }
  if (rows.task === "regression") {
    const prediction = "X" in rows ? (fitted as FittedRegression).predict(rows.X) : rows.predictions;
    return evaluateNumbers({ task: "regression", prediction, target: rows.y }, answer as number, errorMetricOf(fitted));
  }
  const { users, items, ratings } = rows;
  const factorization = fitted as FittedFactorization;
  const ranking = rankingMetrics(factorization, rows);
  if (ratings === null) {
    const { popularNdcgAt10, ...metrics } = ranking;
    return { task: "ratings", metrics, baseline: popularBaseline(popularNdcgAt10!, metrics["ndcgAt10"]!) };
  }
  const prediction = factorization.predict(users, items);
  const error = errorMetric("squared", null);
  const outcome = evaluateNumbers({ task: "ratings", prediction, target: ratings }, answer as number, error);
  if (!rows.stored) return { ...outcome, metrics: { ...outcome.metrics, ...ranking } };
  const { rmse, mae, baseline: value } = errorsOfAll(factorization, rows.stored, answer as number);
  const isEqual = Math.abs(rmse - value) <= EQUAL * value;
  const modelIs = isEqual ? "equal" : rmse < value ? "better" : "worse";
  return { ...outcome, metrics: { rmse, mae, ...ranking }, baseline: { ...outcome.baseline, value, modelIs } };
}

const EQUAL = 1e-12; // the relative difference of two errors that are equal but for rounding

function evaluateClasses(
  { classes }: FittedClassifier,
  { labels: prediction, scores: all, probabilities }: ClassPredictions,
  target: readonly Label[],
  answer: Label,
): ClassOutcome {
  const scores = classes.length === 2 ? secondScores(all) : null;
  const right = accuracy(prediction, target);
  const { perClass, macro } = classScores(prediction, target, classes);
  const metrics: Record<string, number> = { accuracy: right, balancedAccuracy: balancedAccuracy(prediction, target) };
  if (probabilities !== null) metrics["logLoss"] = logLossOfScores(all, target, classes);
  metrics["macroF1"] = macro.f1;
  if (scores !== null) {
    const [, positive] = perClass;
    metrics["precision"] = positive!.precision;
    metrics["recall"] = positive!.recall;
    metrics["f1"] = positive!.f1;
    const label = classes[1]!;
    const curves = countLabels(target).size < 2 ? null : thresholdCurves(scores, target, label);
    metrics["rocArea"] = curves?.roc.area ?? Number.NaN;
    metrics["averagePrecision"] = curves?.precisionRecall.averagePrecision ?? Number.NaN;
    if (probabilities !== null) metrics["brierScore"] = brierScore(takeColumn(probabilities, 1), target, label);
  }
  const baseline = classBaseline(answer, target, right);
  return { task: "classification", metrics, baseline, classes, prediction, target, scores };
}

function evaluateNumbers(
  { task, prediction, target }: Pick<NumberOutcome, "task" | "prediction" | "target">,
  answer: number,
  error: ErrorMetric,
): NumberOutcome {
  const own = error.errorOf(prediction, target);
  const metrics = numberMetrics(task, error, {
    rmse: rootMeanSquaredError(prediction, target),
    mae: meanAbsoluteError(prediction, target),
    own,
    r2: () => rSquared(prediction, target),
    d2: () => error.d2!(prediction, target),
    below: () => shareBelow(prediction, target),
  });
  return { task, metrics, baseline: numberBaseline(answer, target, own, error), prediction, target };
}

/** The value of a metric for people: shares of the rows in percent, others with four digits, "–" if it is undefined. */
export function formatMetric(name: string, value: number): string {
  if (Number.isNaN(value)) return "–";
  if (["accuracy", "balancedAccuracy", "below"].includes(name)) return formatPercent(value);
  return formatNumber(value);
}

/** A table of the metrics for people: the name, and the value of each outcome. The baseline follows its metric. */
export function metricRows(outcomes: readonly Outcome[]): string[][] {
  return Object.keys(outcomes[0]!.metrics).flatMap((name) => {
    const label = metricNames[name] ?? name;
    const own = [label, ...outcomes.map(({ metrics }) => formatMetric(name, metrics[name]!))];
    if (name !== outcomes[0]!.baseline.metric) return [own];
    return [own, [`  baseline ${label}`, ...outcomes.map(({ baseline }) => formatMetric(name, baseline.value))]];
  });
}

/** The metrics and the baseline for JSON. NaN and infinities become null. */
export function jsonMetrics({ metrics, baseline }: Outcome): Record<string, unknown> {
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  const { answer, metric, value, modelIs } = baseline;
  return {
    ...Object.fromEntries(Object.entries(metrics).map(([name, each]) => [name, finite(each)])),
    baseline: { answer, [metric]: finite(value), modelIs },
  };
}
