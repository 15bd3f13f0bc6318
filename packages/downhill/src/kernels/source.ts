import type { Grid } from "../core/grid.ts";
import { type Matrix, takeRows } from "../core/matrix.ts";
import type { Random } from "../core/random.ts";
import { type AnyMatrix, isSparse, requireSparse, type SparseMatrix } from "../core/sparse.ts";
import { type ElementType, elementTypeOf, type Vector } from "../core/vector.ts";
import type { Arena } from "./arena.ts";
import { blockLengthOf } from "./columnStatistics.ts";
import type { Address } from "./kernels.ts";

/** Rows of equal width that can be copied into a run's memory: the inputs, the targets or the weights of a risk. */
export interface Source {
  /** The number of rows. */
  readonly rows: number;
  /** Numbers per row. */
  readonly columns: number;
  /** The type of its numbers; absent for pairs. A run has one element type, and converts sources of the other type. */
  readonly elementType?: ElementType;
  /** The mean number of entries of sparse rows; absent for other rows. */
  readonly entriesPerRow?: number;
  /** The buffer that contains the rows as a run needs them; absent if a run must convert them. See `growingMatrix`. */
  readonly buffer?: ArrayBufferLike;
  /**
   * Copies all rows into the arena, one after another, in `order` when it is present. Rows without an order that are in the
   * arena's memory already are not copied.
   */
  store(arena: Arena, order?: Uint32Array): RowLocation;
  /** Writes the rows of an epoch (0, 1, …) over the stored ones, as for `store`. Absent where all epochs have the same rows. */
  redraw?(epoch: number, stored: Uint32Array): void;
  /** Puts the rows into a grid of blocks. Only pairs have this. */
  grid?(random: Random): Grid;
}

/** The address of the first of several rows; as plain data, so that another thread can read the rows too. */
export interface RowLocation {
  /** The address of the first row. */
  readonly address: Address;
  /** Bytes of a row. */
  readonly stride: number;
  /** The entries of sparse rows. Each row is then two Uint32: its first entry and the one after its last. Absent for other rows. */
  readonly entries?: SparseEntries;
}

/** The columns (Uint32) and the numbers of the entries of sparse rows. */
export interface SparseEntries {
  /** The columns of the entries. */
  readonly columns: Address;
  /** The numbers of the entries. */
  readonly values: Address;
  /** The mean number of entries of a row. */
  readonly perRow: number;
}

/**
 * A matrix as the inputs or targets of a `risk`.
 *
 * @param X  `{ data, rows, columns }`: rows × columns numbers, row by row
 * @param columnwise  when present, each number x of column j is replaced by (x − shift_j) / scale_j
 *
 * @example
 * ```ts
 * import { dense } from "downhill";
 *
 * const inputs = dense({ data: Float64Array.of(1, 2, 3, 4, 5, 6), rows: 2, columns: 3 });
 * inputs.rows; // 2
 * ```
 */
export function dense(X: Matrix, columnwise?: { readonly shift: Float64Array; readonly scale: Float64Array }): Source {
  const { byteOffset } = X.data;
  const elementType = elementTypeOf(X.data);
  const buffer = columnwise === undefined && byteOffset > 0 ? X.data.buffer : undefined;
  return {
    rows: X.rows,
    columns: X.columns,
    elementType,
    ...(buffer && { buffer }),
    store(arena, order) {
      const isStored = buffer === arena.memory.buffer && elementType === arena.elementType && !order;
      if (isStored) return { address: byteOffset, stride: X.columns * arena.bytes };
      const scaling =
        columnwise && arena.doubles(2 * X.columns, (out) => setBoth(out, columnwise.shift, columnwise.scale));
      const view = arena.vector(X.data.length, (out) => {
        const rows = order ? takeRows(X, order) : X;
        if (scaling === undefined) out.set(rows.data);
        else if (elementType === arena.elementType) standardizeBlocks(arena, rows, scaling, out);
        else standardize(rows, columnwise!.shift, columnwise!.scale, out);
      });
      return { address: view.byteOffset, stride: X.columns * arena.bytes };
    },
  };
}

/** Overwrites a list by two lists of half its length. */
export function setBoth(out: Float64Array, first: Float64Array, second: Float64Array): void {
  out.set(first);
  out.set(second, first.length);
}

