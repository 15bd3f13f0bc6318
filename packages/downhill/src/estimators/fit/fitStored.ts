// Fits to stored rows.
import { InputTypeError, requireKnown, show } from "../../core/check.ts";
import type { Label } from "../../core/label.ts";
import type { FittedClassifier, FittedLinearClassifier } from "../fitted/classifier.ts";
import type { FittedFactorization } from "../ratings/factorization.ts";
import type { FactorizationEstimator, FactorizationStep } from "../ratings/factorizationEstimator.ts";
import { ratingStarts } from "../ratings/ratingStarts.ts";
import { type StoredRatings, storedRatings } from "../ratings/storedRatings.ts";
import {
  type ClassifierEstimator,
  type Estimator,
  type FitStepOptions,
  type FittingStep,
  type LinearClassifierEstimator,
  starts,
} from "./estimator.ts";
import { type FitRun, lastFitted, type PreparedFit, preparedFit } from "./steps.ts";
import { storedData } from "./storedData.ts";
import type { StoredTable } from "./storedTable.ts";

/** Options of `fitStored`. */
export interface StoredFitOptions extends Omit<FitStepOptions, "weights" | "every"> {
  /**
   * The validation rows, stored in the same way. With the rows of `validationSplit(y)`, in their order, the fit has the bits of a fit in
   * memory, where `stop.validation.share` chooses them.
   */
  readonly validation?: StoredTable;
}

/** Options of `prepareStored`. */
export interface StoredStepOptions extends StoredFitOptions, Pick<FitStepOptions, "every"> {}

/** Options of `fitStored` for ratings. */
export interface StoredRatingOptions extends Omit<StoredFitOptions, "validation"> {
  /** The validation ratings, with the same users and items. */
  readonly validation?: StoredRatings;
  /** Further pairs that users have rated, with the same users and items; they are not used for training. See `fit` of a factorization. */
  readonly seen?: StoredRatings;
}

/** Options of `prepareStored` for ratings. */
export interface StoredRatingStepOptions extends StoredRatingOptions, Pick<FitStepOptions, "every"> {}

/**
 * Fits an estimator to stored rows: `fit` for data that may be larger than the memory. The result has the bits of `fit` to the same rows in
 * memory, with the option `order: { rowsPerChunk, chunksPerWindow }` if it uses mini-batches.
 *
 * A factorization is fitted to `StoredRatings`; its order `"grid"` needs the ratings in memory.
 *
 * Before the first epoch, it reads the rows a few times: to check them, to standardize the columns, and for weights. Then each epoch reads them
 * once, and once more for the objective, unless `trace` is "running" or the batch is full. With `threads`, the caller's thread reads the rows
 * while the others compute. A full batch is shared if the memory of `chunksPerWindow` chunks holds two chunks and two blocks of rows for each of two lanes;
 * five chunks usually suffice. A mini-batch is shared as in memory if its rows are in one window.
 *
 * @throws TypeError or RangeError for rows or options that are not allowed; with stop.validation if there are no validation rows
 *
 * @example
 * ```ts
 * import { fitStored, logisticRegression, storedBytes, storedRows } from "downhill";
 *
 * const columns = { columns: 1, rowsPerChunk: 2 };
 * const parts = [{ inputs: Float64Array.of(1, 2, 4, 5), targets: Float64Array.of(0, 0, 1, 1) }];
 * const file = Uint8Array.from([...storedBytes(columns, parts)].flatMap((bytes) => [...bytes]));
 * const rows = storedRows({ ...columns, rows: 4 }, (position, into) => {
 *   into.set(file.subarray(position, position + into.length));
 *   return into.length;
 * });
 * const model = fitStored(logisticRegression(), { rows, classes: ["no", "yes"] });
 * model.predict([[1.5], [4.5]]); // ["no", "yes"]
 * ```
 */
