import { InputTypeError, requireKnown, show } from "../core/check.ts";
import { frozenCopy } from "../core/frozenCopy.ts";
import type { AnyMatrix } from "../core/sparse.ts";
import type { SplitRows } from "../data/trainTestSplit.ts";
import type { FitOptions, FitStepOptions, FittingStep } from "../estimators/fit/estimator.ts";
import { type EstimatorSpec, estimatorSpec } from "../estimators/fit/spec.ts";
import type { PreparedFit } from "../estimators/fit/steps.ts";
import type { FittedClassifier } from "../estimators/fitted/classifier.ts";
import type { FittedRegression } from "../estimators/fitted/regression.ts";
import type { TableData } from "./cells/cellTableOf.ts";
import type { FittedTableOf } from "./fitted/fittedTableModel.ts";
import type { TypedTable } from "./reading/typedTable.ts";
import type { TableOptions } from "./tableOptions.ts";
import { type TrainingData, trainingDataOf } from "./training/trainingData.ts";
import type { TrainingTable } from "./training/trainingTable.ts";

/** An estimator whose fitted models a table model can use. M is the type of these models. */
export interface InnerEstimator<M> {
  /** Whether its models predict classes or numbers. */
  readonly predicts: "classes" | "numbers";
  /** Fits step by step. */
  train(X: AnyMatrix, y: never, options?: FitStepOptions): Iterable<FittingStep<M>>;
  /** Fits the model. */
  fit(X: AnyMatrix, y: never, options?: FitOptions): M;
  /** What a fit to these rows minimises, with which optimizer and options, before its first update. */
  prepare(X: AnyMatrix, y: never, options?: FitStepOptions): PreparedFit<FittingStep<M>>;
  /** The training rows and the validation rows of a fit to these targets. */
  validationSplit(y: never): SplitRows | null;
  /** The estimator as JSON data. */
  spec(): EstimatorSpec;
}

/** Options of a table model's `fit`. The column of weights is an option of `tableModel`. */
export type TableFitOptions = Omit<FitOptions, "weights">;

/** Options of a table model's `train`. */
export type TableFitStepOptions = Omit<FitStepOptions, "weights">;

/** An estimator with the preparation of its table, before it is fitted. M is the type of the inner fitted model. */
export interface TableModel<M> {
  /** Whether its models predict classes or numbers. */
  readonly predicts: "classes" | "numbers";
  /** Learns the preparation from the rows, and fits the estimator to the features. */
  fit(rows: TableData | TypedTable | TrainingTable, options?: TableFitOptions): FittedTableOf<M>;
  /** Fits step by step, as an iterator over the updates. `break` ends the training; `step.fitted()` is the model so far. */
  train(
    rows: TableData | TypedTable | TrainingTable,
    options?: TableFitStepOptions,
  ): Generator<FittingStep<FittedTableOf<M>>, void>;
  /** Learns the preparation, and returns the features and targets that `fit` passes to the estimator. */
  trainingData(rows: TableData | TypedTable | TrainingTable): TrainingData<M>;
  /** The table model as JSON data, for `estimatorFromSpec`. Throws TypeError if an option is code of your own. */
  spec(): EstimatorSpec;
  /** The estimator of the features. */
  readonly estimator: InnerEstimator<M>;
  /** The options of `tableModel`. */
  readonly options: TableOptions;
}

/**
 * Makes an estimator of tables as people have them: records or columns with numbers, texts, booleans and dates, and with missing cells.
 * A fit decides the kind of each column, learns from the training rows how to replace missing cells and to encode
 * categories and dates, and fits the estimator to these numbers. The fitted model contains all of this, so that it predicts raw rows.
 *
 * Rows without a target are left out. The validation rows of `stop.validation` have no effect on the preparation.
 *
 * @param estimator  the model of the numbers, such as `logisticRegression()`
 * @param options  the target, and how columns are read and prepared
 * @throws TypeError or RangeError for an option that is not allowed; `fit` throws them for cells that do not fit the options,
 * with one sentence per problem
 *
 * @example
 * ```ts
 * import { load, logisticRegression, tableModel } from "downhill";
 *
 * const rows = [
 *   { age: 22, city: "Rome", bought: "no" },
 *   { age: 31, city: "Oslo", bought: "no" },
 *   { age: null, city: "Oslo", bought: "yes" },
 *   { age: 58, city: "Rome", bought: "yes" },
 * ];
 * const model = tableModel(logisticRegression(), { target: "bought" }).fit(rows);
 * model.predict([{ age: 60, city: "Paris" }]); // ["yes"]
 * load(JSON.stringify(model), "tableModel").predict([{ age: 60, city: "Paris" }]); // ["yes"]
 * ```
 */
export function tableModel<M extends FittedClassifier | FittedRegression>(
  estimator: InnerEstimator<M>,
  options: TableOptions,
): TableModel<M> {
  if (typeof estimator?.validationSplit !== "function") {
    throw new InputTypeError(
      `tableModel: the first argument must be an estimator of classes or numbers, got ${show(estimator)}. ` +
        "Pass logisticRegression(), for example.",
    );
  }
  requireKnown("tableModel", options, optionNames);
  const own: TableOptions = frozenCopy(options);
  const trainingData = (rows: TableData | TypedTable | TrainingTable): TrainingData<M> =>
    trainingDataOf(estimator, own, rows);
  return {
    predicts: estimator.predicts,
    estimator,
    options: own,
    trainingData,
    fit(rows, fitOptions = {}) {
      requireKnown("fit", fitOptions, ["resume", "threads", "ranks"]);
      const { X, y, weights, fitted } = trainingData(rows);
      return fitted(estimator.fit(X, y as never, { ...fitOptions, ...(weights && { weights }) }));
    },
    *train(rows, fitOptions = {}) {
      requireKnown("fit", fitOptions, ["resume", "threads", "ranks", "every"]);
      const { X, y, weights, fitted } = trainingData(rows);
      for (const step of estimator.train(X, y as never, { ...fitOptions, ...(weights && { weights }) })) {
        yield { ...step, fitted: () => fitted(step.fitted()) };
      }
    },
    spec() {
      if (own.dialect !== undefined) {
        throw new InputTypeError("spec: dialect must be plain data in a spec, got functions. Leave out dialect.");
      }
      return estimatorSpec("tableModel", { ...own, estimator: estimator.spec() });
    },
  };
}

const optionNames = "target ignore group weight columns missing na unseen expand dialect".split(" ");
