// Memory for a growing number of rows. WebAssembly memory grows in place. An array would be copied, and both copies would be in
// memory at the same time.

import { formatCount } from "@downhill/plots/format";
import { growingMatrix } from "downhill";
import { MemoryError } from "../../errors/errors.ts";

const LIMIT = 2 ** 32; // bytes; also the limit of a training run

/** A row-major matrix of numbers with `width` columns. */
export interface NumberStore {
  readonly width: number;
  /** Grows to this number of rows; returns a view of the numbers. Earlier views may be detached. */
  reserve(rows: number): Float64Array;
  /** The numbers of all rows. */
  finish(rows: number): Float64Array;
}

/**
 * An empty store. Its method `reserve` throws a DataError if the rows need more memory than the computer or a run has.
 *
 * @param width  at least 1
 * @param shared  whether threads can share its memory
 */
export function numberStore(command: string, width: number, shared = false): NumberStore {
  const matrix = growingMatrix(width, shared);
  let finished: Float64Array | undefined;
  let numbers: Float64Array = new Float64Array(0);
  return {
    width,
    reserve(rows) {
      if (rows * width <= numbers.length) return numbers;
      requireMemory(command, rows, width);
      try {
        numbers = matrix.reserve(rows);
      } catch {
        throw noMemory(command, rows, width);
      }
      return numbers;
    },
    finish(rows) {
      finished ??= matrix.finish(rows).data as Float64Array; // the columns share it
      return finished;
    },
  };
}

/** @throws DataError if a table of this size is too large for a run */
export function requireMemory(command: string, rows: number, width: number): void {
  if (8 * rows * width < LIMIT) return;
  throw new MemoryError(
    `${command}: the table must fit into 4 GiB of memory, but it has ${sizeText(rows, width)}. ` +
      `${command === "train" ? "Read it in parts with --stream, or use" : "Use"} fewer rows (in a query: SELECT … FROM … USING SAMPLE 1000000 ROWS).`,
  );
}

const noMemory = (command: string, rows: number, width: number): MemoryError =>
  new MemoryError(
    `${command}: this computer has not enough free memory for ${sizeText(rows, width)}. Use fewer rows, or leave columns out.`,
  );

function sizeText(rows: number, width: number): string {
  const bytes = 8 * rows * width;
  const size = bytes >= 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(1)} GiB` : `${Math.ceil(bytes / 2 ** 20)} MiB`;
  return `${formatCount(rows)} rows of ${formatCount(width)} ${width === 1 ? "number" : "numbers"}, which take ${size}`;
}
