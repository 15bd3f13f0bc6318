// The rows of a table that a model can be trained on, before the preparation is learnt.
import type { Label } from "../../core/label.ts";
import { inOrder, type SplitRows } from "../../data/trainTestSplit.ts";
import type { TableData } from "../cells/cellTableOf.ts";
import { libraryDialect } from "../libraryDialect.ts";
import { readTable } from "../reading/readTable.ts";
import { divideRows, takeRows } from "../reading/takeRows.ts";
import { targetOf } from "../reading/targetOf.ts";
import { isTypedTable, type Note, type TypedTable } from "../reading/typedTable.ts";
import type { Dialect, TableOptions } from "../tableOptions.ts";
import { dialectOfRows, notesOnRows, type UsableRows, usableRows } from "./usableRows.ts";
import { weightsOf } from "./weightsOf.ts";

/** Rows with known targets, which were read and not yet prepared. */
export interface TrainingTable extends UsableRows {
  /** The columns. */
  readonly typed: TypedTable;
  /** One label or number per row. */
  readonly y: Float64Array | readonly Label[];
  /** Locates these rows in messages. */
  readonly dialect: Dialect;
  /** The decisions that were made about columns and rows. */
  readonly notes: readonly Note[];
}

/**
 * Reads the rows of a table that a model can be trained on. `tableModel` does this itself; a program that chooses the model by
 * the target, or that holds out rows, does it first, and passes the result to `fit`.
 *
 * @param data  records, columns, cells, or a table that was read with the same options
 * @param options  those of `tableModel`
 * @throws TypeError or RangeError for cells that do not fit the options
 *
 * @example
 * ```ts
 * import { linearRegression, readTrainingTable, tableModel } from "downhill";
 *
 * const rows = [{ size: 1, price: 10 }, { size: 2, price: 20 }, { size: 3, price: null }];
 * const table = readTrainingTable(rows, { target: "price" });
 * table.y; // [10, 20]
 * table.withoutTarget; // 1
 * tableModel(linearRegression(), { target: "price" }).fit(table).target; // "price"
 * ```
 */
export function readTrainingTable(data: TableData | TypedTable, options: TableOptions): TrainingTable {
  const { target, dialect = libraryDialect("fit") } = options;
  const all = isTypedTable(data) ? data : readTable(data, { ...options, dialect });
  const usable = usableRows(all, options);
  const typed = usable.rows === null ? all : takeRows(all, usable.rows);
  const own = usable.rows === null ? dialect : dialectOfRows(dialect, usable.rows);
  if (options.weight !== undefined) weightsOf(typed, options.weight, own); // also those of rows that are held out later
  return {
    ...usable,
    typed,
    y: targetOf(typed, target, own),
    dialect: own,
    notes: [...all.notes, ...all.leftOut.map(({ note }) => note), ...notesOnRows(usable, target)],
  };
}

/** The two parts of a table. */
export interface DividedTable {
  /** The training rows. */
  readonly train: TrainingTable;
  /** The test rows. */
  readonly test: TrainingTable;
}

/**
 * Divides a table into training rows and test rows. Each part has its rows in the order of the table, whatever the order of the
 * indices is. The columns are reordered in their own memory, because a large table may not fit into memory twice; so the table is
 * not usable afterwards.
 *
 * @example
 * ```ts
 * import { divideTrainingTable, readTrainingTable, trainTestSplit } from "downhill";
 *
 * const rows = [1, 2, 3, 4, 5].map((size) => ({ size, price: 10 * size }));
 * const { train, test } = divideTrainingTable(readTrainingTable(rows, { target: "price" }), trainTestSplit(5));
 * train.y.length; // 4
 * test.y.length; // 1
 * ```
 */
export function divideTrainingTable({ typed, y, ...facts }: TrainingTable, split: SplitRows): DividedTable {
  const { train, test } = inOrder(split);
  const parts = divideRows(typed, [train, test]);
  return { train: partOf(facts, parts[0]!, y, train), test: partOf(facts, parts[1]!, y, test) };
}

/**
 * Copies some rows of a table.
 *
 * @example
 * ```ts
 * import { readTrainingTable, takeTrainingRows } from "downhill";
 *
 * const table = readTrainingTable([{ size: 1, price: 10 }, { size: 2, price: 20 }], { target: "price" });
 * takeTrainingRows(table, Uint32Array.of(1)).y; // [20]
 * ```
 */
export function takeTrainingRows({ typed, y, ...facts }: TrainingTable, rows: Uint32Array): TrainingTable {
  return partOf(facts, takeRows(typed, rows), y, rows);
}

function partOf(
  facts: Omit<TrainingTable, "typed" | "y">,
  typed: TypedTable,
  y: TrainingTable["y"],
  rows: Uint32Array,
): TrainingTable {
  return {
    ...facts,
    typed,
    y: y instanceof Float64Array ? Float64Array.from(rows, (row) => y[row]!) : Array.from(rows, (row) => y[row]!),
    rows: facts.rows === null ? rows : rows.map((row) => facts.rows![row]!),
    dialect: dialectOfRows(facts.dialect, rows),
  };
}
