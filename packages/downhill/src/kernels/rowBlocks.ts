import type { Grid } from "../core/grid.ts";
import { type Matrix, takeRows } from "../core/matrix.ts";
import type { Random } from "../core/random.ts";
import type { Rows } from "../core/rows.ts";
import { type Element, elementOf, type Vector } from "../core/vector.ts";
import type { Arena } from "./arena.ts";
import type { Address } from "./kernels.ts";

/** Rows of one width, wherever they come from, that can be laid into an arena. */
export interface Source {
  readonly rows: number;
  /** Numbers per row. */
  readonly columns: number;
  /** What its numbers are; absent for pairs. A run has one element, and a source of another is converted. */
  readonly element?: Element;
  /** Lays all rows into the arena, one after the other, in an order if one is given; `stride` is the bytes of one. */
  place(arena: Arena, order?: Uint32Array): Placed;
  /** Its rows in blocks; only pairs have this. */
  grid?(random: Random): Grid;
}

/** Rows that lie in the arena and are handed out in contiguous blocks. */
export interface Resident extends Placed {
  /** Room for a block. */
  readonly scratch: Address;
  /**
   * Where the given rows (at most the block's) lie contiguously: in place when they follow each other, else gathered
   * into this resident's scratch, which the next call overwrites.
   */
  at(rows: Rows): Address;
}

/** A matrix as a source; `columnwise` (x − shift) / scale is applied on the way when given. */
export function dense(X: Matrix, columnwise?: { readonly shift: Float64Array; readonly scale: Float64Array }): Source {
  return {
    rows: X.rows,
    columns: X.columns,
    element: elementOf(X.data),
    place(arena, order) {
      const view = arena.vector(X.data.length, (out) => {
        const rows = order ? takeRows(X, order) : X;
        if (columnwise === undefined) out.set(rows.data);
        else standardize(rows, columnwise.shift, columnwise.scale, out);
      });
      return { address: view.byteOffset, stride: X.columns * arena.bytes };
    },
  };
}

function standardize({ data, columns }: Matrix, shift: Float64Array, scale: Float64Array, out: Vector): void {
  for (let at = 0; at < data.length; ) {
    for (let j = 0; j < columns; j++, at++) out[at] = (data[at]! - shift[j]!) / scale[j]!;
  }
}

/** One number per row as a source. */
export const column = (numbers: Vector): Source => dense({ data: numbers, rows: numbers.length, columns: 1 });

/** Pairs (left, right) of whole numbers, such as user and item, as a source. */
export function pairs(left: Uint32Array, right: Uint32Array): Source {
  return {
    rows: left.length,
    columns: 2,
    place(arena, order) {
      const view = arena.indices(2 * left.length, (out) => {
        for (let i = 0; i < left.length; i++) {
          const row = order ? order[i]! : i;
          out[2 * i] = left[row]!;
          out[2 * i + 1] = right[row]!;
        }
      });
      return { address: view.byteOffset, stride: 8 };
    },
  };
}

/** Where a source's rows lie: data, so that another thread can read them there. */
export interface Placed {
  readonly address: Address;
  /** Bytes of a row. */
  readonly stride: number;
}

/** Lays a source into the arena, in an order if one is given, with scratch for gathered blocks of up to `blockRows` rows. */
export const resident = (arena: Arena, source: Source, blockRows: number, order?: Uint32Array): Resident =>
  residentAt(arena, source.place(arena, order), blockRows);

/** Rows that lie in the arena's memory already, with scratch of one's own. */
export function residentAt(arena: Arena, { address, stride }: Placed, blockRows: number): Resident {
  const scratch = arena.room(blockRows * stride);
  const { kernels } = arena;
  return {
    address,
    stride,
    scratch,
    at({ order, from, to }) {
      if (order === null) return address + from * stride;
      kernels.gather(address, order.byteOffset + 4 * from, scratch, to - from, stride);
      return scratch;
    },
  };
}
