// The scores of the folds of one candidate, and their means.
import { InputRangeError, show } from "../core/check.ts";
import { DivergenceError } from "../core/divergenceError.ts";
import { takeColumn } from "../core/matrix.ts";
import type { AnyMatrix } from "../core/sparse.ts";
import type { SplitRows } from "../data/trainTestSplit.ts";
import type { FitOptions } from "../estimators/fit/estimator.ts";
import { baselineOf, type Candidate, defaultMetric, type NumberModel, scoresOf } from "./candidate.ts";
import type { MetricName, Scores } from "./scores.ts";

/** The scores of a fold. They are plain data, which `saveState` can store among its notes. */
export interface FinishedFold {
  /** Scores on the training rows; null if the training diverged. */
  readonly train: Scores | null;
  /** Scores on the test rows; null if the training diverged. */
  readonly test: Scores | null;
  /**
   * Scores on the test rows of constant predictions: the most frequent class of the training rows and the shares of the classes, or
   * the mean of the targets (the median or the quantile for the losses of these names). Null if the training diverged.
   */
  readonly baseline: Scores | null;
  /**
   * The probability of the second of two classes for each test row; null for other models, and if the training diverged. The rows
   * were not used for the training, so `chooseThreshold` can use the probabilities of all folds together.
   */
  readonly probabilities: Float64Array | null;
  /** Why the training diverged, as a sentence; null if it did not. */
  readonly diverged: string | null;
  /** The name of the score that is closest to the loss of the model; null if the training diverged. */
  readonly metric: MetricName | null;
}

/** What the model of a fold achieves. F is the type of the fitted model. */
export interface Fold<F> extends FinishedFold {
  /** The rows that the model was fitted to, and the rows that it was scored on (`test`). */
  readonly rows: SplitRows;
  /** The fitted model; null if its training diverged, or if the fold is one of `resume`. */
  readonly model: F | null;
}

/** A statistic of the scores over the folds. */
export interface ScoreSummary {
  /** Of the scores on the training rows. */
  readonly train: Scores;
  /** Of the scores on the test rows. */
  readonly test: Scores;
  /** Of the scores of the constant predictions on the test rows. */
  readonly baseline: Scores;
}

/**
 * Fits a candidate to the training rows of a fold. If the training diverges, there are no scores.
 *
 * @param finished  the scores of the fold, if an earlier run computed them
 */
export function foldOf<F>(
  candidate: Candidate<F>,
  split: SplitRows,
  { finished, ...options }: Pick<FitOptions, "threads" | "ranks"> & { readonly finished: FinishedFold | undefined },
): Fold<F> {
  const { original } = candidate;
  const rowsOf = (rows: Uint32Array): Uint32Array => (original === null ? rows : rows.map((row) => original[row]!));
  const rows = { train: rowsOf(split.train), test: rowsOf(split.test) };
  if (finished !== undefined) return { ...finished, rows, model: null };
  try {
    const { fitted, model, training, scoredRows } = candidate.fit(split.train, options);
    const test = scoredRows(split.test);
    const scores = {
      train: scoresOf(model, training),
      test: scoresOf(model, test),
      baseline: baselineOf(model, training, test),
    };
    const probabilities = probabilitiesOf(model, test.X);
    return { rows, model: fitted, ...scores, probabilities, diverged: null, metric: defaultMetric(model) };
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    const none = { model: null, train: null, test: null, baseline: null, probabilities: null };
    return { rows, ...none, diverged: error.message, metric: null };
  }
}

/** @throws RangeError or TypeError for a list that does not fit to the folds, which are those of `splits` in every trial */
export function requireFinishedFolds(
  functionName: string,
  resume: readonly FinishedFold[],
  splits: readonly SplitRows[],
  trials = 1,
): void {
  const total = trials * splits.length;
  const fits = ({ test, probabilities, diverged }: FinishedFold, at: number): boolean =>
    test instanceof Object === (diverged === null) &&
    (probabilities === null || probabilities?.length === splits[at % splits.length]!.test.length);
  if (Array.isArray(resume) && resume.length <= total && resume.every((fold, at) => fits(Object(fold), at))) return;
  throw new InputRangeError(
    `${functionName}: resume must be a list of at most ${total} finished folds of the same data and options, got ${show(resume)}. ` +
      "Pass step.fold of the first steps.",
  );
}

/** The probabilities of the second of two classes. */
const probabilitiesOf = (model: NumberModel, X: AnyMatrix): Float64Array | null =>
  "classes" in model && model.classes.length === 2 && model.kind !== "svm"
    ? takeColumn(model.probabilities(X), 1)
    : null;

/** The means over folds, and the standard deviations with n − 1; null if a fold has no scores. */
export function summaryOf(
  folds: readonly Fold<unknown>[],
): Readonly<Record<"mean" | "deviation", ScoreSummary | null>> {
  const summary = (statistic: (values: readonly number[]) => number): ScoreSummary | null => {
    const part = (name: keyof ScoreSummary): Scores =>
      statisticOf(
        folds.map((fold) => fold[name]!),
        statistic,
      );
    if (folds.length === 0 || folds.some(({ test }) => test === null)) return null;
    return { train: part("train"), test: part("test"), baseline: part("baseline") };
  };
  return { mean: summary(mean), deviation: summary(deviation) };
}

/** A statistic of each metric that all folds have. */
function statisticOf(scores: readonly Scores[], statistic: (values: readonly number[]) => number): Scores {
  const names = (Object.keys(scores[0]!) as MetricName[]).filter((name) => scores.every((each) => name in each));
  return Object.fromEntries(names.map((name) => [name, statistic(scores.map((each) => each[name]!))]));
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The standard deviation, with n − 1. */
const deviation = (values: readonly number[]): number => {
  const center = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - center) * (value - center), 0) / (values.length - 1));
};
