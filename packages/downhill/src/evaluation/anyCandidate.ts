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
import { type EvaluationRows, tableCandidate } from "./tableCandidate.ts";

/** An estimator, or a table model. */
export type AnyScored = ScoredEstimator<NumberModel> | TableModel<NumberModel>;

/** The candidate of an estimator or a table model with its data. */
export const candidateOf = (functionName: string, estimator: AnyScored, data: unknown): Candidate<unknown> =>
  "trainingData" in estimator
    ? tableCandidate(estimator, data as EvaluationRows)
    : estimatorCandidate(functionName, estimator, data as EvaluationData<ArrayLike<Label>>);
