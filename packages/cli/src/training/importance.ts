// The importance of the user's columns, for the report.
import {
  type EstimatorModel,
  type FittedRegression,
  type Importance,
  permutationImportance,
  takeTrainingRows,
} from "downhill";
import { isTableSpec } from "./prepared.ts";
import type { RunFacts } from "./trainedRun.ts";

const MAX_ROWS = 10_000; // the scores of more rows take long, and change little

/**
 * The permutation importance of the columns on the held-out rows (at most 10,000 of them), or on the training rows when none was held
 * out; null for ratings.
 */
export function importanceOf({ prepared, seed }: RunFacts, fitted: EstimatorModel): Importance | null {
  const { evaluable, spec } = prepared;
  const rows = evaluable?.table;
  if (!rows || !isTableSpec(spec)) return null;
  const table = rows.heldOut ?? rows.train;
  const count = Math.min(table.y.length, MAX_ROWS);
  const some = Uint32Array.from({ length: count }, (_, i) => Math.floor((i * table.y.length) / count));
  const { typed } = count < table.y.length ? takeTrainingRows(table, some) : table;
  return permutationImportance(spec.fitted(fitted as FittedRegression), typed, { seed });
}
