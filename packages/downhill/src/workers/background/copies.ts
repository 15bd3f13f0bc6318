import type { Matrix } from "../../core/matrix.ts";
import type { Pairs } from "../../core/pairs.ts";
import type { Vector } from "../../core/vector.ts";
import { matrixOf, type Table } from "../../estimators/fit/table.ts";

/** Copies for a worker, and the buffers of those that can be moved to it. */
export interface Copies {
  /** A list as typed array or array; one in shared memory stays where it is. */
  list<T>(given: ArrayLike<T>): ArrayLike<T>;
  table(X: Table): Table;
  /** Ratings, or pairs, list by list. */
  columns<T extends Pairs>(given: T): T;
  readonly buffers: readonly ArrayBuffer[];
}

const isShared = (buffer: ArrayBufferLike): boolean =>
  typeof SharedArrayBuffer === "function" && buffer instanceof SharedArrayBuffer;

/** What is no list or table goes as it is: the fit says what is wrong with it. */
export function copies(): Copies {
  const buffers: ArrayBuffer[] = [];

  function list<T>(given: ArrayLike<T>): ArrayLike<T> {
    if (!ArrayBuffer.isView(given)) return given?.length === undefined ? given : Array.from(given);
    const view = given as unknown as Float64Array;
    if (isShared(view.buffer)) return given;
    const copy = view.slice();
    buffers.push(copy.buffer);
    return copy as unknown as ArrayLike<T>;
  }

  function table(X: Table): Table {
    if (!Array.isArray(X)) return withCopy(X as Matrix);
    // Numbers side by side travel faster than arrays or records, each on its own.
    const rows = matrixOf("fit", X);
    buffers.push(rows.data.buffer as ArrayBuffer);
    return rows;
  }
  const withCopy = (X: Matrix): Matrix => (X?.data === undefined ? X : { ...X, data: list(X.data) as Vector });

  const columns = <T extends Pairs>(given: T): T =>
    Object.fromEntries(Object.entries(given).map(([name, column]) => [name, list(column)])) as unknown as T;

  return { list, table, columns, buffers };
}
