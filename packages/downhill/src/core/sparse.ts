// Matrices whose numbers are mostly 0, stored as compressed sparse rows (CSR): only the numbers that are not 0, row by row.
import { InputRangeError, InputTypeError, requireLength, requireSize, show } from "./check.ts";
import type { Matrix } from "./matrix.ts";
import { type ElementType, elementTypeOf, type Vector, zeros } from "./vector.ts";

/**
 * A sparse matrix: row i has the numbers `values[e]` in the columns `indices[e]`, for e from `indptr[i]` to `indptr[i + 1]` − 1, and 0
 * in all other columns. `sparse`, `sparseFromRecords` and `readSvmlight` make one.
 */
export interface SparseMatrix {
  /** rows + 1 positions; the first is 0. */
  readonly indptr: Uint32Array;
  /** The column of each number; within a row they increase. */
  readonly indices: Uint32Array;
  /** The numbers. A Float32Array makes a run train in float32. */
  readonly values: Vector;
  /** The number of rows. */
  readonly rows: number;
  /** The number of columns. */
  readonly columns: number;
  /** The name of each column. A model that was fitted with names finds its columns by name. */
  readonly names?: readonly string[];
}

/** A dense or a sparse matrix. */
export type AnyMatrix = Matrix | SparseMatrix;

export const isSparse = (X: unknown): X is SparseMatrix => X instanceof Object && "indptr" in X;

/** The numbers that are stored: all, or those of a sparse matrix that are not 0. */
export const numbersOf = (X: AnyMatrix): Vector => (isSparse(X) ? X.values : X.data);

export const elementTypeOfMatrix = (X: AnyMatrix): ElementType => elementTypeOf(numbersOf(X));

const checked = new WeakSet<SparseMatrix>();

/**
 * Makes a matrix of the numbers that are not 0, as compressed sparse rows (CSR): row i has the numbers `values[e]` in the columns
 * `indices[e]`, for e = indptr[i] … indptr[i + 1] − 1. Typed arrays of the right type are used without a copy.
 *
 * @param indptr  rows + 1 positions: 0, the end of row 0, the end of row 1, …
 * @param indices  the column of each number, from 0 to columns − 1; within a row they increase
 * @param values  as many finite numbers; a Float64Array or Float32Array is used without a copy
 * @param columns  number of columns, at least 1
 * @throws RangeError if lengths, positions or columns do not fit together, or a number is not finite; the message has the row
 *
 * @example
 * ```ts
 * import { logisticRegression, sparse } from "downhill";
 *
 * const X = sparse([0, 2, 3, 3], [0, 4, 1], [1, 2, 1], 5); // [[1, 0, 0, 0, 2], [0, 1, 0, 0, 0], [0, 0, 0, 0, 0]]
 * logisticRegression().fit(X, ["spam", "ham", "ham"]).predict(X); // ["spam", "ham", "ham"]
 * ```
 */
export function sparse(
  indptr: ArrayLike<number>,
  indices: ArrayLike<number>,
  values: ArrayLike<number>,
  columns: number,
): SparseMatrix {
  requireSize("sparse", "columns", columns);
  requireLength("sparse", "indices", indices, "number", values.length);
  const kept = values instanceof Float64Array || values instanceof Float32Array ? values : Float64Array.from(values);
  const made = { indptr: integers("indptr", indptr), indices: integers("indices", indices), values: kept };
  return requireSparse("sparse", { ...made, rows: indptr.length - 1, columns });
}

function integers(name: string, list: ArrayLike<number>): Uint32Array {
  if (list instanceof Uint32Array) return list;
  const copy = Uint32Array.from(list);
  for (let i = 0; i < copy.length; i++) {
    if (copy[i] === list[i]) continue;
    throw new InputRangeError(
      `sparse: ${name} must be whole numbers from 0 to 4294967295, got ${show(list[i])} at position ${i}. Pass whole numbers.`,
    );
  }
  return copy;
}