/** Copies rows and standardizes them, block by block, because a copied block is in the cache. */
function standardizeBlocks({ kernels }: Arena, { data, columns }: Matrix, scaling: Float64Array, out: Vector): void {
  const length = blockLengthOf(columns);
  for (let from = 0; from < data.length; from += length) {
    const block = data.subarray(from, from + length);
    out.set(block, from);
    const at = out.byteOffset + from * out.BYTES_PER_ELEMENT;
    kernels.standardize(at, scaling.byteOffset, block.length / columns, columns);
  }
}

/** The same in JavaScript, for numbers of another type than that of the arena, which are rounded only once. */
function standardize({ data, columns }: Matrix, shift: Float64Array, scale: Float64Array, out: Vector): void {
  for (let at = 0; at < data.length; ) {
    for (let j = 0; j < columns; j++, at++) out[at] = (data[at]! - shift[j]!) / scale[j]!;
  }
}

/**
 * A sparse matrix as the inputs of a `risk`.
 *
 * @param X  made by `sparse`, `sparseFromRecords` or `readSvmlight`
 * @param scale  when present, the numbers of column j are divided by scale_j
 *
 * @example
 * ```ts
 * import { sparse, sparseRows } from "downhill";
 *
 * sparseRows(sparse([0, 2, 3], [0, 2, 1], [1, 2, 3], 3)).columns; // 3
 * ```
 */
export function sparseRows(X: SparseMatrix, scale?: Float64Array): Source {
  const { indptr, indices, values, rows, columns } = requireSparse("sparseRows", X);
  return {
    rows,
    columns,
    elementType: elementTypeOf(values),
    entriesPerRow: values.length / rows,
    store(arena) {
      const entries = arena.indices(indices.length, (out) => out.set(indices));
      const numbers = arena.vector(values.length, (out) => {
        if (scale === undefined) out.set(values);
        else for (let e = 0; e < values.length; e++) out[e] = values[e]! / scale[indices[e]!]!;
      });
      const view = arena.indices(2 * rows, (out) => {
        for (let i = 0; i < rows; i++) {
          out[2 * i] = indptr[i]!;
          out[2 * i + 1] = indptr[i + 1]!;
        }
      });
      const perRow = values.length / rows;
      return {
        address: view.byteOffset,
        stride: 8,
        entries: { columns: entries.byteOffset, values: numbers.byteOffset, perRow },
      };
    },
  };
}

/** A dense or sparse matrix as inputs; the shift of a sparse one is 0. */
export const rowsOf = (
  X: AnyMatrix,
  columnwise?: { readonly shift: Float64Array; readonly scale: Float64Array },
): Source => (isSparse(X) ? sparseRows(X, columnwise?.scale) : dense(X, columnwise));

/**
 * One number per row: the targets or weights of a `risk`.
 *
 * @example
 * ```ts
 * import { column } from "downhill";
 *
 * const targets = column(Float64Array.of(3, 5, 7));
 * targets.columns; // 1
 * ```
 */
export const column = (numbers: Vector): Source => dense({ data: numbers, rows: numbers.length, columns: 1 });

/**
 * Pairs (left, right) of integers as the inputs of a `risk`. For users and items use `factors(…).inputs`.
 *
 * @param perRow  the number of pairs in a row; the pairs of a row follow each other [1]
 *
 * @example
 * ```ts
 * import { pairs } from "downhill";
 *
 * pairs(Uint32Array.of(0, 0, 1), Uint32Array.of(2, 3, 3)).rows; // 3
 * ```
 */
export function pairs(left: Uint32Array, right: Uint32Array, perRow = 1): Source {
  return {
    rows: left.length / perRow,
    columns: 2 * perRow,
    store(arena, order) {
      const view = arena.indices(2 * left.length, (out) => {
        for (let i = 0; i < left.length; i++) {
          const pair = order ? order[Math.floor(i / perRow)]! * perRow + (i % perRow) : i;
          out[2 * i] = left[pair]!;
          out[2 * i + 1] = right[pair]!;
        }
      });
      return { address: view.byteOffset, stride: 8 * perRow };
    },
  };
}
