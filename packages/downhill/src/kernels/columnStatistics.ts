import type { Matrix } from "../core/matrix.ts";
import { type ElementType, elementTypeOf, type Vector } from "../core/vector.ts";
import { allocate } from "./arena.ts";
import { inKeptMemory } from "./keptMemory.ts";
import type { Address, Kernels } from "./kernels.ts";
import { wasmKernels } from "./wasm.ts";

/** Per column: the lowest number, the highest, and the sum of all. */
export interface ColumnRanges {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly sum: Float64Array;
}

/** Statistics of the columns of a matrix. Sums are in the order of the rows. */
export interface ColumnStatistics {
  ranges(): ColumnRanges;
  /** Per column: Σ ((x − shift) · unit)². */
  deviations(shift: Float64Array, unit: Float64Array): Float64Array;
}

const BLOCK_NUMBERS = 8192; // a block stays in the cache

/** The numbers of a block of complete rows, for a loop over a matrix of d columns. */
export const blockLengthOf = (d: number): number => Math.max(1, Math.floor(BLOCK_NUMBERS / d)) * d;

/** Columns whose rows come in parts: each part is complete rows, row by row. */
export interface ColumnParts {
  readonly columns: number;
  readonly elementType: ElementType;
  each(visit: (part: Vector) => void): void;
}

/** The columns of a matrix, in one part. */
export const columnParts = ({ data, columns }: Matrix): ColumnParts => ({
  columns,
  elementType: elementTypeOf(data),
  each: (visit) => visit(data),
});

/** The statistics of columns. Kernels compute them, on a copy of one block of rows after another. */
export function columnStatistics({ columns: d, elementType, each }: ColumnParts): ColumnStatistics {
  const length = blockLengthOf(d);

  /** Calls `add` for each block, and returns `out`. Both lists begin with the passed numbers. */
  const eachBlock = (
    passed: readonly Float64Array[],
    start: readonly Float64Array[],
    add: (kernels: Kernels, block: Address, rows: number, passed: Address, out: Address) => void,
  ): Float64Array =>
    inKeptMemory(wasmKernels, (own) => {
      const { kernels, block, ...lists } = allocate(own, elementType, (arena) => {
        const joined = (parts: readonly Float64Array[]): Float64Array =>
          arena.doubles(parts.length * d, (view) => parts.forEach((part, i) => void view.set(part, i * d)));
        return {
          kernels: arena.kernels,
          block: arena.vector(length),
          passed: joined(passed),
          out: joined(start),
        };
      });
      each((part) => {
        for (let at = 0; at < part.length; at += length) {
          const rows = part.subarray(at, at + length);
          block.set(rows);
          add(kernels, block.byteOffset, rows.length / d, lists.passed.byteOffset, lists.out.byteOffset);
        }
      });
      return lists.out.slice();
    });

  return {
    ranges() {
      const all = (number: number): Float64Array => new Float64Array(d).fill(number);
      const out = eachBlock([], [all(Infinity), all(-Infinity), all(0)], (kernels, block, rows, _, out) =>
        kernels.ranges(block, out, rows, d),
      );
      return { low: out.slice(0, d), high: out.slice(d, 2 * d), sum: out.slice(2 * d) };
    },
    deviations: (shift, unit) =>
      eachBlock([shift, unit], [new Float64Array(d)], (kernels, block, rows, passed, out) =>
        kernels.deviations(block, passed, out, rows, d),
      ),
  };
}
