// The rows of a risk in the memory of a run.
import type { Vector } from "../core/vector.ts";
import type { Arena } from "./arena.ts";
import { bindWindow, type ChunkWindow } from "./chunkWindow.ts";
import { type RowBlocks, rowBlocks, rowBlocksAt } from "./rowBlocks.ts";
import type { Source } from "./source.ts";
import { bindLoad, chunkCount, rowsOfChunk, type StoredRows } from "./storedRows.ts";

/** Inputs, targets and weights in memory. */
export interface RowSources {
  /** One row per example; make it with `dense` or `sparseRows`, or with `factors(…).inputs`. */
  readonly inputs: Source;
  /** `loss.targets` numbers per example. */
  readonly targets: Source;
  /** One number per example, with mean 1; see `column` [all 1]. */
  readonly weights?: Source | undefined;
}

/** The same in chunks. */
export interface ChunkedRows {
  /** Inputs, targets and weights, which are loaded chunk by chunk if they do not fit into a window. */
  readonly stored: StoredRows;
}

/** Rows in an arena, from which blocks are read. */
export interface BoundRows {
  readonly X: RowBlocks;
  readonly y: RowBlocks;
  readonly w: RowBlocks | undefined;
  /** Present if the rows are loaded chunk by chunk. */
  readonly chunks?: ChunkWindow;
}

/** Reserves the memory for the rows, with scratch buffers for `blockRows` rows, and copies them if they all fit into a window. */
export function bindRows(
  arena: Arena,
  rows: RowSources | ChunkedRows,
  blockRows: number,
  order: Uint32Array | undefined,
): BoundRows {
  if ("stored" in rows) {
    const { stored } = rows;
    return chunkCount(stored) > stored.chunksPerWindow
      ? bindWindow(arena, stored, blockRows)
      : bindAll(arena, stored, blockRows);
  }
  return {
    X: rowBlocks(arena, rows.inputs, blockRows, order),
    y: rowBlocks(arena, rows.targets, blockRows, order),
    w: rows.weights && rowBlocks(arena, rows.weights, blockRows, order),
  };
}

function bindAll(arena: Arena, stored: StoredRows, blockRows: number): BoundRows {
  const { rows: n, rowsPerChunk, columns, targets } = stored;
  const inputs = stored.pairs ? arena.indices(n * columns) : arena.vector(n * columns);
  const weights = stored.weighted ? arena.vector(n) : null;
  const load = bindLoad(arena, stored);
  const first = arena.vector(n * targets, (all) => {
    for (let chunk = 0; chunk < chunkCount(stored); chunk++) {
      const from = chunk * rowsPerChunk;
      const to = from + rowsOfChunk(stored, chunk);
      const part = <V extends Vector | Uint32Array>(view: V, width: number) =>
        view.subarray(from * width, to * width) as V;
      load(chunk, part(inputs, columns), part(all, targets), weights && part(weights, 1));
    }
  });
  const at = (view: Vector | Uint32Array, width: number): RowBlocks =>
    rowBlocksAt(arena, { address: view.byteOffset, stride: width * view.BYTES_PER_ELEMENT }, blockRows);
  return { X: at(inputs, columns), y: at(first, targets), w: weights ? at(weights, 1) : undefined };
}