export function fitStored<L extends Label>(
  estimator: LinearClassifierEstimator,
  table: StoredTable<L>,
  options?: StoredFitOptions,
): FittedLinearClassifier<L>;
export function fitStored<L extends Label>(
  estimator: ClassifierEstimator,
  table: StoredTable<L>,
  options?: StoredFitOptions,
): FittedClassifier<L>;
export function fitStored<Y, F>(estimator: Estimator<Y, F>, table: StoredTable, options?: StoredFitOptions): F;
export function fitStored(
  estimator: FactorizationEstimator,
  table: StoredRatings,
  options?: StoredRatingOptions,
): FittedFactorization;
export function fitStored(
  estimator: object,
  table: StoredTable | StoredRatings,
  options: StoredFitOptions | StoredRatingOptions = {},
): unknown {
  return lastFitted(startStored("fitStored", estimator, table, { ...options, every: "epoch" }));
}

/**
 * What `fitStored` minimises, with which optimizer and options, before its first update. Its `steps()` train step by step, as `train` of an
 * estimator.
 *
 * @throws TypeError or RangeError as `fitStored`
 *
 * @example
 * ```ts
 * import { linearRegression, prepareStored, storedBytes, storedRows } from "downhill";
 *
 * const [bytes] = storedBytes({ columns: 1 }, [{ inputs: Float64Array.of(1, 2, 3), targets: Float64Array.of(3, 5, 7) }]);
 * const rows = storedRows({ columns: 1, rows: 3 }, (position, into) => {
 *   into.set(bytes!.subarray(position, position + into.length));
 *   return into.length;
 * });
 * const { problem, steps } = prepareStored(linearRegression(), { rows });
 * problem.examples; // 3
 * [...steps()].at(-1)!.stopped; // "converged"
 * ```
 */
export function prepareStored<L extends Label>(
  estimator: LinearClassifierEstimator,
  table: StoredTable<L>,
  options?: StoredStepOptions,
): PreparedFit<FittingStep<FittedLinearClassifier<L>>>;
export function prepareStored<L extends Label>(
  estimator: ClassifierEstimator,
  table: StoredTable<L>,
  options?: StoredStepOptions,
): PreparedFit<FittingStep<FittedClassifier<L>>>;
export function prepareStored<Y, F>(
  estimator: Estimator<Y, F>,
  table: StoredTable,
  options?: StoredStepOptions,
): PreparedFit<FittingStep<F>>;
export function prepareStored(
  estimator: FactorizationEstimator,
  table: StoredRatings,
  options?: StoredRatingStepOptions,
): PreparedFit<FactorizationStep>;
export function prepareStored(
  estimator: object,
  table: StoredTable | StoredRatings,
  options: StoredStepOptions | StoredRatingStepOptions = {},
): unknown {
  return preparedFit(startStored("prepareStored", estimator, table, options));
}

function startStored(
  functionName: string,
  estimator: object,
  table: StoredTable | StoredRatings,
  options: StoredStepOptions | StoredRatingStepOptions,
): FitRun<unknown, unknown> {
  const startRatings = ratingStarts.get(estimator);
  const { validation, seen, ...runOptions } = options as StoredRatingStepOptions;
  requireKnown(functionName, startRatings ? runOptions : { ...runOptions, ...(seen && { seen }) }, [
    ...["validation", "resume", "threads", "ranks", "every"],
    ...(startRatings ? ["seen"] : []),
  ]);
  if (startRatings) {
    return startRatings(
      (own) => storedRatings(functionName, own, table as StoredRatings, { validation, seen }),
      runOptions,
    );
  }
  const start = starts.get(estimator);
  if (!start) {
    throw new InputTypeError(
      `${functionName}: estimator must be one of the library, got ${show(estimator)}. Pass linearRegression(), for example.`,
    );
  }
  return start(
    functionName,
    (model, own) =>
      storedData(functionName, model, own, table as StoredTable, (options as StoredStepOptions).validation),
    runOptions,
  );
}
