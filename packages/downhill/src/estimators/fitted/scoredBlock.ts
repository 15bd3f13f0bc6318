// The memory of one block of rows that are scored.
import type { Matrix } from "../../core/matrix.ts";
import type { SparseMatrix } from "../../core/sparse.ts";
import type { Vector } from "../../core/vector.ts";
import type { Arena } from "../../kernels/arena.ts";
import type { RowBlocks } from "../../kernels/rowBlocks.ts";
import { setBoth } from "../../kernels/source.ts";
import type { Predictor } from "../../predictors/predictor.ts";
import type { Scaling } from "../fit/scaling.ts";

/** A block of rows in the memory of a scorer. */
export interface Block {
  /** The rows, as the inputs of a predictor. */
  readonly inputs: RowBlocks;
  /** Writes the scaled rows of X from row `from` on into the block, as many as fit; returns their number. */
  write(X: Matrix & SparseMatrix, from: number): number;
}

export const SPARSE_ROWS = 256;
const SPARSE_ENTRIES = 32768;

/** A block of at most `blockRows` rows. */
export function denseBlock(arena: Arena, blockRows: number, features: number, scaling: Scaling | null): Block {
  const { kernels } = arena;
  const block = arena.vector(blockRows * features);
  const both = scaling && arena.doubles(2 * features, (out) => setBoth(out, scaling.shift, scaling.scale));
  return {
    inputs: { address: block.byteOffset, stride: 0, scratch: 0, at: () => block.byteOffset },
    write({ data, rows }, from) {
      const n = Math.min(blockRows, rows - from);
      block.set(n === rows ? data : data.subarray(from * features, (from + n) * features));
      if (both) kernels.standardize(block.byteOffset, both.byteOffset, n, features);
      return n;
    },
  };
}

/** A block of at most `blockRows` rows and about 32768 entries. No shift is subtracted: see `moveIntercepts`. */
export function sparseBlock(arena: Arena, blockRows: number, features: number, scaling: Scaling | null): Block {
  const capacity = Math.max(SPARSE_ENTRIES, features); // a row always fits
  const positions = arena.indices(2 * blockRows);
  const columns = arena.indices(capacity);
  const values = arena.vector(capacity);
  const address = positions.byteOffset;
  const entries = { columns: columns.byteOffset, values: values.byteOffset, perRow: 0 };
  return {
    inputs: { address, stride: 8, scratch: 0, entries, at: () => address },
    write(X, from) {
      const first = X.indptr[from]!;
      let n = 0;
      for (; n < blockRows && from + n < X.rows && X.indptr[from + n + 1]! - first <= capacity; n++) {
        positions[2 * n] = X.indptr[from + n]! - first;
        positions[2 * n + 1] = X.indptr[from + n + 1]! - first;
      }
      for (let at = 0, e = first; e < X.indptr[from + n]!; at++, e++) {
        const j = X.indices[e]!;
        columns[at] = j;
        values[at] = scaling ? X.values[e]! / scaling.scale[j]! : X.values[e]!;
      }
      return n;
    },
  };
}

/**
 * Adds −Σ_j W_cj shift_j / scale_j to the intercept of each score c, or of each unit c of a network's first layer: the scores of rows
 * whose columns are not shifted are then those of shifted ones.
 */
export function moveIntercepts(params: Vector, { outputs, spec }: Predictor, { shift, scale }: Scaling): void {
  if (shift.every((x) => x === 0)) return;
  const d = shift.length;
  const width = (spec?.["hidden"] as readonly number[] | undefined)?.[0] ?? outputs;
  for (let c = 0; c < width; c++) {
    for (let j = 0; j < d; j++) params[width * d + c]! -= params[c * d + j]! * (shift[j]! / scale[j]!);
  }
}
