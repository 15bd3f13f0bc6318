// The metrics of a model on rows in a file, block by block, so that the memory does not depend on the number of rows.
import {
  brierScore,
  type EstimatorModel,
  type FittedClassifier,
  type FittedRegression,
  type Label,
  logLossOfScores,
  rootMeanSquaredError,
  takeColumn,
} from "downhill";
import { type Baseline, classBaselineOf, numberBaselineOf } from "./baseline.ts";
import { errorMetricOf } from "./errorMetric.ts";
import { type Metrics, numberMetrics, secondScores, shareBelow } from "./metricValues.ts";
import { scoreBins } from "./scoreBins.ts";
import type { StoredBlock, StoredTable } from "./storedTable.ts";

/** What was measured on all rows. */
export interface Measured {
  readonly metrics: Metrics;
  readonly baseline: Baseline;
}

/**
 * Measures a model on all rows of a file.
 *
 * @param answer  the baseline's answer; see `commonAnswer`
 */
export const measureStored = (fitted: EstimatorModel, stored: StoredTable, answer: Label): Measured =>
  stored.classes === null
    ? measureNumbers(fitted as FittedRegression, stored, answer as number)
    : measureClasses(fitted as FittedClassifier, { ...stored, classes: stored.classes }, answer);

function measureClasses(
  fitted: FittedClassifier,
  { blocks, classes, rows }: StoredTable & { readonly classes: readonly Label[] },
  answer: Label,
): Measured {
  const count = (): Float64Array => new Float64Array(classes.length);
  const [right, predicted, support] = [count(), count(), count()];
  const codes = new Map(classes.map((label, code) => [label, code]));
  const positive = fitted.classes[1]!;
  const positiveCode = codes.get(positive);
  const bins = fitted.classes.length === 2 ? scoreBins() : null;
  const [logLoss, brier] = [weightedMean(), weightedMean()];
  for (const { X, y } of blocks()) {
    const { labels, scores, probabilities } = fitted.predictions(X);
    const own = Array.from(y, (code) => classes[code]!);
    for (let i = 0; i < y.length; i++) {
      const code = codes.get(labels[i]!)!;
      support[y[i]!]! += 1;
      predicted[code]! += 1;
      if (code === y[i]) right[code]! += 1;
    }
    if (probabilities !== null) logLoss.add(logLossOfScores(scores, own, fitted.classes), y.length);
    if (bins === null) continue;
    const second = secondScores(scores);
    for (let i = 0; i < y.length; i++) bins.add(second[i]!, y[i] === positiveCode);
    if (probabilities !== null) brier.add(brierScore(takeColumn(probabilities, 1), own, positive), y.length);
  }
  const sum = (numbers: ArrayLike<number>): number => Array.from(numbers).reduce((total, each) => total + each, 0);
  const mean = (numbers: readonly number[]): number => sum(numbers) / numbers.length;
  const f1 = fitted.classes.map((label) => {
    const code = codes.get(label)!;
    return (2 * right[code]!) / (predicted[code]! + support[code]!);
  });
  const present = [...support.keys()].filter((code) => support[code]! > 0);
  const accuracy = sum(right) / rows;
  const metrics: Record<string, number> = {
    accuracy,
    balancedAccuracy: mean(present.map((code) => right[code]! / support[code]!)),
  };
  if (logLoss.rows() > 0) metrics["logLoss"] = logLoss.value();
  metrics["macroF1"] = mean(f1);
  if (bins !== null) {
    metrics["precision"] = right[positiveCode!]! / predicted[positiveCode!]!;
    metrics["recall"] = right[positiveCode!]! / support[positiveCode!]!;
    metrics["f1"] = f1[1]!;
    const { roc, averagePrecision } = bins.areas();
    Object.assign(metrics, { rocArea: roc, averagePrecision });
    if (brier.rows() > 0) metrics["brierScore"] = brier.value();
  }
  return { metrics, baseline: classBaselineOf(answer, (support[codes.get(answer)!] ?? 0) / rows, accuracy) };
}

function measureNumbers(
  fitted: FittedRegression,
  { blocks, rows, answer: own }: StoredTable,
  answer: number,
): Measured {
  const error = errorMetricOf(fitted);
  const means = {
    error: weightedMean(),
    ofAnswer: weightedMean(),
    ofOwn: weightedMean(),
    mae: weightedMean(),
    below: weightedMean(),
  };
  const squares: RootMeanSquares = rootMeanSquares();
  const spread: RootMeanSquares = rootMeanSquares();
  const ofAnswer: RootMeanSquares = rootMeanSquares();
  const center = own as number;
  let largest = 0;
  let offset = 0; // the mean of target − center
  for (const { X, y } of blocks()) {
    const prediction = fitted.predict(X);
    const filled = (value: number): Float64Array => new Float64Array(y.length).fill(value);
    const [constant, ownConstant] = [filled(answer), filled(center)];
    squares.add(rootMeanSquaredError(prediction, y), y.length);
    spread.add(rootMeanSquaredError(ownConstant, y), y.length);
    ofAnswer.add(rootMeanSquaredError(constant, y), y.length);
    means.error.add(error.errorOf(prediction, y), y.length);
    means.ofAnswer.add(error.errorOf(constant, y), y.length);
    means.ofOwn.add(error.errorOf(ownConstant, y), y.length);
    means.mae.add(meanAbsolute(prediction, y), y.length);
    means.below.add(shareBelow(prediction, y), y.length);
    for (const target of y) {
      largest = Math.max(largest, Math.abs(target));
      offset += (target - center) / rows;
    }
  }
  const rmse = squares.value();
  const isSquared = error.metric === "rmse";
  const deviation = Math.sqrt(Math.max(0, 1 - (offset / spread.value()) ** 2)) * spread.value();
  const ratio = rmse / deviation;
  const value = isSquared ? ofAnswer.value() : means.ofAnswer.value();
  const measured = isSquared ? rmse : means.error.value();
  const metrics = numberMetrics("regression", error, {
    rmse,
    mae: means.mae.value(),
    r2: () => (spread.value() > 0 && deviation > 0 ? (rmse === 0 ? 1 : 1 - ratio * ratio) : Number.NaN),
    d2: () => (means.ofOwn.value() === 0 ? Number.NaN : 1 - measured / means.ofOwn.value()),
    own: measured,
    below: () => means.below.value(),
  });
  return { metrics, baseline: numberBaselineOf(answer, { value, own: measured, largest }, error) };
}

/** The mean absolute difference, without an overflow. */
function meanAbsolute(prediction: Float64Array, target: StoredBlock["y"]): number {
  let mean = 0;
  for (let i = 0; i < target.length; i++) mean += Math.abs(prediction[i]! - target[i]!) / target.length;
  return mean;
}

/** A mean over rows, from the means of blocks. */
function weightedMean() {
  let [mean, total] = [0, 0];
  return {
    add(value: number, rows: number): void {
      total += rows;
      mean += (value - mean) * (rows / total);
    },
    value: (): number => mean,
    rows: (): number => total,
  };
}

type RootMeanSquares = ReturnType<typeof rootMeanSquares>;

/** The root of a mean of squares, from those of blocks; the squares are scaled, so that they do not overflow. */
function rootMeanSquares() {
  let [scale, mean, total] = [0, 0, 0];
  return {
    add(root: number, rows: number): void {
      total += rows;
      if (root > scale) {
        mean *= (scale / root) ** 2;
        scale = root;
      }
      const share = scale === 0 ? 0 : (root / scale) ** 2;
      mean += (share - mean) * (rows / total);
    },
    value: (): number => scale * Math.sqrt(mean),
  };
}
