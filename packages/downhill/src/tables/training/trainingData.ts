// From the rows of a table to the numbers that an estimator is fitted to.
import type { Label } from "../../core/label.ts";
import type { AnyMatrix } from "../../core/sparse.ts";
import type { SplitRows } from "../../data/trainTestSplit.ts";
import type { TableData } from "../cells/cellTableOf.ts";
import { type FittedTableOf, fittedTableModel, type TrainingFacts } from "../fitted/fittedTableModel.ts";
import type { TestData } from "../fitted/newRows.ts";
import { featuresOfRows } from "../preparation/featuresOfRows.ts";
import { learnPreparation } from "../preparation/learnPreparation.ts";
import type { Preparation } from "../preparation/preparation.ts";
import { savedForm } from "../preparation/savedPreparation.ts";
import { takeRows } from "../reading/takeRows.ts";
import type { Note, TypedTable } from "../reading/typedTable.ts";
import type { TableOptions } from "../tableOptions.ts";
import { constantPrediction } from "./baseline.ts";
import { readTrainingTable, type TrainingTable } from "./trainingTable.ts";
import { dialectOfRows } from "./usableRows.ts";
import { weightsOf } from "./weightsOf.ts";

/** The numbers that the estimator of a table model is fitted to. M is the type of its fitted model. */
export interface TrainingData<M> {
  /** The features of the training rows, with their names; sparse rows without names if some columns have words. */
  readonly X: AnyMatrix;
  /** One label or number per row. */
  readonly y: Float64Array | readonly Label[];
  /** One weight per row; undefined without a column of weights. */
  readonly weights: Float64Array | undefined;
  /** How rows become features. */
  readonly preparation: Preparation;
  /** The decisions that were made about the columns, and warnings. */
  readonly notes: readonly Note[];
  /** Facts about the training rows. */
  readonly training: Omit<TrainingFacts, "baseline">;
  /** The features and targets of test rows. */
  testData(test: TrainingTable): TestData;
  /** The fitted model of the table, from the fitted model of the features. */
  fitted(model: M): FittedTableOf<M>;
}

/** The part of an estimator that the preparation of its data needs. */
export interface SplitsRows {
  readonly predicts: "classes" | "numbers";
  validationSplit(y: never): SplitRows | null;
}

/**
 * Learns the preparation of a table, and prepares its rows. If the estimator has validation rows, the preparation is learnt
 * without them.
 */
export function trainingDataOf<M>(
  estimator: SplitsRows,
  options: TableOptions,
  data: TableData | TypedTable | TrainingTable,
): TrainingData<M> {
  const table = isTrainingTable(data) ? data : readTrainingTable(data, options);
  const { typed, y, dialect, withoutTarget, leftOut } = table;
  const split = estimator.validationSplit(y as never);
  const classes = estimator.predicts === "classes";
  const own = { ...options, classes };
  const learned =
    split === null
      ? learnPreparation(typed, { ...own, dialect })
      : learnPreparation(takeRows(typed, split.train), { ...own, dialect: dialectOfRows(dialect, split.train) });
  // The preparation is that of the saved model, in which 0 has one sign.
  const preparation = savedForm(learned.preparation);
  const { X, missing } = featuresOfRows(preparation, typed, dialect, split === null && learned.finite);
  const training = { rows: X.rows, withoutTarget, leftOut, missing };
  let baseline: Label | undefined;
  const notes = [...table.notes, ...learned.notes];
  return {
    X,
    y,
    weights: options.weight === undefined ? undefined : weightsOf(typed, options.weight, dialect),
    preparation,
    notes,
    training,
    testData: ({ typed, dialect, y, rows, withoutTarget }) => ({
      ...featuresOfRows(preparation, typed, dialect),
      y,
      rows,
      withoutTarget,
    }),
    fitted(model) {
      baseline ??= constantPrediction(y, (model as { settings: Readonly<Record<string, unknown>> }).settings, classes);
      return fittedTableModel({
        model,
        preparation,
        notes,
        training: { ...training, baseline },
      } as never) as FittedTableOf<M>;
    },
  };
}

const isTrainingTable = (data: object): data is TrainingTable => "typed" in data && "dialect" in data;
