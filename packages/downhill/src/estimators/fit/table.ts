import { InputRangeError, InputTypeError, requireFinite, requireRows, show } from "../../core/check.ts";
import { type Matrix, matrixOfRows, requireFiniteMatrix } from "../../core/matrix.ts";
import { type AnyMatrix, isSparse, requireSparse, type SparseMatrix, takeSparseColumns } from "../../core/sparse.ts";
import { elementTypeOf, type Vector, zeros } from "../../core/vector.ts";

/** A record whose properties are all numbers. R is the type of the record, which may be an interface. */
export type NumberRecord<R> = { readonly [Name in keyof R]-?: number };

/**
 * Rows of features: a `Matrix`, a `SparseMatrix`, a list of number arrays, or a list of records, whose property names are the column
 * names. Training is in float32 for a matrix of float32 numbers, otherwise in float64.
 */
export type Table<R = Record<string, number>> =
  | Matrix
  | SparseMatrix
  | readonly NumberRecord<R>[]
  | readonly (readonly number[] | Vector)[];

/** The columns of the table that a model was fitted to. */
export interface Columns {
  readonly count: number;
  readonly names: readonly string[] | null;
}

type Records = readonly Readonly<Record<string, unknown>>[];

/** The same as `tableOf` for functions that need a dense matrix. Throws TypeError for a sparse one. */
export function matrixOf(functionName: string, X: Table<unknown>, expected?: Columns): Matrix {
  const table = tableOf(functionName, X, expected);
  if (!isSparse(table)) return table;
  throw new InputTypeError(
    `${functionName}: X must be a dense matrix or a list of rows, got a sparse matrix. Pass toDense(X) if it fits into memory.`,
  );
}

/**
 * The table as a dense or sparse matrix of finite numbers.
 *
 * @param expected  the columns of a fitted model: the result has these columns in this order
 * @throws RangeError or TypeError for an empty table, rows of different lengths, a missing column, an entry that is not a
 * finite number
 */
export function tableOf(functionName: string, X: Table<unknown>, expected?: Columns): AnyMatrix {
  const table = uncheckedTable(functionName, X, expected);
  if (table === X && !isSparse(table)) requireFiniteMatrix(functionName, table);
  if (expected === undefined) return table;
  const ordered = table.names && expected.names ? inOrder(functionName, table, table.names, expected.names) : table;
  if (ordered.columns !== expected.count) {
    throw new InputRangeError(
      `${functionName}: X must have the ${expected.count} columns of the fit, got ${ordered.columns}. Pass the same columns.`,
    );
  }
  return ordered;
}

/** The same, with the columns in their own order, and where the numbers of a dense `Matrix` are not checked. */
export const uncheckedTable = (functionName: string, X: Table<unknown>, expected?: Columns): AnyMatrix =>
  Array.isArray(X)
    ? matrixOfList(functionName, X as readonly unknown[], expected)
    : isSparse(X)
      ? requireSparseTable(functionName, X)
      : requireMatrix(functionName, X as Matrix);

const isRecord = (row: unknown): boolean =>
  row !== null && typeof row === "object" && !Array.isArray(row) && !ArrayBuffer.isView(row);

const isRow = (row: unknown): boolean => row !== null && typeof row === "object";

/** @throws TypeError for a list whose entries are not all arrays or all records */
function matrixOfList(functionName: string, X: readonly unknown[], expected: Columns | undefined): Matrix {
  requireRows(functionName, X);
  const records = isRecord(X[0]);
  for (let i = 0; i < X.length; i++) {
    const row = X[i];
    if (isRow(row) && isRecord(row) === records) continue;
    const kind = i === 0 ? "an array of numbers or a record" : records ? "a record" : "an array of numbers";
    throw new InputTypeError(
      `${functionName}: every row of X must be ${kind}, got ${show(row)} in row ${i}. ${adviceFor(row, expected)}`,
    );
  }
  return records
    ? matrixFromRecords(functionName, X as Records, expected)
    : matrixOfRows(functionName, X as readonly (readonly number[])[]);
}

function adviceFor(row: unknown, expected: Columns | undefined): string {
  if (typeof row !== "number") return "Remove the row or supply its numbers.";
  return expected === undefined || expected.count === 1
    ? "Wrap each number in an array, as in [[1], [2]]."
    : "If X is one row, wrap it in an array: [row].";
}

function requireSparseTable(functionName: string, X: SparseMatrix): SparseMatrix {
  requireNames(functionName, X);
  return requireSparse(functionName, X);
}

