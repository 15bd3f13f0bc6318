import { InputRangeError, requireKnown, requireOneOf, requireSize } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import type { FittedTableOf } from "../tables/fitted/fittedTableModel.ts";
import type { TableModel } from "../tables/tableModel.ts";
import { type AnyScored, candidatesOf } from "./anyCandidate.ts";
import type { Candidate, EvaluationData, NumberModel, ScoredEstimator } from "./candidate.ts";
import type { CrossValidationOptions } from "./crossValidate.ts";
import { type Fold, foldOf, requireFinishedFolds, summaryOf } from "./foldScores.ts";
import { foldRuleNames, foldsOf } from "./folds.ts";
import { gridSize, gridTrial, type Ranges, randomTrials, requireRanges, type ValuesOf } from "./ranges.ts";
import { ranked, type Trial } from "./ranking.ts";
import { higherIsBetter, type MetricName, requireMetric } from "./scores.ts";
import type { EvaluationRows } from "./tableCandidate.ts";

/** Options of `search`. R is the type of the ranges. */
export interface SearchOptions<R extends Ranges> extends CrossValidationOptions {
  /** The values to try, by the name of the option. */
  readonly ranges: R;
  /** "random": random combinations; "grid": all combinations, of evenly spaced values for intervals ["random"]. */
  readonly method?: "random" | "grid";
  /** The number of random combinations; lists with fewer combinations give fewer trials [20]. Not for "grid". */
  readonly trials?: number;
  /**
   * The score that decides, as the mean over the test rows of the folds [the score closest to the loss of the model:
   * logLoss, accuracy for `linearSvm`, rootMeanSquaredError, meanAbsoluteError for the losses "absolute" and "huber",
   * meanPinballLoss, meanPoissonDeviance].
   */
  readonly metric?: MetricName;
}

/** The result of a search. V is the type of the values, F of the fitted models. */
export interface SearchResult<V, F> {
  /** The finished trials, from the best to the worst. Trials whose training diverged are last. */
  readonly trials: readonly Trial<V>[];
  /** The best trial; null if no trial has a score. */
  readonly best: Trial<V> | null;
  /** The name of the score that decides; null if the training of each fold diverged and no metric was passed. */
  readonly metric: MetricName | null;
  /**
   * Fits the best trial to all rows. Its score in the search is too good by a little, because the best of many was chosen: score
   * the model on rows that the search did not have. Throws RangeError if no trial has a score.
   */
  fit(): F;
}

/** A step of a search: one more fold. */
export interface SearchStep<V, F> {
  /** The number of the trial, from 0. */
  readonly trial: number;
  /** The values of the trial. */
  readonly values: V;
  /** The fold that was just finished. */
  readonly fold: Fold<F>;
  /** The number of finished folds of all trials. */
  readonly finished: number;
  /** The number of folds of the whole search. */
  readonly total: number;
  /** The result over the finished trials. */
  result(): SearchResult<V, F>;
}

/**
 * Searches for good options: makes an estimator for each combination of values, cross-validates all of them on the same folds, and
 * ranks them by their mean score on the test rows. A trial whose training diverges in a fold has no score and ranks last.
 *
 * The same seed gives the same trials, folds and results, with any number of threads and in any order of the ranges.
 *
 * @param make  makes an estimator, or a table model, of one value per range
 * @param data  rows with their targets; for a table model the rows of the table
 * @throws RangeError or TypeError for options, ranges or data that are not allowed, and if `make` throws them
 *
 * @example
 * ```ts
 * import { moons, networkClassifier, search } from "downhill";
 *
 * const { X, y } = moons({ n: 60, noise: 0.2, seed: 1 });
 * const { best, trials, fit } = search(
 *   ({ hidden, l2 }) => networkClassifier({ hidden, l2, epochs: 20 }),
 *   { X, y },
 *   { ranges: { l2: { from: 1e-4, to: 1, scale: "log" }, hidden: [[4], [8]] }, trials: 3, folds: 2 },
 * );
 * trials.length; // 3
 * best!.score! <= trials[2]!.score!; // true
 * fit().predict([[0, 0]]).length; // 1
 * ```
 */
export function search<R extends Ranges, M extends NumberModel>(
  make: (values: ValuesOf<R>) => TableModel<M>,
  data: EvaluationRows,
  options: SearchOptions<R>,
): SearchResult<ValuesOf<R>, FittedTableOf<M>>;
export function search<R extends Ranges, Y extends ArrayLike<Label>, F extends NumberModel>(
  make: (values: ValuesOf<R>) => ScoredEstimator<F>,
  data: EvaluationData<Y>,
  options: SearchOptions<R>,
): SearchResult<ValuesOf<R>, F>;
export function search<R extends Ranges>(
  make: (values: ValuesOf<R>) => AnyScored,
  data: unknown,
  options: SearchOptions<R>,
): SearchResult<ValuesOf<R>, unknown> {
  let last: SearchStep<ValuesOf<R>, unknown> | undefined;
  for (const step of steps("search", make, data, options)) last = step;
  return last!.result();
}

