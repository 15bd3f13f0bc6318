// From a state and its table to the rows, the estimator and the run. The page, its exports and the tests make runs only here.

import type { FittedClassifier, FittedRegression } from "downhill";
import {
  type EstimatorModel,
  type FactorizationEstimator,
  type FitStepOptions,
  type InnerEstimator,
  type Label,
  type Matrix,
  matrixFactorization,
  type Note,
  type PreparedFit,
  type Ratings,
  ratingModel,
  readTrainingTable,
  type Step,
  splitRatings,
  type TableData,
  tableModel,
  takeTrainingRows,
  trainTestSplit,
} from "downhill";
import { estimatorOf } from "./estimatorOf.ts";
import { holdsOf } from "./holdsOf.ts";
import type { LabState } from "./labState.ts";
import { ratingColumns, tableOptionsOf } from "./tableColumns.ts";

/** Rows of features with their targets. */
export interface TableRows {
  readonly X: Matrix;
  readonly y: Float64Array | readonly Label[];
}

/** A step of a run, whatever the model. */
export type LabStep = Step & { fitted(): EstimatorModel };

interface SharedParts<Rows> {
  readonly train: Rows;
  /** The rows that are held out; null for none. */
  readonly heldOut: Rows | null;
  /** How the table was read: decisions and warnings. */
  readonly notes: readonly Note[];
  /** What the run minimises, with which optimizer and options, and its steps. */
  prepare(options?: Pick<FitStepOptions, "every" | "resume">): PreparedFit<LabStep>;
}

/** A run on a table of features. */
export interface TableRun extends SharedParts<TableRows> {
  readonly holds: "classes" | "numbers";
  /** The names of the features, in the order of the columns of X. */
  readonly features: readonly string[];
  readonly estimator: InnerEstimator<FittedClassifier | FittedRegression>;
}

/** A run on ratings. */
export interface RatingRun extends SharedParts<Ratings> {
  readonly holds: "ratings";
  readonly estimator: FactorizationEstimator;
}

/** The rows, the estimator and the run of a state. */
export type LabRun = TableRun | RatingRun;

/** The names of the columns of a table. */
export function columnNames(table: TableData): string[] {
  if ("columns" in table && table.columns instanceof Map) return [...table.columns.keys()];
  return Object.keys(Array.isArray(table) ? (table[0] ?? {}) : table);
}

/**
 * Makes the run of a state, without its first update. The rows are divided and prepared as `downhill train` does it.
 *
 * @param table  the data of the state: `ownTable(state)`, or the table that the page has read
 * @throws TypeError or RangeError of the library if the table does not fit the state
 */
export const labRun = (state: LabState, table: TableData): LabRun =>
  holdsOf(state.data) === "ratings" ? ratingRun(state, table) : tableRun(state, table);

function tableRun(state: LabState, data: TableData): TableRun {
  const holds = holdsOf(state.data) as "classes" | "numbers";
  const options = tableOptionsOf(state.data, columnNames(data));
  const table = readTrainingTable(data, options);
  const { heldOut, seeds } = state;
  const split =
    heldOut === 0
      ? null
      : holds === "classes"
        ? trainTestSplit(table.y, { testShare: heldOut, seed: seeds.run, stratify: true })
        : trainTestSplit(table.y.length, { testShare: heldOut, seed: seeds.run });
  // Copies, because a page makes several runs of one table; in the order of the table, as in the command and in divideTrainingTable.
  const rowsOf = (rows: Uint32Array) => takeTrainingRows(table, rows);
  const parts =
    split === null
      ? { train: table, test: null }
      : { train: rowsOf(split.train.sort()), test: rowsOf(split.test.sort()) };
  const estimator = estimatorOf(state, holds, parts.train.y.length) as InnerEstimator<
    FittedClassifier | FittedRegression
  >;
  const prepared = tableModel(estimator, options).trainingData(parts.train);
  const { X, y, notes, preparation } = prepared;
  return {
    ...{ holds, estimator, notes },
    features: preparation.features.map(({ name }) => name),
    train: { X: X as Matrix, y }, // no column of the page has words
    heldOut: parts.test === null ? null : (prepared.testData(parts.test) as TableRows),
    prepare: (run = {}) => estimator.prepare(X, y as never, run) as PreparedFit<LabStep>,
  };
}

function ratingRun(state: LabState, data: TableData): RatingRun {
  const { na = [] } = state.data.kind === "file" ? state.data : {};
  const columns = { ...ratingColumns(state.data), ...(na.length > 0 && { na }) };
  const training = ratingModel(matrixFactorization(), columns).trainingData(data);
  const { users, items } = training;
  const { heldOut, seeds } = state;
  const split = heldOut === 0 ? null : splitRatings({ users, items }, { testShare: heldOut, seed: seeds.run });
  const ratings = training.data(split?.train) as Ratings;
  const estimator = estimatorOf(state, "ratings", ratings.users.length) as unknown as FactorizationEstimator;
  return {
    holds: "ratings",
    estimator,
    notes: training.notes,
    train: ratings,
    heldOut: split === null ? null : (training.data(split.test) as Ratings),
    prepare: (run = {}) => estimator.prepare(ratings, run) as PreparedFit<LabStep>,
  };
}
