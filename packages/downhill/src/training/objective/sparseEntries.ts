import { type Vector, viewOf } from "../../core/vector.ts";
import type { Arena } from "../../kernels/arena.ts";
import type { RowBlocks } from "../../kernels/rowBlocks.ts";

/** Sums over the entries of single sparse rows, in float64 with either element type. */
export interface EntrySums {
  /** out_{at + j} += a · x for each entry x of row i, with its column j. */
  addRow(i: number, a: number, out: Vector, at: number): void;
  /** out_j += a · x². */
  addSquares(i: number, a: number, out: Float64Array): void;
}

/** Binds the sums of n sparse rows in the arena. */
export function bindEntries({ elementType, memory }: Arena, { address, entries }: RowBlocks, n: number): EntrySums {
  const rows = new Uint32Array(memory.buffer, address, 2 * n);
  const count = rows[2 * n - 1]!;
  const columns = new Uint32Array(memory.buffer, entries!.columns, count);
  const values = viewOf(elementType, memory.buffer, entries!.values, count);
  return {
    addRow(i, a, out, at) {
      for (let e = rows[2 * i]!; e < rows[2 * i + 1]!; e++) out[at + columns[e]!]! += a * values[e]!;
    },
    addSquares(i, a, out) {
      for (let e = rows[2 * i]!; e < rows[2 * i + 1]!; e++) out[columns[e]!]! += a * values[e]! * values[e]!;
    },
  };
}
