// The numbers of all rows of a risk, part by part. Data in memory are one part.
import { type ElementType, type Vector, viewOf } from "../../core/vector.ts";
import type { Arena } from "../../kernels/arena.ts";
import type { RowBlocks } from "../../kernels/rowBlocks.ts";
import type { BoundParts } from "./boundRisk.ts";

/** Some rows that follow each other. */
export interface RowPart {
  /** The first row. */
  readonly from: number;
  /** The number of rows. */
  readonly n: number;
  /** The inputs as numbers, row by row. Call it before other rows are read. */
  inputs(): Vector;
  /** The targets, row by row. */
  readonly targets: Vector;
  /** One per row; null when all are 1. */
  readonly weights: Vector | null;
}

/** The rows of a risk. */
export interface RowParts {
  /** The number of rows. */
  readonly n: number;
  readonly elementType: ElementType;
  readonly weighted: boolean;
  /** Calls `visit` for each part, in the order of the data. */
  each(visit: (part: RowPart) => void): void;
}

/** The n rows of a risk in the arena. */
export const rowParts = (arena: Arena, parts: BoundParts, n: number): RowParts => ({
  n,
  elementType: arena.elementType,
  weighted: parts.w !== undefined,
  each(visit) {
    const { predictor, loss, X, y, w, chunks, blockRows } = parts;
    const size = chunks ? blockRows : n;
    for (let from = 0; from < n; from += size) {
      const rows = { order: null, from, to: Math.min(from + size, n) };
      const count = rows.to - from;
      const view = (blocks: RowBlocks, columns: number): Vector =>
        viewOf(arena.elementType, arena.memory.buffer, blocks.at(rows), count * columns);
      visit({
        from,
        n: count,
        inputs: () => view(X, predictor.inputColumns),
        targets: view(y, loss.targets),
        weights: w ? view(w, 1) : null,
      });
    }
  },
});
