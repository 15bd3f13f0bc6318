import { requireSize } from "../core/check.ts";
import type { Matrix } from "../core/matrix.ts";
import { lendMemory } from "./lentMemory.ts";
import { Memory, MOST_PAGES, PAGE } from "./webassembly.ts";

/** Memory for the rows of a matrix whose number is not yet known. */
export interface GrowingMatrix {
  /** Numbers per row. */
  readonly columns: number;
  /** Reserves memory for at least this number of rows, and returns the numbers, row by row. Earlier arrays may become empty. */
  reserve(rows: number): Float64Array;
  /** The matrix of the first rows. `reserve` must not be called afterwards. */
  finish(rows: number): Matrix;
}

// Pages added at a time: as many as there are, between these limits. Engines collect garbage when memory grows.
const FEWEST = 16;
const MOST = 4096;
const START = 64; // nothing is stored at address 0

// Free memory for a run. It takes no memory of the computer before a run uses it.
const FREE_PER_ROW = 64; // targets, weights, the order of the rows, and numbers that a stopping rule computes
const FREE = 1 << 22; // or as much as the matrix, if that is less: a copy of a small matrix takes little time

/**
 * Makes memory for the rows of a matrix whose number is not yet known. It grows without a copy of its numbers. The first run on
 * the whole matrix, or on its first rows, uses them where they are, if it does not standardize the columns and if it has one thread, or
 * with `shared` several threads. Any other run copies them, as usual.
 *
 * @param columns  numbers per row
 * @param shared  whether the numbers are in memory that threads can share [false]
 * @throws RangeError if `reserve` needs more memory than the engine has, or more than 4 GiB
 *
 * @example
 * ```ts
 * import { growingMatrix } from "downhill";
 *
 * const growing = growingMatrix(2);
 * for (let i = 0; i < 1000; i++) growing.reserve(i + 1).set([i, i * i], 2 * i);
 * const X = growing.finish(1000);
 * X.rows; // 1000
 * X.data[7]; // 9
 * ```
 */
export function growingMatrix(columns: number, shared = false): GrowingMatrix {
  requireSize("growingMatrix", "columns", columns);
  const memory = new Memory({ initial: 0, maximum: MOST_PAGES, shared });
  let numbers = new Float64Array(0);
  const grow = (bytes: number): void => {
    const pages = memory.buffer.byteLength / PAGE;
    const step = Math.min(Math.max(FEWEST, Math.min(pages, MOST)), MOST_PAGES - pages);
    memory.grow(Math.max(step, Math.ceil(bytes / PAGE) - pages));
    numbers = new Float64Array(memory.buffer, START);
  };
  return {
    columns,
    reserve(rows) {
      if (rows * columns > numbers.length) grow(START + 8 * rows * columns);
      return numbers;
    },
    finish(rows) {
      const free = START + 8 * rows * columns;
      try {
        grow(free + FREE_PER_ROW * rows + Math.min(free, FREE));
        lendMemory({ memory, free, shared });
      } catch {
        // There is not enough memory, so a run will copy the matrix.
      }
      return { data: numbers.subarray(0, rows * columns), rows, columns };
    },
  };
}