/** @throws RangeError for names that are not one distinct name per column */
function requireNames(functionName: string, { names, columns }: AnyMatrix): void {
  if (!names || (names.length === columns && new Set(names).size === columns)) return;
  throw new InputRangeError(
    `${functionName}: X.names must be one distinct name per column (${columns}), got ${names.slice(0, 20).join(", ")}. ` +
      "Pass such names, or none.",
  );
}

function requireMatrix(functionName: string, X: Matrix): Matrix {
  if (!isRecord(X) || X.data === undefined) {
    throw new InputTypeError(
      `${functionName}: X must be a list of rows or a Matrix, got ${show(X)}. ` +
        (ArrayBuffer.isView(X)
          ? "Pass matrix(X, rows, columns)."
          : X instanceof Promise
            ? "Await it."
            : isRecord(X) && Object.keys(X).length > 0
              ? "Wrap one record in an array: [record]."
              : "Pass one row per example, as in [[1], [2]]."),
    );
  }
  if (X.rows < 1 || X.columns < 1 || X.data?.length !== X.rows * X.columns) {
    throw new InputRangeError(
      `${functionName}: X must have rows · columns numbers, at least one, got ${X.data?.length} for ${X.rows} · ${X.columns}. ` +
        "Make X with matrix or matrixFromRows.",
    );
  }
  if (!ArrayBuffer.isView(X.data)) {
    throw new InputTypeError(
      `${functionName}: X.data must be a Float64Array or Float32Array, got ${show(X.data)}. ` +
        "Make X with matrix or matrixFromRows.",
    );
  }
  requireNames(functionName, X);
  return X;
}

function matrixFromRecords(functionName: string, records: Records, expected: Columns | undefined): Matrix {
  const names = expected?.names ?? Object.keys(records[0]!);
  if (names.length === 0) {
    throw new InputRangeError(
      `${functionName}: every record must have at least one column, got none. Pass { name: number }.`,
    );
  }
  const data = new Float64Array(records.length * names.length);
  records.forEach((record, i) => {
    names.forEach((name, j) => {
      const value = Object.hasOwn(record, name) ? record[name] : undefined;
      if (typeof value !== "number") {
        throw new InputTypeError(
          `${functionName}: column ${show(name)} must be a number in every record, got ${show(value)} in record ${i}. ` +
            (expected ? "Supply a number." : "Supply a number, or leave the column out of all records."),
        );
      }
      data[i * names.length + j] = value;
    });
    if (expected === undefined && Object.keys(record).length !== names.length) {
      const extra = Object.keys(record).find((name) => !names.includes(name));
      throw new InputRangeError(
        `${functionName}: every record must have the columns of record 0, got also ${show(extra)} in record ${i}. ` +
          "Pass the same columns in all records.",
      );
    }
  });
  requireFinite(functionName, "X", data, names.length);
  return { data, rows: records.length, columns: names.length, names };
}

/** The columns `expected` of a table, in this order. */
function inOrder(
  functionName: string,
  table: AnyMatrix,
  names: readonly string[],
  expected: readonly string[],
): AnyMatrix {
  if (expected.length === names.length && expected.every((name, j) => names[j] === name)) return table;
  const positions = new Map(names.map((name, j) => [name, j]));
  const from = expected.map((name) => {
    const at = positions.get(name);
    if (at !== undefined) return at;
    throw new InputRangeError(
      `${functionName}: X must have the column ${show(name)} of the fit, got only ${names.slice(0, 20).join(", ")}. Add this column.`,
    );
  });
  if (isSparse(table)) return { ...takeSparseColumns(table, from), names: expected };
  const data = zeros(elementTypeOf(table.data), table.rows * expected.length);
  for (let i = 0, at = 0; i < table.rows; i++) {
    for (const j of from) data[at++] = table.data[i * table.columns + j]!;
  }
  return { data, rows: table.rows, columns: expected.length, names: expected };
}

/** @throws TypeError for an entry that is not a number */
export function requireNumbers(functionName: string, name: string, list: ArrayLike<unknown>, remedy: string): void {
  for (let i = 0; i < list.length; i++) {
    if (typeof list[i] === "number") continue;
    throw new InputTypeError(
      `${functionName}: ${name} must be numbers, got ${show(list[i])} in row ${i}. ` +
        (Array.isArray(list[i]) ? "Pass one number per row, not an array per row." : remedy),
    );
  }
}
