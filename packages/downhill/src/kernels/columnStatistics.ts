import type { Matrix } from "../core/matrix.ts";
import type { Vector } from "../core/vector.ts";
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

/** Is called for one block of rows after another, with 1 + ‖x‖² of each row. The list is valid during the call only. */
export type VisitSquares = (squares: Float64Array) => void;

/** Statistics of the columns of a matrix, and of its rows. Sums over rows are in their order. */
export interface ColumnStatistics {
  /** The ranges of the columns; with `visit` also the sizes of the rows, in the same pass. */
  ranges(visit?: VisitSquares): ColumnRanges;
  /** Per column: Σ ((x − shift) · unit)². */
  deviations(shift: Float64Array, unit: Float64Array): Float64Array;
  /** The sizes of the rows, whose columns are (x − shift) / scale. */
  rowSquares(shift: Float64Array, scale: Float64Array, visit: VisitSquares): void;
}

const BLOCK_NUMBERS = 8192; // a block stays in the cache

/** The numbers of a block of complete rows, for a loop over a matrix of d columns. */
export const blockLengthOf = (d: number): number => Math.max(1, Math.floor(BLOCK_NUMBERS / d)) * d;

/** Columns whose rows come in parts: each part is complete rows, row by row. */
export interface ColumnParts {
  readonly columns: number;
  each(visit: (part: Vector) => void): void;
}

/** The columns of a matrix, in one part. */
export const columnParts = ({ data, columns }: Matrix): ColumnParts => ({ columns, each: (visit) => visit(data) });

/** The statistics of columns. Kernels compute them, on a copy of one block of rows after another. */
export function columnStatistics({ columns: d, each }: ColumnParts): ColumnStatistics {
  const length = blockLengthOf(d);

  /** Calls `add` for each block, and then `visit`; returns `out`. Both lists begin with the passed numbers. */
  const eachBlock = (
    passed: readonly Float64Array[],
    start: readonly Float64Array[],
    add: (kernels: Kernels, block: Address, rows: number, passed: Address, out: Address) => void,
    visit?: VisitSquares,
  ): Float64Array =>
    inKeptMemory(wasmKernels, (own) => {
      const { kernels, block, ...lists } = allocate(own, "float64", (arena) => {
        const joined = (parts: readonly Float64Array[]): Float64Array =>
          arena.doubles(parts.length * d, (view) => parts.forEach((part, i) => void view.set(part, i * d)));
        return {
          kernels: arena.kernels,
          block: arena.doubles(length),
          passed: joined(passed),
          out: joined(start),
          squares: arena.doubles(length / d),
        };
      });
      each((part) => {
        for (let at = 0; at < part.length; at += length) {
          const numbers = part.subarray(at, at + length);
          const rows = numbers.length / d;
          block.set(numbers);
          add(kernels, block.byteOffset, rows, lists.passed.byteOffset, lists.out.byteOffset);
          if (!visit) continue;
          kernels.rowSquares(block.byteOffset, lists.squares.byteOffset, rows, d);
          visit(lists.squares.subarray(0, rows));
        }
      });
      return lists.out.slice();
    });

  return {
    ranges(visit) {
      const all = (number: number): Float64Array => new Float64Array(d).fill(number);
      const out = eachBlock(
        [],
        [all(Infinity), all(-Infinity), all(0)],
        (kernels, block, rows, _, out) => kernels.ranges(block, out, rows, d),
        visit,
      );
      return { low: out.slice(0, d), high: out.slice(d, 2 * d), sum: out.slice(2 * d) };
    },
    deviations: (shift, unit) =>
      eachBlock([shift, unit], [new Float64Array(d)], (kernels, block, rows, passed, out) =>
        kernels.deviations(block, passed, out, rows, d),
      ),
    rowSquares(shift, scale, visit) {
      const standardize = (kernels: Kernels, block: Address, rows: number, passed: Address): void =>
        kernels.standardize(block, passed, rows, d);
      eachBlock([shift, scale], [], standardize, visit);
    },
  };
}
