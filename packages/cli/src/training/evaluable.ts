// What the evaluation of options needs of the data.
import type { FittedClassifier, FittedRegression, Label, TableModel, TrainingTable } from "downhill";
import type { TrainOptions } from "../options/trainOptions.ts";

/** Rows that are not prepared yet, and the table model of some options. */
export interface Evaluable {
  readonly train: TrainingTable;
  readonly heldOut: TrainingTable | null;
  /** The group or the time of each training row, if --group or --time divides the rows. */
  readonly rules: { readonly groups?: ArrayLike<Label>; readonly times?: ArrayLike<number> };
  /** The positive class of a target with two classes; null for any other target. */
  readonly positive: Label | null;
  model(options: TrainOptions): TableModel<FittedClassifier | FittedRegression>;
}

/** Whether the options need rows that are not prepared yet. */
export const needsEvaluable = ({ search, folds, threshold, report }: TrainOptions): boolean =>
  search !== undefined || folds !== undefined || threshold !== undefined || report !== undefined;
