import type { Pairs } from "../../core/pairs.ts";
import { type AnyMatrix, isSparse } from "../../core/sparse.ts";
import type { Vector } from "../../core/vector.ts";
import { matrixOf, type Table } from "../../estimators/fit/table.ts";

/** Functions that copy data for a worker. They collect the buffers of the copies, which can be moved to the worker. */
export interface Copies {
  /** Copies a list into a typed array or an array. A list in shared memory is not copied. */
  list<T>(values: ArrayLike<T>): ArrayLike<T>;
  /** Copies a table. */
  table(X: Table): Table;
  /** Copies the lists of ratings or pairs. */
  columns<T extends Pairs>(lists: T): T;
  readonly buffers: readonly ArrayBuffer[];
}

const isShared = (buffer: ArrayBufferLike): boolean =>
  typeof SharedArrayBuffer === "function" && buffer instanceof SharedArrayBuffer;

/** A value that is not a list or a table is not copied: the fit then throws its usual error. */
export function copies(): Copies {
  const buffers: ArrayBuffer[] = [];

  function list<T>(values: ArrayLike<T>): ArrayLike<T> {
    if (!ArrayBuffer.isView(values)) return values?.length === undefined ? values : Array.from(values);
    const view = values as unknown as Float64Array;
    if (isShared(view.buffer)) return values;
    const copy = view.slice();
    buffers.push(copy.buffer);
    return copy as unknown as ArrayLike<T>;
  }

  function table(X: Table): Table {
    if (!Array.isArray(X)) return withCopy(X as AnyMatrix);
    // One typed array is sent faster than many arrays or records.
    const rows = matrixOf("fit", X);
    buffers.push(rows.data.buffer as ArrayBuffer);
    return rows;
  }
  function withCopy(X: AnyMatrix): AnyMatrix {
    if (isSparse(X)) {
      const [indptr, indices] = [list(X.indptr), list(X.indices)] as Uint32Array[];
      return { ...X, indptr: indptr!, indices: indices!, values: list(X.values) as Vector };
    }
    return X?.data === undefined ? X : { ...X, data: list(X.data) as Vector };
  }

  const columns = <T extends Pairs>(lists: T): T =>
    Object.fromEntries(Object.entries(lists).map(([name, column]) => [name, list(column)])) as unknown as T;

  return { list, table, columns, buffers };
}
