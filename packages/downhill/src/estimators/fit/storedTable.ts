// The stored rows of an estimator: their checks, and their targets and weights as the loss expects them.
import { InputRangeError, InputTypeError, requireFinite, show } from "../../core/check.ts";
import type { Label } from "../../core/label.ts";
import type { Matrix } from "../../core/matrix.ts";
import { type Vector, zeros } from "../../core/vector.ts";
import { chunkCount, rowsOfChunk, type StoredRows } from "../../kernels/storedRows.ts";
import type { Targets } from "./model.ts";

/** Stored rows for an estimator, before anything is scaled. L is the type of the labels. */
export interface StoredTable<L extends Label = Label> {
  /** Per row: the numbers of the columns, one target, and a weight if there are weights. The target is a number, or the index of a class. */
  readonly rows: StoredRows;
  /** The classes, in the order of the scores; only for classifiers. In memory their order is that of the sorted labels. */
  readonly classes?: readonly L[];
  /** The name of each column. A model that was fitted with names finds its columns by name. */
  readonly names?: readonly string[];
  /** Whether a column keeps its unit when the columns are standardized (`Matrix.unscaled`) [none]. */
  readonly unscaled?: readonly boolean[];
}

/** A chunk of stored rows. The next chunk overwrites its numbers. */
export interface StoredChunk {
  /** The first row. */
  readonly from: number;
  readonly X: Matrix;
  readonly y: Float64Array;
  readonly weights: Float64Array | null;
}

/** Loads chunks of a stored table into memory of its own. */
export function chunkReader({ rows: stored, names, unscaled }: StoredTable): (chunk: number) => StoredChunk {
  const { columns, elementType, rowsPerChunk, weighted } = stored;
  const size = Math.min(rowsPerChunk, stored.rows);
  let memory: readonly [Vector, Float64Array, Float64Array] | undefined;
  return (chunk) => {
    memory ??= [zeros(elementType, size * columns), new Float64Array(size), new Float64Array(weighted ? size : 0)];
    const rows = rowsOfChunk(stored, chunk);
    const [inputs, y, w] = memory;
    const data = inputs.subarray(0, rows * columns);
    const weights = weighted ? w.subarray(0, rows) : null;
    stored.load(chunk, data, y.subarray(0, rows), weights);
    const X = { data, rows, columns, ...(names && { names }), ...(unscaled && { unscaled }) };
    return { from: chunk * rowsPerChunk, X, y: y.subarray(0, rows), weights };
  };
}

/** @throws TypeError or RangeError for a table whose parts do not fit together, or that does not fit the model */
export function requireStoredTable(functionName: string, table: StoredTable, predictsClasses: boolean): void {
  const { rows, names, unscaled, classes } = Object(table) as Partial<StoredTable>;
  if (typeof rows?.load !== "function") {
    throw new InputTypeError(
      `${functionName}: rows must be stored rows, got ${show(rows)}. Pass { rows: storedRows(…) }; fit takes tables in memory.`,
    );
  }
  const fail = (rule: string, got: unknown, advice: string): never => {
    throw new InputRangeError(`${functionName}: ${rule}, got ${show(got)}. ${advice}`);
  };
  if (rows.targets !== 1) fail("rows must have one target", rows.targets, "Store a number, or the index of a class.");
  if (rows.pairs) fail("rows must have numbers as inputs", "pairs", "Pass the stored pairs to a risk with factors.");
  for (const [name, list] of Object.entries({ names, unscaled })) {
    if (list && list.length !== rows.columns)
      fail(`${name} must have ${rows.columns} entries`, list.length, "Pass one per column.");
  }
  if (names && new Set(names).size !== names.length)
    fail("names must differ", names.join(", "), "Pass distinct names.");
  if (predictsClasses && !Array.isArray(classes)) {
    fail("classes must be a list of labels", classes, "Pass the classes whose indices are the targets.");
  }
  if (!predictsClasses && classes)
    fail("classes must be left out for numbers", classes, "Use a classifier, or leave them out.");
}

/** Checks all rows; returns the largest weight, and the number of rows of each class. */
export function checkRows(
  functionName: string,
  table: StoredTable,
  targetsOf: (functionName: string, y: Vector) => Targets,
): { readonly largestWeight: number; readonly counts: number[] } {
  const read = chunkReader(table);
  const counts = (table.classes ?? []).map(() => 0);
  let largestWeight = 0;
  for (let chunk = 0; chunk < chunkCount(table.rows); chunk++) {
    const { from, X, y, weights } = read(chunk);
    const place = from === 0 ? functionName : `${functionName} (rows from ${from} on)`;
    requireFinite(place, "the inputs", X.data, X.columns);
    if (table.classes) for (const [i, index] of y.entries()) countClass(place, counts, index, i);
    else targetsOf(place, y);
    if (!weights) continue;
    requireFinite(place, "weights", weights);
    for (const [i, weight] of weights.entries()) {
      if (weight < 0) {
        throw new InputRangeError(
          `${place}: weights must be at least 0, got ${weight} in row ${i}. Store 0 to ignore the row.`,
        );
      }
      largestWeight = Math.max(largestWeight, weight);
    }
  }
  return { largestWeight, counts };
}

function countClass(functionName: string, counts: number[], index: number, row: number): void {
  if (counts[index] === undefined) {
    throw new InputRangeError(
      `${functionName}: targets must be indices of the ${counts.length} classes, got ${index} in row ${row}. Store 0 for the first class.`,
    );
  }
  counts[index]! += 1;
}
