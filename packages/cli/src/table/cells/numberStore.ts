// Memory for a growing number of rows. WebAssembly memory grows in place. An array would be copied, and both copies would be in
// memory at the same time.

import { formatCount } from "@downhill/plots/format";
import { growingMatrix } from "downhill";
import { MemoryError, UsageError } from "../../errors/errors.ts";
import { show } from "../../errors/quoting.ts";

const MOST = 4096; // MiB, the limit of a training run
const VARIABLE = "DOWNHILL_MEMORY";

/** The largest table in memory [MiB]: the environment variable DOWNHILL_MEMORY can lower it. */
function limit(command: string): number {
  const text = process.env[VARIABLE] ?? "";
  if (text === "") return MOST;
  const own = Number(text);
  if (own >= 1 && own <= MOST) return own;
  throw new UsageError(
    `${command}: the variable ${VARIABLE} must be a number of MiB from 1 to ${MOST}, got ${show(text)}. Set another number, or remove it.`,
  );
}

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
      requireMemory(command, rows, width);
      if (rows * width <= numbers.length) return numbers;
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
  const most = limit(command);
  if (8 * rows * width < most * 2 ** 20) return;
  const text = most === MOST ? "4 GiB" : `${most} MiB (${VARIABLE})`;
  throw new MemoryError(
    `${command}: the table must fit into ${text} of memory, but it has ${sizeText(rows, width)}. ` +
      `${command === "train" ? "Read it in parts with --stream, or use" : "Use"} fewer rows (in a query: SELECT … FROM … USING SAMPLE 1000000 ROWS).`,
    `they do not fit into ${text} of memory`,
  );
}

const noMemory = (command: string, rows: number, width: number): MemoryError =>
  new MemoryError(
    `${command}: this computer has not enough free memory for ${sizeText(rows, width)}. Use fewer rows, or leave columns out.`,
    "this computer has not enough free memory for all of them",
  );

function sizeText(rows: number, width: number): string {
  const bytes = 8 * rows * width;
  const size = bytes >= 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(1)} GiB` : `${Math.ceil(bytes / 2 ** 20)} MiB`;
  return `${formatCount(rows)} rows of ${formatCount(width)} ${width === 1 ? "number" : "numbers"}, which take ${size}`;
}
