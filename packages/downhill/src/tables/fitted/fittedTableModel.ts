import type { Label } from "../../core/label.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { AnyMatrix } from "../../core/sparse.ts";
import type { FittedClassifier } from "../../estimators/fitted/classifier.ts";
import type { FittedRegression } from "../../estimators/fitted/regression.ts";
import type { TableData } from "../cells/cellTableOf.ts";
import { libraryDialect } from "../libraryDialect.ts";
import type { Preparation } from "../preparation/preparation.ts";
import type { PreparedRows } from "../preparation/prepareRows.ts";
import type { MissingCount } from "../preparation/rowWriter.ts";
import type { Note, TypedTable } from "../reading/typedTable.ts";
import { encodeTableModel } from "../saved/savedTableModel.ts";
import type { Dialect } from "../tableOptions.ts";
import { type Explanation, explanationOf } from "./explanation.ts";
import { featuresOf, type TestData, testDataOf } from "./newRows.ts";

/** What the training of a table model did with the rows. JSON. */
export interface TrainingFacts {
  /** The rows that the model was fitted to, including validation rows. */
  readonly rows: number;
  /** The rows that were left out because their target is missing. */
  readonly withoutTarget: number;
  /** The rows that were left out because a cell is missing in a column with the rule "leaveOut". */
  readonly leftOut: number;
  /** The number of missing cells in each column that the model uses and that has some. */
  readonly missing: readonly MissingCount[];
  /** The prediction without a model: the most frequent label, or the mean of the targets, or the median or quantile for a loss that predicts it. */
  readonly baseline: Label;
}

/** A fitted model of a table as plain data, except the inner model M. */
export interface TableModelData<M> {
  /** The fitted model of the features. */
  readonly model: M;
  /** How rows become features. */
  readonly preparation: Preparation;
  /** Decisions about the columns, and warnings. */
  readonly notes: readonly Note[];
  /** What the training did with the rows. */
  readonly training: TrainingFacts;
}

/** The members of all fitted models of tables. M is the type of the inner fitted model. */
export interface FittedTableMembers<M> extends TableModelData<M> {
  /** The kind of the model. */
  readonly kind: "table";
  /** The name of the column that the model predicts. */
  readonly target: string;
  /** The fitted model of the features. */
  readonly model: M;
  /** How rows become features. */
  readonly preparation: Preparation;
  /** Sentences about the columns: the decisions that were made, and warnings. */
  readonly notes: readonly Note[];
  /** What the training did with the rows. */
  readonly training: TrainingFacts;
  /**
   * The features of rows, for `model`, and the counts of missing cells and unseen categories.
   *
   * @param dialect  how messages name rows and options [as in the library]
   */
  prepare(rows: TableData | TypedTable, dialect?: Dialect): PreparedRows;
  /** The features and the targets of rows whose target is known, to score predictions. */
  testData(rows: TableData | TypedTable, dialect?: Dialect): TestData;
  /**
   * The contribution of each column of the user to the scores of rows: the sum of coefficient × (value − mean over the training
   * rows) over the features of the column. Base + contributions = score. The score of a regression is its prediction; with the
   * loss "poisson" it is the logarithm of the prediction. Throws TypeError for a network, whose scores are not linear.
   */
  explain(rows: TableData | TypedTable, dialect?: Dialect): Explanation;
  /** The model as data for JSON.stringify. `load` makes the model of it again. */
  toJSON(): unknown;
}

/** A fitted model of a table that predicts classes. M is the type of the inner fitted model. */
export interface FittedTableClassifier<M extends FittedClassifier = FittedClassifier> extends FittedTableMembers<M> {
  /** The classes, in the order of the scores. */
  readonly classes: readonly Label[];
  /** The class of each row. */
  predict(rows: TableData | TypedTable): Label[];
  /** The scores of each row: one score for two classes, otherwise one per class. */
  scores(rows: TableData | TypedTable): Matrix;
  /** The probabilities of each row, one per class. Throws TypeError for `linearSvm`, which has no probabilities. */
  probabilities(rows: TableData | TypedTable): Matrix;
}

/** A fitted model of a table that predicts numbers. M is the type of the inner fitted model. */
export interface FittedTableRegression<M extends FittedRegression = FittedRegression> extends FittedTableMembers<M> {
  /** The predicted target of each row. */
  predict(rows: TableData | TypedTable): Float64Array;
}

/** A fitted model of a table. */
export type FittedTableModel = FittedTableClassifier | FittedTableRegression;

/** The type of the fitted model of a table whose inner fitted model has the type M. */
export type FittedTableOf<M> = M extends FittedClassifier
  ? FittedTableClassifier<M>
  : M extends FittedRegression
    ? FittedTableRegression<M>
    : never;

/** The fitted model of data. */
export function fittedTableModel<M extends FittedClassifier | FittedRegression>(
  data: TableModelData<M>,
): FittedTableOf<M> {
  const { model, preparation } = data;
  const features = (functionName: string, rows: TableData | TypedTable): AnyMatrix =>
    featuresOf(preparation, rows, libraryDialect(functionName)).X;
  const members: FittedTableMembers<M> = {
    kind: "table",
    target: preparation.target.name,
    ...data,
    prepare: (rows, dialect = libraryDialect("prepare")) => featuresOf(preparation, rows, dialect),
    testData: (rows, dialect = libraryDialect("testData")) =>
      testDataOf(preparation, "classes" in model ? model.classes : null, rows, dialect),
    explain: (rows, dialect = libraryDialect("explain")) =>
      explanationOf(model, preparation, () => featuresOf(preparation, rows, dialect).X),
    toJSON: () => encodeTableModel(data),
  };
  const predict = (rows: TableData | TypedTable): unknown => model.predict(features("predict", rows));
  if (!("classes" in model)) return { ...members, predict } as FittedTableOf<M>;
  return {
    ...members,
    classes: model.classes,
    predict,
    scores: (rows: TableData | TypedTable) => model.scores(features("scores", rows)),
    probabilities: (rows: TableData | TypedTable) => model.probabilities(features("probabilities", rows)),
  } as unknown as FittedTableOf<M>;
}
