import { InputRangeError, InputTypeError, known, requireOneOf, requireRows, show } from "./check.ts";
import { markSparse, type SparseMatrix } from "./sparse.ts";

/** Options of `sparseFromRecords`. */
export interface SparseRecordOptions {
  /** The names of the columns, for a model that was fitted with names: `model.names` [the keys, in order of first appearance]. */
  readonly names?: readonly string[];
  /** What happens to a key that is not among `names`: "error", or "drop" ["error"]. */
  readonly unseen?: "error" | "drop";
}

/**
 * Makes a sparse matrix of records: a key is the name of a column, and a record without it has a 0 there.
 *
 * @param records  at least one record of finite numbers, such as the counts of the words of a text
 * @throws TypeError for a value that is not a number; RangeError for one that is not finite, and for a key that is not among `names`
 *
 * @example
 * ```ts
 * import { linearSvm, sparseFromRecords } from "downhill";
 *
 * const X = sparseFromRecords([{ cheap: 2, pills: 1 }, { meeting: 1, monday: 1 }]);
 * const model = linearSvm().fit(X, ["spam", "ham"]);
 * model.predict(sparseFromRecords([{ pills: 1, now: 1 }], { names: model.names!, unseen: "drop" })); // ["spam"]
 * ```
 */
export function sparseFromRecords(
  records: readonly Readonly<Record<string, number>>[],
  options: SparseRecordOptions = {},
): SparseMatrix {
  const functionName = "sparseFromRecords";
  const { names, unseen = "error" } = known(functionName, options, "names", "unseen");
  requireOneOf(functionName, "unseen", unseen, ["error", "drop"]);
  requireRows(functionName, records);
  const columns = new Map<string, number>(names?.map((name, j) => [name, j]));
  const indptr = new Uint32Array(records.length + 1);
  const indices: number[] = [];
  const values: number[] = [];
  records.forEach((record, i) => {
    if (record === null || typeof record !== "object" || Array.isArray(record)) {
      throw new InputTypeError(
        `${functionName}: every row must be a record, got ${show(record)} in row ${i}. Pass { name: number }.`,
      );
    }
    const row: [column: number, value: number][] = [];
    for (const [name, value] of Object.entries(record)) {
      if (typeof value !== "number" || !Number.isFinite(value)) {
        const InputError = typeof value === "number" ? InputRangeError : InputTypeError;
        throw new InputError(
          `${functionName}: every value must be a finite number, got ${show(value)} for ${show(name)} in row ${i}. ` +
            "Supply a number, or leave the key out: it is then 0.",
        );
      }
      let column = columns.get(name);
      if (column === undefined) {
        if (names) {
          if (unseen === "drop") continue;
          throw new InputRangeError(
            `${functionName}: every key must be among names, got ${show(name)} in row ${i}. ` +
              'Leave it out, or pass unseen: "drop".',
          );
        }
        column = columns.size;
        columns.set(name, column);
      }
      if (value !== 0) row.push([column, value]);
    }
    row.sort(([a], [b]) => a - b);
    for (const [column, value] of row) {
      indices.push(column);
      values.push(value);
    }
    indptr[i + 1] = indices.length;
  });
  if (columns.size === 0) {
    throw new InputRangeError(`${functionName}: there must be at least one key, got none. Pass { name: number }.`);
  }
  return markSparse({
    indptr,
    indices: Uint32Array.from(indices),
    values: Float64Array.from(values),
    rows: records.length,
    columns: columns.size,
    names: [...columns.keys()],
  });
}
