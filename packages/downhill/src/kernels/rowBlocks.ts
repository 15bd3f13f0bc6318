import type { Rows } from "../core/rows.ts";
import type { Arena } from "./arena.ts";
import type { Address } from "./kernels.ts";
import type { RowLocation, Source } from "./source.ts";

/** Data in the arena, from which blocks of rows are read contiguously. */
export interface RowBlocks extends RowLocation {
  /** A buffer for one block. */
  readonly scratch: Address;
  /**
   * The address at which the rows (at most one block) are contiguous. Rows without an order are where they are stored.
   * Rows of an order are gathered into `scratch`, and the next call overwrites them.
   */
  at(rows: Rows): Address;
}

/** Copies a source into the arena, in `order` when it is present, with a scratch buffer for `blockRows` rows. */
export const rowBlocks = (arena: Arena, source: Source, blockRows: number, order?: Uint32Array): RowBlocks =>
  rowBlocksAt(arena, source.store(arena, order), blockRows);

/** The same for rows that are in the arena's memory already, with a scratch buffer of its own. */
export function rowBlocksAt(arena: Arena, { address, stride, entries }: RowLocation, blockRows: number): RowBlocks {
  const scratch = arena.reserve(blockRows * stride);
  const { kernels } = arena;
  return {
    address,
    stride,
    scratch,
    ...(entries && { entries }),
    at({ order, from, to }) {
      if (order === null) return address + from * stride;
      kernels.gather(address, order.byteOffset + 4 * from, scratch, to - from, stride);
      return scratch;
    },
  };
}
