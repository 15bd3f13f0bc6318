import { InputRangeError, InputTypeError, requireRows, show } from "../../core/check.ts";
import type { CellColumn, CellTable } from "./cellColumn.ts";
import { columnOfCells, kindsIn } from "./columnOfCells.ts";
import { columnsOfRecords } from "./columnsOfRecords.ts";

/**
 * A table: a list of records, whose members are the columns; an object with one list of cells per column; or columns that are
 * read already. A cell is a number, a text, a boolean, a bigint or a Date; null, undefined, NaN and "" are missing cells.
 */
export type TableData = readonly object[] | Readonly<Record<string, ArrayLike<unknown> | CellColumn>> | CellTable;

/**
 * A table as columns.
 *
 * - A record without a member has a missing cell there.
 * - A member that is a record becomes columns with a point in their names, such as "address.city".
 * - Arrays of numbers are used without a copy if they are Float64Arrays.
 *
 * @throws TypeError or RangeError for a table without rows or columns, columns of different lengths, a row that is no record
 */
export function cellTableOf(functionName: string, data: TableData): CellTable {
  if (Array.isArray(data)) {
    requireRows(functionName, data);
    return requireColumns(functionName, columnsOfRecords(functionName, data as readonly unknown[]));
  }
  if (isCellTable(data)) return requireColumns(functionName, data);
  if (typeof data !== "object" || data === null || data instanceof Promise || ArrayBuffer.isView(data)) {
    throw new InputTypeError(
      `${functionName}: the table must be a list of records or an object of columns, got ${show(data)}. ` +
        (data instanceof Promise ? "Await it." : "Pass [{ age: 22 }] or { age: [22] }, for example."),
    );
  }
  return requireColumns(functionName, tableOfColumns(functionName, data as Readonly<Record<string, unknown>>));
}

const isCellTable = (data: unknown): data is CellTable =>
  typeof data === "object" && data !== null && (data as CellTable).columns instanceof Map;

function requireColumns(functionName: string, table: CellTable): CellTable {
  if (table.columns.size === 0) {
    throw new InputRangeError(
      `${functionName}: the table must have at least one column, got none. Pass { name: cell }.`,
    );
  }
  if (table.rows < 1) requireRows(functionName, []);
  for (const [name, column] of table.columns) requireLength(functionName, name, lengthOf(column), table.rows);
  return table;
}

/** The number of rows of a column; undefined for one without cells. */
function lengthOf(column: CellColumn): number | undefined {
  if (column.type === "text") return column.codes.length;
  if (column.type === "other") return undefined;
  return "values" in column
    ? Math.ceil((column.values.length - column.start) / column.step)
    : column.milliseconds.length;
}

function requireLength(functionName: string, name: string, length: number | undefined, rows: number): void {
  if (length === undefined || length === rows) return;
  throw new InputRangeError(
    `${functionName}: all columns must have the same number of cells, got ${length} in column ${show(name)} and ${rows} in ` +
      "another column. Pass lists of the same length.",
  );
}

const types = ["number", "boolean", "text", "date", "timestamp", "instant", "time", "other"];

const isCellColumn = (value: unknown): value is CellColumn =>
  typeof value === "object" && value !== null && types.includes((value as CellColumn).type) && !Array.isArray(value);

function tableOfColumns(functionName: string, lists: Readonly<Record<string, unknown>>): CellTable {
  const columns = new Map<string, CellColumn>();
  let rows: number | undefined;
  for (const name of Object.keys(lists)) {
    const list = lists[name];
    const column = isCellColumn(list) ? list : columnOfList(functionName, name, list);
    const length = lengthOf(column) ?? (isCellColumn(list) ? undefined : (list as ArrayLike<unknown>).length);
    rows ??= length;
    requireLength(functionName, name, length, rows ?? 0);
    columns.set(name, column);
  }
  return { rows: rows ?? 0, columns };
}

function columnOfList(functionName: string, name: string, list: unknown): CellColumn {
  if (list instanceof Float64Array) return { type: "number", values: list, start: 0, step: 1 };
  const isList = Array.isArray(list) || (ArrayBuffer.isView(list) && !(list instanceof DataView));
  if (!isList) {
    throw new InputTypeError(
      `${functionName}: column ${show(name)} must be a list of cells, got ${show(list)}. ` +
        "Pass one list per column; if the object is one record, wrap it in an array: [record].",
    );
  }
  const cells = list as ArrayLike<unknown>;
  const values = { functionName, name, rows: cells.length, at: (row: number) => cells[row] };
  return columnOfCells(values, kindsIn(values));
}
