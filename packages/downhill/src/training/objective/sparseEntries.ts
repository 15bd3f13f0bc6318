import { type Vector, viewOf } from "../../core/vector.ts";
import type { Arena } from "../../kernels/arena.ts";
import type { RowLocation } from "../../kernels/source.ts";

/** Sums over the entries of single sparse rows, in float64 with either element type. */
export interface EntrySums {
  /** out_j += a · x² for each entry x of row i, with its column j. */
  addSquares(i: number, a: number, out: Float64Array): void;
}

/** The numbers of the entries of n sparse rows in the arena. */
export function numbersOfEntries({ elementType, memory }: Arena, { address, entries }: RowLocation, n: number): Vector {
  const count = new Uint32Array(memory.buffer, address, 2 * n)[2 * n - 1]!;
  return viewOf(elementType, memory.buffer, entries!.values, count);
}

/** Binds the sums of n sparse rows, whose numbers are these. */
export function entrySums(
  buffer: ArrayBuffer,
  { address, entries }: RowLocation,
  n: number,
  values: Vector,
): EntrySums {
  const rows = new Uint32Array(buffer, address, 2 * n);
  const columns = new Uint32Array(buffer, entries!.columns, values.length);
  return {
    addSquares(i, a, out) {
      for (let e = rows[2 * i]!; e < rows[2 * i + 1]!; e++) out[columns[e]!]! += a * values[e]! * values[e]!;
    },
  };
}
