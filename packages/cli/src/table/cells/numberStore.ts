// Memory for a growing number of rows. WebAssembly memory grows in place. An array would be copied, and both copies would be in
// memory at the same time.

import { formatCount } from "@downhill/plots/format";
import { DataError } from "../../errors/errors.ts";

/** The used part of WebAssembly's interface; TypeScript has its types only together with the types of browsers. */
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
const STEP = 128; // pages added at a time
const MAX_PAGES = 65_536; // 4 GiB, which is also the limit of a training run

/** A row-major matrix of numbers with `width` columns. */
export interface NumberStore {
  readonly width: number;
  /** Grows to this number of rows; returns a view of the numbers. Earlier views may be detached. */
  reserve(rows: number): Float64Array;
}

/**
 * An empty store. Its method `reserve` throws a DataError if the rows need more memory than the computer or a run has.
 */
export function numberStore(command: string, width: number): NumberStore {
  const memory = new Memory({ initial: 0, maximum: MAX_PAGES });
  let view = new Float64Array(memory.buffer);
  return {
    width,
    reserve(rows) {
      const count = rows * width;
      if (count <= view.length) return view;
      requireMemory(command, rows, width);
      const pages = Math.ceil((8 * count) / PAGE);
      try {
        memory.grow(Math.min(MAX_PAGES, Math.ceil(pages / STEP) * STEP) - memory.buffer.byteLength / PAGE);
      } catch {
        throw noMemory(command, rows, width);
      }
      view = new Float64Array(memory.buffer);
      return view;
    },
  };
}

/** @throws DataError if a table of this size is too large for a run */
export function requireMemory(command: string, rows: number, width: number): void {
  if (8 * rows * width <= MAX_PAGES * PAGE) return;
  throw new DataError(
    `${command}: the table must fit into 4 GiB of memory, but it has ${sizeText(rows, width)}. ` +
      "Use fewer rows (in a query: SELECT … FROM … USING SAMPLE 1000000 ROWS), or leave columns out.",
  );
}

const noMemory = (command: string, rows: number, width: number): DataError =>
  new DataError(
    `${command}: this computer has not enough free memory for ${sizeText(rows, width)}. Use fewer rows, or leave columns out.`,
  );

function sizeText(rows: number, width: number): string {
  const bytes = 8 * rows * width;
  const size = bytes >= 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(1)} GiB` : `${Math.ceil(bytes / 2 ** 20)} MiB`;
  return `${formatCount(rows)} rows of ${formatCount(width)} ${width === 1 ? "number" : "numbers"}, which take ${size}`;
}
