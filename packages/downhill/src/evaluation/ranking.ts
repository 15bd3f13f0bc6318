// The trials of a search, and their order.
import type { Fold, ScoreSummary } from "./foldScores.ts";
import { higherIsBetter, type MetricName } from "./scores.ts";

/** One combination of values, and its scores. V is the type of the values. */
export interface Trial<V> {
  /** The number of the trial, from 0. */
  readonly index: number;
  /** One value per range. */
  readonly values: V;
  /** The scores of the folds. */
  readonly folds: readonly Pick<Fold<unknown>, "train" | "test" | "baseline" | "diverged">[];
  /** The mean of each score over the folds; null if the training of a fold diverged. */
  readonly mean: ScoreSummary | null;
  /** The standard deviation of each score over the folds, with n − 1; null if the training of a fold diverged. */
  readonly deviation: ScoreSummary | null;
  /** The mean of the metric over the test rows; null if the training of a fold diverged, or the mean is not finite. */
  readonly score: number | null;
}

/** Trials from the best to the worst. Trials without a score are last; equal ones keep their order. */
export function ranked<V>(trials: readonly Trial<V>[], metric: MetricName | null): Trial<V>[] {
  const sign = metric !== null && higherIsBetter[metric] ? -1 : 1;
  return trials.toSorted((a, b) => {
    if (a.score === null || b.score === null) return Number(a.score === null) - Number(b.score === null);
    return sign * (a.score - b.score) || a.index - b.index;
  });
}
