import { InputRangeError, InputTypeError, requireFinite, requireSize, show } from "./check.ts";
import { elementOf, type Vector, zeros } from "./vector.ts";

/** A dense row-major table: entry (i, j) is `data[i · columns + j]`. */
export interface Matrix {
  readonly data: Vector;
  readonly rows: number;
  readonly columns: number;
  /** The columns' names, where they have any. */
  readonly names?: readonly string[];
}

/**
 * A matrix over the given numbers, row by row.
 *
 * @param data  rows · columns finite numbers; a Float64Array or Float32Array is used as it is, not copied
 * @throws RangeError when the length is not rows · columns or an entry is not finite
 */
export function matrix(data: ArrayLike<number>, rows: number, columns: number): Matrix {
  requireSize("matrix", "rows", rows);
  requireSize("matrix", "columns", columns);
  if (data.length !== rows * columns) {
    throw new InputRangeError(
      `matrix: data must have rows × columns = ${rows} × ${columns} = ${rows * columns} numbers, got ${data.length}. ` +
        "Check the number of columns.",
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
 * The matrix whose rows are the given arrays.
 *
 * @throws RangeError when there is no row, a row's length differs from the first's, or an entry is not finite
 */
export const matrixFromRows = (rows: readonly (readonly number[] | Vector)[]): Matrix =>
  matrixOfRows("matrixFromRows", rows);

/** The same, with the name of the function whose argument the rows are, for the errors. */
export function matrixOfRows(functionName: string, rows: readonly (readonly number[] | Vector)[]): Matrix {
  const columns = rows[0]?.length ?? 0;
  requireSize(functionName, "rows", rows.length);
  requireSize(functionName, "columns", columns);
  const data = new Float64Array(rows.length * columns);
  for (const [i, row] of rows.entries()) {
    if (row.length !== columns) {
      throw new InputRangeError(
        `${functionName}: every row must have ${columns} numbers as row 0 has, got ${row.length} in row ${i}. ` +
          "Make the rows equally long.",
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
    `${functionName}: every entry must be a number, got ${show(value)} in row ${row}, column ${column}. Encode it first.`,
  );
}

/** The rows of X whose indices are given, in that order, as a matrix of its own with X's names and element. */
export function takeRows(X: Matrix, rows: ArrayLike<number>): Matrix {
  const data = zeros(elementOf(X.data), rows.length * X.columns);
  for (let i = 0, at = 0; i < rows.length; i++) {
    const from = rows[i]! * X.columns;
    for (let j = 0; j < X.columns; j++, at++) data[at] = X.data[from + j]!;
  }
  return { ...X, data, rows: rows.length };
}

/** Column j of X (0, 1, …). */
export function takeColumn(X: Matrix, j: number): Float64Array {
  return Float64Array.from({ length: X.rows }, (_, i) => X.data[i * X.columns + j]!);
}
