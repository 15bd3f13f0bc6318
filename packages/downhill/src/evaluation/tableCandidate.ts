// A table model with its rows, as a candidate.
import { InputRangeError, show } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import type { TableData } from "../tables/cells/cellTableOf.ts";
import type { FittedTableOf } from "../tables/fitted/fittedTableModel.ts";
import type { TypedTable } from "../tables/reading/typedTable.ts";
import type { TableModel } from "../tables/tableModel.ts";
import type { TableOptions } from "../tables/tableOptions.ts";
import { readTrainingTable, type TrainingTable, takeTrainingRows } from "../tables/training/trainingTable.ts";
import type { Candidate, NumberModel, ScoredRows } from "./candidate.ts";

/** The rows of a table: records, columns, or a table that was read already. */
export type EvaluationRows = TableData | TypedTable | TrainingTable;

/** Reads the rows of a table with some options. */
export type TableReader = (options: TableOptions) => { readonly table: TrainingTable; readonly isRead: boolean };

/** A reader that reads the rows again only if the options that matter for the reading differ from the last ones. */
export function tableReader(data: EvaluationRows): TableReader {
  if (isTrainingTable(data)) return () => ({ table: data, isRead: true });
  let last: { readonly key: string; readonly dialect: unknown; readonly table: TrainingTable } | undefined;
  return (options) => {
    const { expand: _, unseen: __, dialect, ...own } = options;
    const key = JSON.stringify(own);
    if (last?.key !== key || last.dialect !== dialect) last = { key, dialect, table: readTrainingTable(data, options) };
    return { table: last.table, isRead: false };
  };
}

/** The candidate of a table model. Each fit learns the preparation from its own rows. */
export function tableCandidate<M extends NumberModel>(
  { estimator, options, trainingData }: TableModel<M>,
  read: TableReader,
): Candidate<FittedTableOf<M>> {
  const { table, isRead } = read(options);
  return {
    rows: table.typed.rows,
    dataRows: isRead ? table.typed.rows : table.typed.rows + table.withoutTarget + table.leftOut,
    original: isRead ? null : table.rows,
    labels: estimator.predicts === "classes" ? Array.from(table.y) : null,
    groups: options.group === undefined ? null : groupsIn(table, options.group),
    fit(rows, { threads, ranks }) {
      const { X, y, weights, fitted, testData } = trainingData(rows === null ? table : takeTrainingRows(table, rows));
      const model = estimator.fit(X, y as never, { threads, ranks, ...(weights && { weights }) });
      const scoredRows = (others: Uint32Array): ScoredRows => testData(takeTrainingRows(table, others));
      return { fitted: fitted(model), model, training: { X, y }, scoredRows };
    },
  };
}

const isTrainingTable = (data: object): data is TrainingTable => "typed" in data && "dialect" in data;

/** @throws RangeError for a row without a group, or a column that cannot be used */
function groupsIn({ typed, dialect }: TrainingTable, name: string): Label[] {
  const { functionName, locate } = dialect;
  const column = typed.columns.find((each) => each.name === name);
  if (column === undefined) {
    const reason = typed.leftOut.find((each) => each.name === name)?.note.text ?? "the table does not have it";
    throw new InputRangeError(
      `${functionName}: column ${show(name)} with the groups cannot be used: ${reason}. Choose another column.`,
    );
  }
  return Array.from({ length: typed.rows }, (_, row) => {
    const value =
      "codes" in column ? column.texts[column.codes[row]!] : column.values[column.start + row * column.step]!;
    if (value !== undefined && !Number.isNaN(value)) return value;
    throw new InputRangeError(
      `${functionName}: column ${show(name)} with the groups must have a value in every row, got a missing cell in ${locate(row)}. ` +
        "Supply it, or remove the row.",
    );
  });
}
