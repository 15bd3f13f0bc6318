// The rows of chunks that are loaded into a window of a run's memory when they are needed.
import { type ChunkOrder, chunkOrder } from "../core/chunks.ts";
import type { Rows } from "../core/rows.ts";
import { viewOf } from "../core/vector.ts";
import type { Arena } from "./arena.ts";
import type { RowBlocks } from "./rowBlocks.ts";
import { bindLoad, rowsOfChunk, type StoredRows } from "./storedRows.ts";

/** Rows in chunks, in the memory of a run. */
export interface ChunkWindow {
  /**
   * The rows of the current window in their order, as indices of rows in its memory. `Rows` with this order are positions in the chunk
   * order of the current epoch; those with another order are rows of the data.
   */
  readonly order: Uint32Array;
  /**
   * Uses the order of an epoch: that of the chunks, or the order that `write` writes if all rows are in memory together.
   *
   * @param own  the rows of the epoch, which begin with a chunk if not all rows are in memory together [all rows]
   */
  beginEpoch(seed: number, epoch: number, write: (order: Uint32Array) => void, own?: OwnRows): void;
  /** The number of rows from a position on that are in memory together, in the order of the epoch or of the data. */
  together(order: Uint32Array | null, position: number): number;
  /** Loads rows; returns them as rows of the memory of `inputs`, `targets` and `weights`, or null if they cannot be in memory together. */
  local(rows: Rows): Rows | null;
  /** The number of rows of a chunk. */
  readonly rowsPerChunk: number;
  /** The number of rows that the memory of the window can hold. */
  readonly capacity: number;
  /** Loads a chunk to the rows of the memory from `row` on, over whatever is there. */
  load(chunk: number, row: number): void;
  /** Copies rows of the memory to other ones. */
  copy(from: number, to: number, count: number): void;
}

/** The rows of a rank with local epochs: `rows` rows from row `from` on. */
export interface OwnRows {
  /** The number of the rank. */
  readonly rank: number;
  /** The first row. */
  readonly from: number;
  /** The number of rows. */
  readonly rows: number;
}

/** The parts of stored rows, from which blocks are read. */
export interface WindowRows {
  readonly X: RowBlocks;
  readonly y: RowBlocks;
  readonly w: RowBlocks | undefined;
  readonly chunks: ChunkWindow;
}

