import { InputRangeError, InputTypeError, requireFinite, requireSize, show } from "./check.ts";
import { isSparse, type SparseMatrix, takeSparseRows } from "./sparse.ts";
import { elementTypeOf, type Vector, zeros } from "./vector.ts";

/** A dense table, stored row by row: entry (i, j) is `data[i · columns + j]`. `matrix` and `matrixFromRows` make one. */
export interface Matrix {
  /** rows · columns numbers. A Float32Array makes a run train in float32. */
  readonly data: Vector;
  /** The number of rows. */
  readonly rows: number;
  /** The number of columns. */
  readonly columns: number;
  /** The name of each column. A model that was fitted with names finds its columns by name. */
  readonly names?: readonly string[];
  /**
   * Whether a column keeps its unit when a model standardizes the columns: only its mean is subtracted [none]. `tableModel` sets this
   * for the features of 0 and 1 of categories. Otherwise a penalty would hardly shrink the coefficients of rare categories.
   */
  readonly unscaled?: readonly boolean[];
}

const checked = new WeakSet<Matrix>();

/** Marks a matrix whose numbers are known to be finite, so that a fit need not check them again. */
export function markFinite(X: Matrix): Matrix {
  checked.add(X);
  return X;
}

/** @throws RangeError for the first entry of X that is not finite, unless X is marked */
export function requireFiniteMatrix(functionName: string, X: Matrix): void {
  if (!checked.has(X)) requireFinite(functionName, "X", X.data, X.columns);
}

/**
 * Makes a matrix of numbers that are stored row by row: entry (i, j) is `data[i · columns + j]`.
 *
 * @param data  rows · columns finite numbers; a Float64Array or Float32Array is used without a copy
 * @param rows  number of rows, at least 1
 * @param columns  number of columns, at least 1
 * @throws RangeError if the length is not rows · columns or an entry is not finite; TypeError for an entry that is not a number
 *
 * @example
 * ```ts
 * import { matrix } from "downhill";
 *
 * const X = matrix([1, 2, 3, 4, 5, 6], 3, 2); // three rows of two numbers
 * X.rows; // 3
 * ```
 */
export function matrix(data: ArrayLike<number>, rows: number, columns: number): Matrix {
  requireSize("matrix", "rows", rows);
  requireSize("matrix", "columns", columns);
  if (data.length !== rows * columns) {
    throw new InputRangeError(
      `matrix: data must have rows · columns = ${rows} · ${columns} = ${rows * columns} numbers, got ${data.length}. ` +
        "Pass that many numbers, or change rows or columns.",
    );
  }
  const kept = data instanceof Float64Array || data instanceof Float32Array;
  const numbers = kept ? data : new Float64Array(data.length);
  if (numbers !== data) {
    for (let at = 0; at < data.length; at++) {
      numbers[at] = requireEntry("matrix", data[at], Math.floor(at / columns), at % columns);
    }
  }
  requireFinite("matrix", "data", numbers, columns);
  return { data: numbers, rows, columns };
}

/**
 * Makes a matrix of arrays, one per row. The numbers are copied.
 *
 * @param rows  at least one row; all rows have the same length
 * @throws RangeError if there is no row, if rows differ in length or if an entry is not finite; TypeError for an entry that is
 * not a number
 *
 * @example
 * ```ts
 * import { matrixFromRows } from "downhill";
 *
 * const X = matrixFromRows([[1, 2], [3, 4]]);
 * X.data; // [1, 2, 3, 4]
 * ```
 */
export const matrixFromRows = (rows: readonly (readonly number[] | Vector)[]): Matrix =>
  matrixOfRows("matrixFromRows", rows);

/** `matrixFromRows` for another function, whose name the messages have. */
export function matrixOfRows(functionName: string, rows: readonly (readonly number[] | Vector)[]): Matrix {
  const columns = rows[0]?.length ?? 0;
  requireSize(functionName, "rows", rows.length);
  requireSize(functionName, "columns", columns);
  const data = new Float64Array(rows.length * columns);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (row.length !== columns) {
      throw new InputRangeError(
        `${functionName}: every row must have as many numbers as row 0 (${columns}), got ${row.length} in row ${i}. ` +
          "Make all rows equally long.",
      );
    }
    for (let j = 0; j < columns; j++) data[i * columns + j] = requireEntry(functionName, row[j], i, j);
  }
  requireFinite(functionName, "rows", data, columns);
  return { data, rows: rows.length, columns };
}

function requireEntry(functionName: string, value: unknown, row: number, column: number): number {
  if (typeof value === "number") return value;
  throw new InputTypeError(
    `${functionName}: every entry must be a number, got ${show(value)} in row ${row}, column ${column}. ` +
      "Replace it with a number, or remove the row.",
  );
}

/**
 * Copies some rows of a dense or sparse matrix: row i of the result is row `rows[i]` of X. The column names and the element type stay.
 *
 * @param rows  indices of rows, from 0 to X.rows − 1
 *
 * @example
 * ```ts
 * import { matrixFromRows, takeRows } from "downhill";
 *
 * const X = matrixFromRows([[1, 2], [3, 4], [5, 6]]);
 * takeRows(X, [2, 0]).data; // [5, 6, 1, 2]
 * ```
 */
export function takeRows(X: Matrix, rows: ArrayLike<number>): Matrix;
export function takeRows(X: SparseMatrix, rows: ArrayLike<number>): SparseMatrix;
export function takeRows(X: Matrix | SparseMatrix, rows: ArrayLike<number>): Matrix | SparseMatrix;
export function takeRows(X: Matrix | SparseMatrix, rows: ArrayLike<number>): Matrix | SparseMatrix {
  if (isSparse(X)) return takeSparseRows(X, rows);
  const data = zeros(elementTypeOf(X.data), rows.length * X.columns);
  for (let i = 0, at = 0; i < rows.length; i++) {
    const from = rows[i]! * X.columns;
    for (let j = 0; j < X.columns; j++, at++) data[at] = X.data[from + j]!;
  }
  return { ...X, data, rows: rows.length };
}

/**
 * Copies column j of a matrix.
 *
 * @param j  index of the column, from 0 to X.columns − 1
 *
 * @example
 * ```ts
 * import { matrixFromRows, takeColumn } from "downhill";
 *
 * takeColumn(matrixFromRows([[1, 2], [3, 4]]), 1); // [2, 4]
 * ```
 */
export function takeColumn(X: Matrix, j: number): Float64Array {
  return Float64Array.from({ length: X.rows }, (_, i) => X.data[i * X.columns + j]!);
}
