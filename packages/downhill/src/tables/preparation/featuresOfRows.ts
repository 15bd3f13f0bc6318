import type { TypedTable } from "../reading/typedTable.ts";
import type { Dialect } from "../tableOptions.ts";
import { hasWords } from "./featureNames.ts";
import type { Preparation } from "./preparation.ts";
import { type PreparedRows, prepareRows } from "./prepareRows.ts";
import { wordPreparer } from "./wordPreparer.ts";

/** The features of rows: a sparse matrix if some columns have words, otherwise the dense matrix of `prepareRows`. */
export function featuresOfRows(
  preparation: Preparation,
  typed: TypedTable,
  dialect: Dialect,
  finite = false,
): PreparedRows {
  if (!hasWords(preparation)) return prepareRows(preparation, typed, dialect, finite);
  const { matrix, finish } = wordPreparer(preparation, dialect);
  const X = matrix(typed, 0);
  return { X, ...finish() };
}
