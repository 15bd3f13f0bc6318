// Rows in chunks: rows that are stored and loaded together. A window is the chunks that are in memory at the same time.
import { random } from "./random.ts";

/** How rows are divided into chunks, and how many chunks are in memory at the same time. */
export interface Chunks {
  /** The number of rows. */
  readonly rows: number;
  /** Rows of a chunk; the last chunk may have fewer. */
  readonly rowsPerChunk: number;
  /** The largest number of chunks in memory at the same time. The rows of a window are shuffled together. */
  readonly chunksPerWindow: number;
}

/** The order of one epoch: the chunks are in random order, and so are the rows of each window of consecutive chunks. */
export interface ChunkOrder {
  readonly windows: number;
  /** The position of the first row of a window. For the number of windows it is the number of rows. */
  startOf(window: number): number;
  /** The window that contains a position. */
  windowAt(position: number): number;
  /** The chunks of a window. */
  chunksOf(window: number): Uint32Array;
  /**
   * Writes the rows of a window in their order into `out`, from index 0 on.
   *
   * @param firstRow  the row with which a chunk begins; `slot` is its index in `chunksOf`
   */
  write(window: number, out: Uint32Array, firstRow: (chunk: number, slot: number) => number): void;
}

/**
 * The order of an epoch. It depends only on the chunks, the seed and the epoch.
 *
 * @param rank  with local epochs the rank whose rows these are, because each rank has an order of its own
 */
export function chunkOrder(
  { rows, rowsPerChunk, chunksPerWindow }: Chunks,
  seed: number,
  epoch: number,
  rank?: number,
): ChunkOrder {
  const ofAll = random(seed).fork("chunks").fork(epoch);
  const stream = rank === undefined ? ofAll : ofAll.fork("rank").fork(rank);
  const count = Math.ceil(rows / rowsPerChunk);
  const order = stream.permutation(count);
  const missing = count * rowsPerChunk - rows; // in the last chunk
  const shortWindow = Math.floor(order.indexOf(count - 1) / chunksPerWindow);
  const perWindow = rowsPerChunk * chunksPerWindow;
  const windows = Math.ceil(count / chunksPerWindow);
  const startOf = (window: number): number => Math.min(window * perWindow - (window > shortWindow ? missing : 0), rows);
  const chunksOf = (window: number): Uint32Array =>
    order.subarray(window * chunksPerWindow, (window + 1) * chunksPerWindow);
  return {
    windows,
    startOf,
    windowAt(position) {
      const window = Math.floor(position / perWindow);
      return position < startOf(window + 1) ? window : window + 1;
    },
    chunksOf,
    write(window, out, firstRow) {
      const chunks = chunksOf(window);
      const last = chunks.length - 1;
      const size = startOf(window + 1) - startOf(window);
      const shuffled = stream.fork(window).permutation(size, out.subarray(0, size));
      const short = chunks.indexOf(count - 1); // its rows are the last ones before the shuffle, so that all others have R rows
      const slotAt = (i: number): number => (short < 0 || i < short ? i : i === last ? short : i + 1);
      for (let at = 0; at < size; at++) {
        const slot = slotAt(Math.floor(shuffled[at]! / rowsPerChunk));
        shuffled[at] = firstRow(chunks[slot]!, slot) + (shuffled[at]! % rowsPerChunk);
      }
    },
  };
}
