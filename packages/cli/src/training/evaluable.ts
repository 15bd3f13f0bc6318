// What the evaluation of options needs of the data.
import {
  type CrossValidationOptions,
  type CrossValidationStep,
  crossValidateSteps,
  type EvaluationData,
  type FittedClassifier,
  type FittedRegression,
  type Label,
  type Ranges,
  type ScoredEstimator,
  type SearchOptions,
  type SearchStep,
  searchSteps,
  type TableModel,
  type TrainingTable,
} from "downhill";
import type { TrainOptions } from "../options/trainOptions.ts";
import type { TrialValues } from "./searchRanges.ts";

type InnerModel = FittedClassifier | FittedRegression;

/** Rows that folds can divide, and the models of some options. */
export interface Evaluable {
  /** The targets of the training rows. */
  readonly y: ArrayLike<Label>;
  /** The rows of a table that are not prepared yet; null for the rows of an svmlight file. */
  readonly table: { readonly train: TrainingTable; readonly heldOut: TrainingTable | null } | null;
  /** The time of each training row, if --time divides the rows. */
  readonly rules: { readonly times?: ArrayLike<number> };
  /** The positive class of a target with two classes; null for any other target. */
  readonly positive: Label | null;
  /** The steps of a cross-validation of the options. */
  crossValidation(options: TrainOptions, rules: CrossValidationOptions): Iterable<CrossValidationStep<unknown>>;
  /** The steps of a search; `make` gives the options of a trial. */
  search(
    make: (values: TrialValues) => TrainOptions,
    rules: SearchOptions<Ranges>,
  ): Iterable<SearchStep<TrialValues, unknown>>;
}

/** The rows of a table. */
export function evaluableTable(
  table: NonNullable<Evaluable["table"]>,
  model: (options: TrainOptions) => TableModel<InnerModel>,
  facts: Pick<Evaluable, "rules" | "positive">,
): Evaluable {
  const { train } = table;
  return {
    ...{ y: train.y, table, ...facts },
    crossValidation: (options, rules) => crossValidateSteps(model(options), train, rules),
    search: (make, rules) => searchSteps((values) => model(make(values)), train, rules),
  };
}

/** Rows of numbers, such as those of an svmlight file. */
export function evaluableMatrix(
  data: EvaluationData<ArrayLike<Label>>,
  estimator: (options: TrainOptions) => ScoredEstimator<InnerModel>,
  positive: Label | null,
): Evaluable {
  return {
    ...{ y: data.y, table: null, rules: {}, positive },
    crossValidation: (options, rules) => crossValidateSteps(estimator(options), data, rules),
    search: (make, rules) => searchSteps((values) => estimator(make(values)), data, rules),
  };
}

/** Whether the options need rows that are not prepared yet. */
export const needsEvaluable = ({ search, folds, threshold, report }: TrainOptions): boolean =>
  search !== undefined || folds !== undefined || threshold !== undefined || report !== undefined;
