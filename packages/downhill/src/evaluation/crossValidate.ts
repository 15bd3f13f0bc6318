import { requireKnown } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import type { Ranks } from "../kernels/ranks.ts";
import type { FittedTableOf } from "../tables/fitted/fittedTableModel.ts";
import type { TableModel } from "../tables/tableModel.ts";
import type { ThreadPool } from "../training/threads/threadPool.ts";
import { type AnyScored, candidatesOf } from "./anyCandidate.ts";
import type { EvaluationData, NumberModel, ScoredEstimator } from "./candidate.ts";
import {
  type FinishedFold,
  type Fold,
  foldOf,
  requireFinishedFolds,
  type ScoreSummary,
  summaryOf,
} from "./foldScores.ts";
import { type FoldRules, foldRuleNames, foldsOf } from "./folds.ts";
import type { EvaluationRows } from "./tableCandidate.ts";

/** Options of `crossValidate`. */
export interface CrossValidationOptions extends FoldRules {
  /** The threads that share the work of large batches. They do not change the result [one thread]. */
  readonly threads?: ThreadPool;
  /**
   * The first folds, from `step.fold` of a run that was interrupted, in their order. They are not computed again, and have no model.
   * Data and options must be the same [none].
   */
  readonly resume?: readonly FinishedFold[];
  /** The processes of an MPI job that share each fit; see the option of `train`. They do not change the result [one process]. */
  readonly ranks?: Ranks;
}

/** The result of a cross-validation. F is the type of the fitted models. */
export interface CrossValidation<F> {
  /** What the model of each fold achieves. */
  readonly folds: readonly Fold<F>[];
  /** The mean of each score over the folds; null if the training of a fold diverged. */
  readonly mean: ScoreSummary | null;
  /** The standard deviation of each score over the folds, with n − 1; null if the training of a fold diverged. */
  readonly deviation: ScoreSummary | null;
}

/** A step of a cross-validation: one more fold. */
export interface CrossValidationStep<F> {
  /** The fold that was just finished. */
  readonly fold: Fold<F>;
  /** The number of finished folds. */
  readonly finished: number;
  /** The number of all folds. */
  readonly total: number;
  /** The result over the finished folds. */
  result(): CrossValidation<F>;
}

/**
 * Cross-validation: divides the rows into folds, fits the estimator once for each fold to the rows outside it, and scores the
 * model on the fold. So each score belongs to rows that the model was not fitted to, and the deviation over the folds shows how
 * much a score depends on the rows. A score is good only if it is better than that of the baseline.
 *
 * Everything that is learnt from rows is learnt anew in each fold.
 *
 * @param estimator  a model with its options: an estimator, or a table model
 * @param data  rows with their targets; for a table model the rows of the table. Folds have only the rows with a target. The column
 * `group` of a table model divides the folds
 * @throws RangeError or TypeError for options or data that are not allowed. If the training of a fold diverges, it does not throw:
 * the fold has no scores, and there is no mean
 *
 * @example
 * ```ts
 * import { blobs, crossValidate, logisticRegression } from "downhill";
 *
 * const { X, y } = blobs({ n: 60, centers: [[0, 0], [4, 4]], seed: 1 });
 * const { mean, folds } = crossValidate(logisticRegression(), { X, y }, { folds: 3 });
 * folds.map(({ rows }) => rows.test.length); // [20, 20, 20]
 * mean!.test.accuracy! > mean!.baseline.accuracy!; // true
 * ```
 */
export function crossValidate<M extends NumberModel>(
  estimator: TableModel<M>,
  data: EvaluationRows,
  options?: CrossValidationOptions,
): CrossValidation<FittedTableOf<M>>;
export function crossValidate<Y extends ArrayLike<Label>, F extends NumberModel>(
  estimator: ScoredEstimator<F>,
  data: EvaluationData<Y>,
  options?: CrossValidationOptions,
): CrossValidation<F>;
export function crossValidate(
  estimator: AnyScored,
  data: unknown,
  options?: CrossValidationOptions,
): CrossValidation<unknown> {
  return lastOf(steps("crossValidate", estimator, data, options)).result();
}

/**
 * The steps of `crossValidate`, one per fold, as an iterator. `break` ends it; `step.result()` is the result so far.
 *
 * @example
 * ```ts
 * import { crossValidateSteps, linearRegression } from "downhill";
 *
 * const X = [[1], [2], [3], [4], [5], [6]];
 * for (const step of crossValidateSteps(linearRegression(), { X, y: [1, 3, 5, 7, 9, 11] }, { folds: 2 })) {
 *   console.assert(step.fold.test!.rSquared! > 0.99);
 * }
 * ```
 */
export function crossValidateSteps<M extends NumberModel>(
  model: TableModel<M>,
  rows: EvaluationRows,
  options?: CrossValidationOptions,
): Generator<CrossValidationStep<FittedTableOf<M>>, void>;
export function crossValidateSteps<Y extends ArrayLike<Label>, F extends NumberModel>(
  estimator: ScoredEstimator<F>,
  data: EvaluationData<Y>,
  options?: CrossValidationOptions,
): Generator<CrossValidationStep<F>, void>;
export function crossValidateSteps(
  estimator: AnyScored,
  data: unknown,
  options?: CrossValidationOptions,
): Generator<CrossValidationStep<unknown>, void> {
  return steps("crossValidateSteps", estimator, data, options);
}

function* steps(
  functionName: string,
  estimator: AnyScored,
  data: unknown,
  options: CrossValidationOptions = {},
): Generator<CrossValidationStep<unknown>, void> {
  requireKnown(functionName, options, [...foldRuleNames, "threads", "ranks", "resume"]);
  const { threads, ranks, resume = [] } = options;
  const candidate = candidatesOf(functionName, data)(estimator);
  const splits = foldsOf(functionName, candidate, options);
  requireFinishedFolds(functionName, resume, splits);
  const folds: Fold<unknown>[] = [];
  for (const [at, rows] of splits.entries()) {
    const fold = foldOf(candidate, rows, { threads, ranks, finished: resume[at] });
    folds.push(fold);
    const own = [...folds];
    yield { fold, finished: own.length, total: splits.length, result: () => ({ folds: own, ...summaryOf(own) }) };
  }
}

/** The last value of an iterator that has at least one. */
function lastOf<T>(values: Iterable<T>): T {
  let last: T | undefined;
  for (const value of values) last = value;
  return last!;
}
