import type { Matrix } from "../core/matrix.ts";
import { elementTypeOf } from "../core/vector.ts";
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

/** The statistics of a matrix. Kernels compute them, on a copy of one block of rows after another. */
export function columnStatistics({ data, columns: d }: Matrix): ColumnStatistics {
  const length = blockLengthOf(d);

  /** Calls `add` for each block, and returns `out`. Both lists begin with the passed numbers. */
  const eachBlock = (
    passed: readonly Float64Array[],
    start: readonly Float64Array[],
    add: (kernels: Kernels, block: Address, rows: number, passed: Address, out: Address) => void,
  ): Float64Array =>
    inKeptMemory(wasmKernels, (own) => {
      const { kernels, block, ...lists } = allocate(own, elementTypeOf(data), (arena) => {
        const joined = (parts: readonly Float64Array[]): Float64Array =>
          arena.doubles(parts.length * d, (view) => parts.forEach((part, i) => void view.set(part, i * d)));
        return {
          kernels: arena.kernels,
          block: arena.vector(Math.min(length, data.length)),
          passed: joined(passed),
          out: joined(start),
        };
      });
      for (let at = 0; at < data.length; at += length) {
        const rows = data.subarray(at, at + length);
        block.set(rows);
        add(kernels, block.byteOffset, rows.length / d, lists.passed.byteOffset, lists.out.byteOffset);
      }
      return lists.out.slice();
    });

  return {
    ranges() {
      const first = Float64Array.from(data.subarray(0, d));
      const out = eachBlock([], [first, first, new Float64Array(d)], (kernels, block, rows, _, out) =>
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
