// The candidate of an estimator of features or of a table model.
import type { Label } from "../core/label.ts";
import type { TableModel } from "../tables/tableModel.ts";
import {
  type Candidate,
  type EvaluationData,
  estimatorCandidate,
  type NumberModel,
  type ScoredEstimator,
} from "./candidate.ts";
import { type EvaluationRows, type TableReader, tableCandidate, tableReader } from "./tableCandidate.ts";

/** An estimator, or a table model. */
export type AnyScored = ScoredEstimator<NumberModel> | TableModel<NumberModel>;

/** A function that gives the candidate of an estimator or a table model with the data. Rows of a table are read once. */
export function candidatesOf(functionName: string, data: unknown): (estimator: AnyScored) => Candidate<unknown> {
  let read: TableReader | undefined;
  return (estimator) => {
    if (!("trainingData" in estimator)) {
      return estimatorCandidate(functionName, estimator, data as EvaluationData<ArrayLike<Label>>);
    }
    read ??= tableReader(data as EvaluationRows);
    return tableCandidate(estimator, read);
  };
}