/** Reserves the memory of a window in the arena, and scratch buffers for blocks of `blockRows` rows. */
export function bindWindow(arena: Arena, stored: StoredRows, blockRows: number): WindowRows {
  const { kernels, memory, bytes, elementType } = arena;
  const { rows: n, rowsPerChunk: R, chunksPerWindow: W, columns, targets, weighted } = stored;
  const part = (stride: number) => ({
    stride,
    address: arena.reserve(W * R * stride),
    scratch: arena.reserve(blockRows * stride),
  });
  const inputs = part(columns * (stored.pairs ? 4 : bytes));
  const parts = [inputs, part(targets * bytes), ...(weighted ? [part(bytes)] : [])];
  const ownOrder = arena.indices(W * R);
  const load = bindLoad(arena, stored);
  const held = new Int32Array(W).fill(-1); // the chunk in each slot of the window
  let epochOrder: ChunkOrder | undefined;
  let current = -1; // the window of the epoch whose chunks are all held, and whose order is written
  let written = -1; // the window of the epoch whose order is written
  const found = { ordered: 0, from: -1, to: -1, row: -1 }; // the last block; row −1 if it is in the scratch buffers

  const all = Uint32Array.from({ length: Math.ceil(n / R) }, (_, chunk) => chunk);
  const oneWindow = (write: (order: Uint32Array) => void, rows: number): ChunkOrder => ({
    windows: 1,
    startOf: (window) => (window === 0 ? 0 : rows),
    windowAt: () => 0,
    chunksOf: () => all,
    write: (_, out) => write(out.subarray(0, rows)),
  });

  function ownOrderOf({ rank, from, rows }: OwnRows, seed: number, epoch: number): ChunkOrder {
    const order = chunkOrder({ rows, rowsPerChunk: R, chunksPerWindow: W }, seed, epoch, rank);
    return { ...order, chunksOf: (window) => order.chunksOf(window).map((chunk) => chunk + from / R) };
  }

  function hold(chunk: number, slot: number): void {
    if (held[slot] === chunk) return;
    held[slot] = -1; // also if `load` throws
    loadAt(chunk, slot * R);
    held[slot] = chunk;
  }

  function loadAt(chunk: number, row: number): void {
    current = -1;
    found.from = -1;
    const count = rowsOfChunk(stored, chunk);
    const [x, y, w] = parts.map(({ address, stride }) => address + row * stride);
    const { buffer } = memory;
    load(
      chunk,
      stored.pairs ? new Uint32Array(buffer, x, count * columns) : viewOf(elementType, buffer, x!, count * columns),
      viewOf(elementType, buffer, y!, count * targets),
      w === undefined ? null : viewOf(elementType, buffer, w, count),
    );
  }

  function holdWindow(window: number): void {
    if (current === window) return;
    const chunks = epochOrder!.chunksOf(window);
    for (let slot = 0; slot < chunks.length; slot++) hold(chunks[slot]!, slot);
    if (written !== window) epochOrder!.write(window, ownOrder, (_, slot) => slot * R);
    current = window;
    written = window;
  }

  /** The row of the memory at which rows of the data begin, if they follow each other there; else −1. Loads them if they do. */
  function contiguous(from: number, to: number): number {
    const first = Math.floor(from / R);
    const last = Math.floor((to - 1) / R);
    if (last - first >= W || (last % W) - (first % W) !== last - first) return -1;
    for (let chunk = first; chunk <= last; chunk++) hold(chunk, chunk % W);
    return (first % W) * R + from - first * R;
  }

  /** Copies rows of one chunk into the scratch buffers. */
  function copy(from: number, count: number, to: number): void {
    const row = contiguous(from, from + count);
    const bytesOf = new Uint8Array(memory.buffer);
    for (const { address, stride, scratch } of parts) {
      const source = address + row * stride;
      bytesOf.copyWithin(scratch + to * stride, source, source + count * stride);
    }
  }

  function gather(from: number, to: number): void {
    for (let at = from; at < to; ) {
      const window = epochOrder!.windowAt(at);
      const start = epochOrder!.startOf(window);
      const count = Math.min(to, epochOrder!.startOf(window + 1)) - at;
      holdWindow(window);
      for (const { address, stride, scratch } of parts) {
        kernels.gather(address, ownOrder.byteOffset + 4 * (at - start), scratch + (at - from) * stride, count, stride);
      }
      at += count;
    }
  }

  function find({ order, from, to }: Rows): void {
    const ordered = order?.byteOffset ?? 0;
    if (found.from === from && found.to === to && found.ordered === ordered) return;
    let row = -1;
    if (order === null) {
      row = contiguous(from, to);
      for (let at = from; row < 0 && at < to; ) {
        const count = Math.min(to, (Math.floor(at / R) + 1) * R) - at;
        copy(at, count, at - from);
        at += count;
      }
    } else if (order.byteOffset === ownOrder.byteOffset) gather(from, to);
    else for (let at = from; at < to; at++) copy(order[at]!, 1, at - from);
    Object.assign(found, { ordered, from, to, row });
  }

  const [X, y, w] = parts.map((one): RowBlocks => {
    const { address, stride, scratch } = one;
    return {
      ...one,
      at(rows) {
        const isForeign = rows.order !== null && rows.order.byteOffset !== ownOrder.byteOffset;
        if (isForeign && one === inputs) found.from = -1; // its entries may have changed since the last block, whose inputs come first
        find(rows);
        return found.row < 0 ? scratch : address + found.row * stride;
      },
    };
  });
  const chunks: ChunkWindow = {
    order: ownOrder,
    beginEpoch(seed, epoch, write, own) {
      if (all.length <= W) epochOrder = oneWindow(write, own?.rows ?? n);
      else epochOrder = own ? ownOrderOf(own, seed, epoch) : chunkOrder(stored, seed, epoch);
      current = -1;
      written = -1;
      found.from = -1;
    },
    together(rowOrder, position) {
      if (rowOrder !== null) return epochOrder!.startOf(epochOrder!.windowAt(position) + 1) - position;
      return Math.min(n, (Math.floor(position / R) + 1) * R) - position;
    },
    local({ order: rowOrder, from, to }) {
      found.from = -1; // a sweep overwrites the scratch buffers
      if (rowOrder === null) {
        const row = contiguous(from, to);
        return row < 0 ? null : { order: null, from: row, to: row + to - from };
      }
      const window = epochOrder!.windowAt(from);
      const start = epochOrder!.startOf(window);
      if (to > epochOrder!.startOf(window + 1)) return null;
      holdWindow(window);
      return { order: ownOrder, from: from - start, to: to - start };
    },
    rowsPerChunk: R,
    capacity: W * R,
    load(chunk, row) {
      held.fill(-1);
      loadAt(chunk, row);
    },
    copy(from, to, count) {
      const bytesOf = new Uint8Array(memory.buffer);
      for (const { address, stride } of parts) {
        bytesOf.copyWithin(address + to * stride, address + from * stride, address + (from + count) * stride);
      }
    },
  };
  return { X: X!, y: y!, w, chunks };
}
