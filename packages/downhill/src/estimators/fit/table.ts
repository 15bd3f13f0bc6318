import { InputRangeError, InputTypeError, requireFinite, show } from "../../core/check.ts";
import { type Matrix, matrixOfRows } from "../../core/matrix.ts";
import { elementOf, zeros } from "../../core/vector.ts";

/**
 * Rows of features: a matrix, an array of number arrays, or an array of records by column name. Training is in float32
 * where it is a matrix of float32 numbers, else in float64.
 */
export type Table =
  | Matrix
  | readonly (readonly number[] | Float64Array)[]
  | readonly Readonly<Record<string, number>>[];

/** The columns a model was fitted on. */
export interface Columns {
  readonly count: number;
  readonly names: readonly string[] | null;
}

const isMatrix = (X: Table): X is Matrix => !Array.isArray(X);

/**
 * A table as a matrix of finite numbers; of a fitted model's columns, in its order, when these are given.
 *
 * @throws RangeError or TypeError for an empty or ragged table, a missing or unknown column, an entry that is no finite
 * number
 */
export function matrixOf(functionName: string, X: Table, expected?: Columns): Matrix {
  if (X === null || typeof X !== "object" || ArrayBuffer.isView(X)) {
    throw new InputTypeError(
      `${functionName}: X must be a Matrix, an array of rows or an array of records, got ${show(X)}. ` +
        "Give one row per example, such as [[1], [2]], or matrix(numbers, rows, columns).",
    );
  }
  if (Array.isArray(X)) requireRows(functionName, X);
  const table = isMatrix(X)
    ? checked(functionName, X)
    : isRecords(X)
      ? matrixFromRecords(functionName, X, expected)
      : matrixOfRows(functionName, X);
  if (expected === undefined) return table;
  const ordered = table.names && expected.names ? inOrder(functionName, table, table.names, expected.names) : table;
  if (ordered.columns !== expected.count) {
    throw new InputRangeError(
      `${functionName}: X must have the ${expected.count} columns of the fit, got ${ordered.columns}. Supply the same columns.`,
    );
  }
  return ordered;
}

/** @throws TypeError for a list whose entries are not all rows of one kind */
function requireRows(functionName: string, X: readonly unknown[]): void {
  if (X.length === 0) {
    throw new InputRangeError(`${functionName}: X must have at least one row, got an empty array. Supply rows.`);
  }
  const records = isRecords(X);
  for (let i = 0; i < X.length; i++) {
    const row = X[i];
    if (row !== null && typeof row === "object" && isRecords([row]) === records) continue;
    const wanted = i === 0 ? "an array of numbers or a record" : records ? "a record" : "an array of numbers";
    throw new InputTypeError(
      `${functionName}: every row of X must be ${wanted}, got ${show(row)} in row ${i}. ` +
        (typeof row === "number"
          ? "Put the numbers of one example into an array of their own: [[1], [2]]."
          : "Supply the row."),
    );
  }
}

const isRecords = (X: readonly unknown[]): X is readonly Readonly<Record<string, number>>[] =>
  X[0] !== null && typeof X[0] === "object" && !Array.isArray(X[0]) && !ArrayBuffer.isView(X[0]);

function checked(functionName: string, X: Matrix): Matrix {
  if (X.rows < 1 || X.columns < 1 || X.data?.length !== X.rows * X.columns) {
    throw new InputRangeError(
      `${functionName}: X must have rows × columns numbers and at least one of each, got ${X.rows} × ${X.columns} with ` +
        `${X.data?.length} numbers. Supply rows.`,
    );
  }
  if (!ArrayBuffer.isView(X.data)) {
    throw new InputTypeError(
      `${functionName}: X.data must be a Float64Array or Float32Array, got ${show(X.data)}. Make X by matrix or matrixFromRows.`,
    );
  }
  if (X.names && (X.names.length !== X.columns || new Set(X.names).size !== X.columns)) {
    throw new InputRangeError(
      `${functionName}: X.names must be one different name per column (${X.columns}), got ${X.names.join(", ")}. Correct them.`,
    );
  }
  requireFinite(functionName, "X", X.data, X.columns);
  return X;
}

function matrixFromRecords(
  functionName: string,
  records: readonly Readonly<Record<string, number>>[],
  expected?: Columns,
): Matrix {
  const names = expected?.names ?? Object.keys(records[0]!);
  const data = new Float64Array(records.length * names.length);
  records.forEach((record, i) => {
    names.forEach((name, j) => {
      const value = Object.hasOwn(record, name) ? record[name] : undefined;
      if (typeof value !== "number") {
        throw new InputTypeError(
          `${functionName}: column ${show(name)} must be a number in every record, got ${show(value)} in record ${i}. ` +
            "Supply the value or encode it.",
        );
      }
      data[i * names.length + j] = value;
    });
    if (expected === undefined && Object.keys(record).length !== names.length) {
      const extra = Object.keys(record).find((name) => !names.includes(name));
      throw new InputRangeError(
        `${functionName}: every record must have the columns of record 0, got ${show(extra)} in record ${i}. ` +
          "Give all records the same columns.",
      );
    }
  });
  requireFinite(functionName, "X", data, names.length);
  return { data, rows: records.length, columns: names.length, names };
}

function inOrder(functionName: string, table: Matrix, names: readonly string[], wanted: readonly string[]): Matrix {
  if (wanted.length === names.length && wanted.every((name, j) => names[j] === name)) return table;
  const from = wanted.map((name) => {
    const at = names.indexOf(name);
    if (at >= 0) return at;
    throw new InputRangeError(
      `${functionName}: X must have the column ${show(name)} of the fit, got ${names.join(", ")}. Add it.`,
    );
  });
  const data = zeros(elementOf(table.data), table.rows * wanted.length);
  for (let i = 0, at = 0; i < table.rows; i++) {
    for (const j of from) data[at++] = table.data[i * table.columns + j]!;
  }
  return { data, rows: table.rows, columns: wanted.length, names: wanted };
}
