// The sizes of the columns and of the rows of a fit.
import { numbersOf, type SparseMatrix } from "../../core/sparse.ts";
import {
  type ColumnRanges,
  type ColumnStatistics,
  columnStatistics,
  type VisitSquares,
} from "../../kernels/columnStatistics.ts";
import type { RowSubset } from "./rowSubsets.ts";
import type { Scaling } from "./scaling.ts";

/** Sizes of rows x, with 1 for the intercept. */
export interface RowSquares {
  /** Σ weight · (1 + ‖x‖²) over the rows. */
  readonly sum: number;
  /** The largest weight · (1 + ‖x‖²). */
  readonly longest: number;
}

/** Sizes before any scaling. */
export interface RowSizes extends RowSquares {
  /** The ranges of the columns; null for sparse rows. */
  readonly ranges: ColumnRanges | null;
  /** The largest |x| of each column. */
  readonly largest: Float64Array;
}

/** Rows that come in parts, in their order. */
interface Parts {
  readonly columns: number;
  readonly isSparse: boolean;
  each(visit: (part: RowSubset) => void): void;
}

/** The sizes of columns and rows, from one pass. */
export function rowSizes(rows: Parts): RowSizes {
  let ranges = null as ColumnRanges | null;
  const sparseLargest = new Float64Array(rows.isSparse ? rows.columns : 0);
  const squares = squaresOf(
    rows,
    (statistics, visit) => {
      ranges = statistics.ranges(visit);
    },
    (X, from, out) => measureRows(X, from, out, sparseLargest),
  );
  const largest = ranges?.high.map((highest, j) => Math.max(highest, -ranges!.low[j]!)) ?? sparseLargest;
  return { ...squares, ranges, largest };
}

/** The sizes of rows whose columns are scaled. */
export const scaledRowSquares = (rows: Parts, { shift, scale }: Scaling): RowSquares =>
  squaresOf(
    rows,
    (statistics, visit) => statistics.rowSquares(shift, scale, visit),
    (X, from, out) => measureScaledRows(X, from, out, scale),
  );

const BLOCK = 512; // an engine optimizes a short function that is called often better than a long loop

/**
 * @param visitDense  visits the sizes of all rows, if they are dense
 * @param writeSparse  writes the sizes of some rows, if they are sparse
 */
function squaresOf(
  rows: Parts,
  visitDense: (statistics: ColumnStatistics, visit: VisitSquares) => void,
  writeSparse: (X: SparseMatrix, from: number, out: Float64Array) => void,
): RowSquares {
  let total: RowSquares = { sum: 0, longest: 0 };
  let weights: Float64Array | null = null;
  let at = 0; // the row of the part that the next list begins with
  function visit(squares: Float64Array): void {
    let { sum, longest } = total; // a variable that functions share is a new object after each row
    for (let i = 0; i < squares.length; i++) {
      const square = squares[i]! * (weights ? weights[at + i]! : 1);
      sum += square;
      longest = Math.max(longest, square);
    }
    at += squares.length;
    total = { sum, longest };
  }
  const each = (use: (X: RowSubset["X"]) => void): void =>
    rows.each((part) => {
      weights = part.weights;
      at = 0;
      use(part.X);
    });
  if (rows.isSparse) {
    const squares = new Float64Array(BLOCK);
    each((X) => {
      while (at < X.rows) {
        const block = squares.subarray(0, X.rows - at);
        writeSparse(X as SparseMatrix, at, block);
        visit(block);
      }
    });
  } else {
    visitDense(columnStatistics({ columns: rows.columns, each: (use) => each((X) => use(numbersOf(X))) }), visit);
  }
  return total;
}

/** Writes 1 + ‖x‖² of some rows; the entries of `largest` become the largest |x| of their columns. */
function measureRows(
  { indptr, indices, values }: SparseMatrix,
  from: number,
  out: Float64Array,
  largest: Float64Array,
): void {
  let e = indptr[from]!;
  for (let i = 0; i < out.length; i++) {
    const end = indptr[from + i + 1]!;
    let square = 1;
    for (; e < end; e++) {
      const size = Math.abs(values[e]!);
      square += size * size;
      const j = indices[e]!;
      if (size > largest[j]!) largest[j] = size;
    }
    out[i] = square;
  }
}

/** Writes 1 + ‖x‖² of some rows, whose numbers are divided by the scales of their columns: sparse columns have no shift. */
function measureScaledRows(
  { indptr, indices, values }: SparseMatrix,
  from: number,
  out: Float64Array,
  scale: Float64Array,
): void {
  let e = indptr[from]!;
  for (let i = 0; i < out.length; i++) {
    const end = indptr[from + i + 1]!;
    let square = 1;
    for (; e < end; e++) {
      const x = values[e]! / scale[indices[e]!]!;
      square += x * x;
    }
    out[i] = square;
  }
}