/**
 * The steps of `search`, one per fold of each trial, as an iterator. `break` ends the search; `step.result()` has the trials that
 * are finished.
 *
 * @example
 * ```ts
 * import { linearRegression, searchSteps } from "downhill";
 *
 * const data = { X: [[1], [2], [3], [4]], y: [1, 3, 5, 7] };
 * const ranges = { l2: [0, 1] };
 * for (const step of searchSteps(({ l2 }) => linearRegression({ l2 }), data, { ranges, folds: 2 })) {
 *   if (step.finished === 2) {
 *     console.assert(step.result().best!.values.l2 === 0);
 *     break;
 *   }
 * }
 * ```
 */
export function searchSteps<R extends Ranges, M extends NumberModel>(
  make: (values: ValuesOf<R>) => TableModel<M>,
  rows: EvaluationRows,
  options: SearchOptions<R>,
): Generator<SearchStep<ValuesOf<R>, FittedTableOf<M>>, void>;
export function searchSteps<R extends Ranges, Y extends ArrayLike<Label>, F extends NumberModel>(
  make: (values: ValuesOf<R>) => ScoredEstimator<F>,
  data: EvaluationData<Y>,
  options: SearchOptions<R>,
): Generator<SearchStep<ValuesOf<R>, F>, void>;
export function searchSteps<R extends Ranges>(
  make: (values: ValuesOf<R>) => AnyScored,
  data: unknown,
  options: SearchOptions<R>,
): Generator<SearchStep<ValuesOf<R>, unknown>, void> {
  return steps("searchSteps", make, data, options);
}

function* steps<R extends Ranges>(
  functionName: string,
  make: (values: ValuesOf<R>) => AnyScored,
  data: unknown,
  options: SearchOptions<R>,
): Generator<SearchStep<ValuesOf<R>, unknown>, void> {
  requireKnown(functionName, options, [
    "ranges",
    "method",
    "trials",
    "metric",
    "threads",
    "ranks",
    "resume",
    ...foldRuleNames,
  ]);
  const { metric, threads, ranks, resume = [] } = options;
  if (metric !== undefined) requireOneOf(functionName, "metric", metric, Object.keys(higherIsBetter));
  const combinations = combinationsOf(functionName, options);
  const candidateOf = candidatesOf(functionName, data);
  const candidateWith = (values: ValuesOf<R>): Candidate<unknown> => candidateOf(make(values));
  const splits = foldsOf(functionName, candidateWith(combinations[0]!), options);
  requireFinishedFolds(functionName, resume, splits, combinations.length);
  const trials: Trial<ValuesOf<R>>[] = [];
  let decisive = metric ?? null;
  let finished = 0;
  for (const [index, values] of combinations.entries()) {
    const folds: Fold<unknown>[] = [];
    const candidate = candidateWith(values);
    for (const rows of splits) {
      const fold = foldOf(candidate, rows, { threads, ranks, finished: resume[finished] });
      decisive ??= fold.metric;
      if (fold.test !== null) requireMetric(functionName, decisive!, fold.test);
      folds.push(fold);
      finished += 1;
      if (folds.length === splits.length) trials.push(trialOf(index, values, folds, decisive));
      const result = resultOf(
        functionName,
        ranked(trials, decisive),
        decisive,
        (best) => candidateWith(best).fit(null, { threads, ranks }).fitted,
      );
      const total = combinations.length * splits.length;
      yield { trial: index, values, fold, finished, total, result: () => result };
    }
  }
}

/** The values of all trials. */
function combinationsOf<R extends Ranges>(functionName: string, options: SearchOptions<R>): ValuesOf<R>[] {
  const { ranges, method = "random", trials, seed = 0 } = options;
  requireRanges(functionName, ranges);
  requireOneOf(functionName, "method", method, ["random", "grid"]);
  if (trials !== undefined) requireSize(functionName, "trials", trials);
  if (method === "random") return randomTrials(ranges, trials ?? 20, seed) as ValuesOf<R>[];
  const size = gridSize(ranges);
  if (trials !== undefined && trials < size) {
    throw new InputRangeError(
      `${functionName}: the grid has ${size} combinations, and trials allows only ${trials}. ` +
        `Pass trials: ${size}, shorter lists, or method: "random".`,
    );
  }
  return Array.from({ length: size }, (_, k) => gridTrial(ranges, k) as ValuesOf<R>);
}

function trialOf<V>(index: number, values: V, folds: readonly Fold<unknown>[], metric: MetricName | null): Trial<V> {
  const { mean, deviation } = summaryOf(folds);
  const score = metric === null ? undefined : mean?.test[metric];
  return {
    ...{ index, values, mean, deviation },
    folds: folds.map(({ train, test, baseline, diverged }) => ({ train, test, baseline, diverged })),
    score: score !== undefined && Number.isFinite(score) ? score : null,
  };
}

function resultOf<V, F>(
  functionName: string,
  trials: readonly Trial<V>[],
  metric: MetricName | null,
  fit: (values: V) => F,
): SearchResult<V, F> {
  const best = trials[0] !== undefined && trials[0].score !== null ? trials[0] : null;
  return {
    ...{ trials, best, metric },
    fit() {
      if (best !== null) return fit(best.values);
      const diverged = trials.some(({ mean }) => mean === null);
      throw new InputRangeError(
        `${functionName}: a trial must have a finite ${metric ?? "score"}, but none of ${trials.length} has. ` +
          (diverged ? "Pass other ranges, such as lower learning rates." : 'Pass another metric, such as "accuracy".'),
      );
    },
  };
}
