// The scores of predictions: all metrics that the kind of the model has.
import { InputRangeError, show } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import { type Matrix, takeColumn } from "../core/matrix.ts";
import type { ClassPredictions } from "../estimators/fitted/classifier.ts";
import { brierScore } from "../metrics/brierScore.ts";
import { accuracy, balancedAccuracy, classScores, logLossOfScores } from "../metrics/classification.ts";
import { meanPinballLoss } from "../metrics/pinballLoss.ts";
import { meanPoissonDeviance } from "../metrics/poissonDeviance.ts";
import { meanAbsoluteError, rootMeanSquaredError, rSquared } from "../metrics/regression.ts";
import { thresholdCurves } from "../metrics/thresholdCurves.ts";

/** The name of a metric. The positive class of two classes is the second one. */
export type MetricName =
  | "accuracy"
  | "balancedAccuracy"
  | "f1"
  | "averagePrecision"
  | "rocArea"
  | "logLoss"
  | "brierScore"
  | "rootMeanSquaredError"
  | "meanAbsoluteError"
  | "rSquared"
  | "meanPinballLoss"
  | "meanPoissonDeviance";

/** Whether a higher number is better. */
export const higherIsBetter: Readonly<Record<MetricName, boolean>> = {
  ...{ accuracy: true, balancedAccuracy: true, f1: true, averagePrecision: true, rocArea: true },
  ...{ logLoss: false, brierScore: false, rootMeanSquaredError: false, meanAbsoluteError: false, rSquared: true },
  ...{ meanPinballLoss: false, meanPoissonDeviance: false },
};

/**
 * The scores of a model on some rows. Classes: accuracy, balancedAccuracy and, with probabilities, logLoss [nats]; for two
 * classes also f1, averagePrecision, rocArea and brierScore of the second class. Numbers: rootMeanSquaredError, meanAbsoluteError
 * and rSquared; with the loss "quantile" also meanPinballLoss, and with "poisson" meanPoissonDeviance. A score that is not defined for the rows, such as rocArea of rows of one class, is NaN.
 */
export type Scores = Readonly<Partial<Record<MetricName, number>>>;

/** @throws RangeError if the scores do not have the metric */
export function requireMetric(functionName: string, metric: MetricName, scores: Scores): MetricName {
  if (metric in scores) return metric;
  throw new InputRangeError(
    `${functionName}: metric must be one of ${Object.keys(scores).join(", ")} for this model, got ${show(metric)}. Pass one of these.`,
  );
}

/** The scores of predicted classes. */
export function scoresOfClasses(
  classes: readonly Label[],
  { labels, scores, probabilities }: ClassPredictions,
  y: ArrayLike<Label>,
): Scores {
  const found: { [Name in MetricName]?: number } = {
    accuracy: accuracy(labels, y),
    balancedAccuracy: balancedAccuracy(labels, y),
  };
  if (probabilities !== null) {
    // A class that the training rows do not have has the probability 0.
    const unknown = Array.from(y).some((label) => !classes.includes(label));
    found.logLoss = unknown ? Infinity : logLossOfScores(scores, y, classes);
  }
  if (classes.length !== 2) return found;
  const positive = classes[1]!;
  const score = scores.columns === 1 ? scores.data : differences(scores);
  const count = Array.from(y).filter((label) => label === positive).length;
  const bothKinds = count > 0 && count < y.length;
  const all = [...new Set([...classes, ...Array.from(y)])];
  found.f1 = classScores(labels, y, all).perClass[1]!.f1;
  const curves = bothKinds ? thresholdCurves(score, y, positive) : null;
  found.averagePrecision = curves?.precisionRecall.averagePrecision ?? NaN;
  found.rocArea = curves?.roc.area ?? NaN;
  if (probabilities !== null) found.brierScore = brierScore(takeColumn(probabilities, 1), y, positive);
  return found;
}

/** The second column minus the first. */
const differences = (X: Matrix): Float64Array =>
  Float64Array.from({ length: X.rows }, (_, i) => X.data[2 * i + 1]! - X.data[2 * i]!);

/** The scores of predicted numbers, for a model with these settings. */
export const scoresOfNumbers = (
  predicted: ArrayLike<number>,
  y: ArrayLike<number>,
  { loss, quantile }: Readonly<Record<string, unknown>>,
): Scores => ({
  rootMeanSquaredError: rootMeanSquaredError(predicted, y),
  meanAbsoluteError: meanAbsoluteError(predicted, y),
  rSquared: rSquared(predicted, y),
  ...(loss === "quantile" && { meanPinballLoss: meanPinballLoss(predicted, y, quantile as number) }),
  ...(loss === "poisson" && { meanPoissonDeviance: meanPoissonDeviance(predicted, y) }),
});
