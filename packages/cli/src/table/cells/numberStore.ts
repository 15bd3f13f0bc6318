// Rows of numbers that grow in number without being copied: the memory of a WebAssembly module grows in place, where an array
// that grows must be copied, and holds the table twice while it is.

import { formatCount } from "@downhill/plots/format";
import { DataError } from "../../errors/errors.ts";

/** The part of WebAssembly's interface that is used: TypeScript has its types only with those of browsers. */
interface GrowingMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
const { Memory } = (
  globalThis as unknown as {
    WebAssembly: { Memory: new (pages: { initial: number; maximum: number }) => GrowingMemory };
  }
).WebAssembly;

const PAGE = 65_536;
const STEP = 128; // pages that are added at a time
const MOST_PAGES = 65_536; // 4 GiB, which is also the most that a training run can hold

/** Numbers row by row, `width` to a row. */
export interface NumberStore {
  readonly width: number;
  /** Makes room for so many rows in all; returns the numbers, which it may have moved to another view. */
  reserve(rows: number): Float64Array;
}

/**
 * A store without rows.
 *
 * @throws DataError from `reserve` when the rows need more memory than there is, or than a run can hold
 */
export function numberStore(command: string, width: number): NumberStore {
  const memory = new Memory({ initial: 0, maximum: MOST_PAGES });
  let view = new Float64Array(memory.buffer);
  return {
    width,
    reserve(rows) {
      const wanted = rows * width;
      if (wanted <= view.length) return view;
      requireMemory(command, rows, width);
      const pages = Math.ceil((8 * wanted) / PAGE);
      try {
        memory.grow(Math.min(MOST_PAGES, Math.ceil(pages / STEP) * STEP) - memory.buffer.byteLength / PAGE);
      } catch {
        throw noMemory(command, rows, width);
      }
      view = new Float64Array(memory.buffer);
      return view;
    },
  };
}

/** @throws DataError when a table of so many rows and columns is more than a run can hold */
export function requireMemory(command: string, rows: number, width: number): void {
  if (8 * rows * width <= MOST_PAGES * PAGE) return;
  throw new DataError(
    `${command}: the table must fit into 4 GiB of memory, got ${sizeText(rows, width)}. ` +
      "Use fewer rows (in a query: SELECT … FROM … USING SAMPLE 1000000 ROWS), or leave columns out.",
  );
}

/** A matrix of zeros. Throws DataError when there is no memory for it. */
export function zeros(command: string, rows: number, width: number): Float64Array {
  requireMemory(command, rows, width);
  try {
    return new Float64Array(rows * width);
  } catch {
    throw noMemory(command, rows, width);
  }
}

const noMemory = (command: string, rows: number, width: number): DataError =>
  new DataError(
    `${command}: this computer has no memory left for ${sizeText(rows, width)}. Use fewer rows, or leave columns out.`,
  );

function sizeText(rows: number, width: number): string {
  const bytes = 8 * rows * width;
  const size = bytes >= 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(1)} GiB` : `${Math.ceil(bytes / 2 ** 20)} MiB`;
  return `${formatCount(rows)} rows of ${formatCount(width)} ${width === 1 ? "number" : "numbers"}, which take ${size}`;
}
