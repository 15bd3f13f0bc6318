import type { Rows } from "../../core/rows.ts";
import type { Arena } from "../../kernels/arena.ts";
import type { Address } from "../../kernels/kernels.ts";
import { rowMaps } from "../../kernels/rowMaps.ts";
import type { BoundParts } from "./boundRisk.ts";

/** Sums of the squares of each column: Σ weight · x_j², in the order of the rows. */
export interface ColumnSquares {
  /** The sums over all rows, which are computed once. */
  readonly all: Float64Array;
  /** The sums over some blocks. */
  over(blocks: Iterable<Rows>, weightsOf?: (block: Rows) => Address): Float64Array;
}

/** The blocks of n rows. One object stands for all, with other rows each time. */
export function* blocksOf(n: number, blockRows: number): Iterable<Rows> {
  const block = { order: null, from: 0, to: 0 };
  for (; block.from < n; block.from = block.to) {
    block.to = Math.min(block.from + blockRows, n);
    yield block;
  }
}

/** The sums for a risk of n rows. */
export function bindColumnSquares(
  arena: Arena,
  { predictor, X, w, blockRows }: Pick<BoundParts, "predictor" | "X" | "w" | "blockRows">,
  n: number,
): ColumnSquares {
  const d = predictor.inputColumns;
  const { squares } = rowMaps(arena, X, d);
  const sums = arena.doubles(d);
  let all: Float64Array | undefined;
  function over(blocks: Iterable<Rows>, weightsOf = (block: Rows): Address => (w ? w.at(block) : 0)): Float64Array {
    sums.fill(0);
    for (const block of blocks) {
      squares(X.at(block), weightsOf(block), sums.byteOffset, block.to - block.from);
    }
    return sums.slice();
  }
  return {
    over,
    get all() {
      all ??= over(blocksOf(n, blockRows));
      return all;
    },
  };
}