/** @throws RangeError or TypeError unless X is a matrix as `sparse` makes it; it is checked once */
export function requireSparse(functionName: string, X: SparseMatrix): SparseMatrix {
  if (checked.has(X)) return X;
  const { indptr, indices, values, rows, columns } = X;
  const fail = (rule: string, advice = "Make X with sparse."): never => {
    throw new InputRangeError(`${functionName}: ${rule}. ${advice}`);
  };
  if (!(indptr instanceof Uint32Array && indices instanceof Uint32Array && ArrayBuffer.isView(values))) {
    throw new InputTypeError(
      `${functionName}: indptr and indices must be Uint32Arrays and values a Float64Array or Float32Array. Make X with sparse.`,
    );
  }
  if (rows < 1) fail(`indptr must have a position before and after each of at least one row, got ${indptr.length}`);
  if (indptr[0] !== 0) fail(`indptr must begin with 0, got ${indptr[0]}`, "Begin with the numbers of row 0.");
  if (indptr.length !== rows + 1 || indices.length !== values.length || indptr[rows] !== indices.length) {
    const lengths = `${indptr[rows]} for ${indices.length} columns and ${values.length} numbers`;
    fail(`indptr must end with the number of entries, got ${lengths}`, "Pass one column and one number per entry.");
  }
  for (let i = 0; i < rows; i++) {
    const [from, to] = [indptr[i]!, indptr[i + 1]!];
    if (to < from || to > indices.length) {
      fail(`indptr must not decrease, got ${from} and then ${to} in row ${i}`, "Pass the end of each row.");
    }
    for (let e = from, before = -1; e < to; e++) {
      const column = indices[e]!;
      if (column >= columns) {
        const advice = "Pass more columns, or count columns from 0.";
        fail(`the columns of a row must be below columns = ${columns}, got ${column} in row ${i}`, advice);
      }
      if (column <= before) {
        const found = column === before ? `column ${column} twice` : `column ${column} after ${before}`;
        fail(
          `the columns of a row must increase, got ${found} in row ${i}`,
          "Sort each row, and add up equal columns.",
        );
      }
      if (!Number.isFinite(values[e])) {
        const advice = "Remove the row or supply the value.";
        fail(`values must hold finite numbers, got ${show(values[e])} in row ${i}, column ${column}`, advice);
      }
      before = column;
    }
  }
  checked.add(X);
  return X;
}

/** Marks a sparse matrix that the library has made, so that it need not be checked. */
export function markSparse(X: SparseMatrix): SparseMatrix {
  checked.add(X);
  return X;
}

/** Row i of the result is row `rows[i]` of X. */
export function takeSparseRows(X: SparseMatrix, rows: ArrayLike<number>): SparseMatrix {
  const indptr = new Uint32Array(rows.length + 1);
  for (let i = 0; i < rows.length; i++) indptr[i + 1] = indptr[i]! + X.indptr[rows[i]! + 1]! - X.indptr[rows[i]!]!;
  const length = indptr[rows.length]!;
  const indices = new Uint32Array(length);
  const values = zeros(elementTypeOf(X.values), length);
  for (let i = 0; i < rows.length; i++) {
    const [from, to] = [X.indptr[rows[i]!]!, X.indptr[rows[i]! + 1]!];
    indices.set(X.indices.subarray(from, to), indptr[i]);
    values.set(X.values.subarray(from, to), indptr[i]);
  }
  return markSparse({ ...X, indptr, indices, values, rows: rows.length });
}

/** Column j of the result is column `from[j]` of X. */
export function takeSparseColumns(X: SparseMatrix, from: readonly number[]): SparseMatrix {
  const to = new Map(from.map((column, j) => [column, j]));
  const indptr = new Uint32Array(X.rows + 1);
  const entries: { j: number; e: number }[] = [];
  for (let i = 0; i < X.rows; i++) {
    const row: { j: number; e: number }[] = [];
    for (let e = X.indptr[i]!; e < X.indptr[i + 1]!; e++) {
      const j = to.get(X.indices[e]!);
      if (j !== undefined) row.push({ j, e });
    }
    for (const each of row.sort((a, b) => a.j - b.j)) entries.push(each);
    indptr[i + 1] = entries.length;
  }
  const values = zeros(elementTypeOf(X.values), entries.length);
  entries.forEach(({ e }, at) => {
    values[at] = X.values[e]!;
  });
  const indices = Uint32Array.from(entries, ({ j }) => j);
  return markSparse({ indptr, indices, values, rows: X.rows, columns: from.length });
}

/**
 * The same matrix with all its zeros: rows · columns numbers.
 *
 * @example
 * ```ts
 * import { sparse, toDense } from "downhill";
 *
 * toDense(sparse([0, 1, 2], [0, 1], [7, 8], 2)).data; // [7, 0, 0, 8]
 * ```
 */
export function toDense(X: SparseMatrix): Matrix {
  const { indptr, indices, values, rows, columns, names } = requireSparse("toDense", X);
  const data = zeros(elementTypeOf(values), rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let e = indptr[i]!; e < indptr[i + 1]!; e++) data[i * columns + indices[e]!] = values[e]!;
  }
  return { data, rows, columns, ...(names && { names }) };
}
