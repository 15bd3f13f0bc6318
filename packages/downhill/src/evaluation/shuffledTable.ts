// The scores of a model of a table whose raw columns are shuffled.
import type { Label } from "../core/label.ts";
import type { AnyMatrix } from "../core/sparse.ts";
import type { TableData } from "../tables/cells/cellTableOf.ts";
import type { FittedTableModel } from "../tables/fitted/fittedTableModel.ts";
import { libraryDialect } from "../tables/libraryDialect.ts";
import { readWith } from "../tables/reading/readWith.ts";
import { takeRows } from "../tables/reading/takeRows.ts";
import { isTypedTable, type TypedColumn, type TypedTable } from "../tables/reading/typedTable.ts";
import type { Shuffled } from "./importance.ts";

/** The score of features and targets. */
export type ScoreOf = (X: AnyMatrix, y: ArrayLike<Label>) => number;

/** The columns of the user that the model uses; rows without a target are left out. */
export function shuffledTable(
  functionName: string,
  model: FittedTableModel,
  data: TableData | TypedTable,
  score: ScoreOf,
): Shuffled {
  const { columns, target } = model.preparation;
  const dialect = libraryDialect(functionName);
  const rules = new Map([...columns, target].map(({ name, read }) => [name, read]));
  const all = isTypedTable(data) ? data : readWith(data, rules, dialect);
  const { X, y, rows } = model.testData(all, dialect);
  const typed = rows === null ? all : takeRows(all, rows);
  return {
    rows: X.rows,
    columns: columns.map(({ name }) => name),
    score: score(X, y),
    shuffledScore(column, order) {
      const { name } = columns[column]!;
      const shuffled = typed.columns.map((each) => (each.name === name ? inOrder(each, order) : each));
      return score(model.prepare({ ...typed, columns: shuffled }, dialect).X, y);
    },
  };
}

/** A copy of a column in which row i has the value of row order[i]. */
function inOrder(column: TypedColumn, order: Uint32Array): TypedColumn {
  if ("codes" in column) return { ...column, codes: Int32Array.from(order, (row) => column.codes[row]!) };
  const values = Float64Array.from(order, (row) => column.values[column.start + row * column.step]!);
  return { ...column, values, start: 0, step: 1 };
}
