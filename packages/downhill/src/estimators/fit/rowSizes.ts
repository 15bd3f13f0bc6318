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

/** The sizes of columns and rows, of dense rows in one pass. */
export function rowSizes(rows: Parts): RowSizes {
  let ranges = null as ColumnRanges | null;
  const squares = squaresOf(rows, null, (statistics, visit) => {
    ranges = statistics.ranges(visit);
  });
  const largest = ranges?.high.map((highest, j) => Math.max(highest, -ranges!.low[j]!)) ?? sparseLargest(rows);
  return { ...squares, ranges, largest };
}

/** The sizes of rows whose columns are scaled. */
export const scaledRowSquares = (rows: Parts, scaling: Scaling): RowSquares =>
  squaresOf(rows, scaling, (statistics, visit) => statistics.rowSquares(scaling.shift, scaling.scale, visit));

/** @param visitDense  visits the sizes of all rows, if they are dense */
function squaresOf(
  rows: Parts,
  scaling: Scaling | null,
  visitDense: (statistics: ColumnStatistics, visit: VisitSquares) => void,
): RowSquares {
  let total: RowSquares = { sum: 0, longest: 0 };
  let weights: Float64Array | null = null;
  let from = 0; // the row of the part that the next list begins with
  function visit(squares: Float64Array): void {
    let { sum, longest } = total; // a variable that functions share is a new object after each row
    for (let i = 0; i < squares.length; i++) {
      const square = squares[i]! * (weights ? weights[from + i]! : 1);
      sum += square;
      longest = Math.max(longest, square);
    }
    from += squares.length;
    total = { sum, longest };
  }
  const each = (use: (X: RowSubset["X"]) => void): void =>
    rows.each((part) => {
      weights = part.weights;
      from = 0;
      use(part.X);
    });
  if (rows.isSparse) each((X) => visitSparse(X as SparseMatrix, scaling, visit));
  else visitDense(columnStatistics({ columns: rows.columns, each: (use) => each((X) => use(numbersOf(X))) }), visit);
  return total;
}

const BLOCK = 512; // an engine optimizes a short function that is called often better than a long loop

function visitSparse(X: SparseMatrix, scaling: Scaling | null, visit: VisitSquares): void {
  const squares = new Float64Array(BLOCK);
  for (let from = 0; from < X.rows; from += BLOCK) {
    const block = squares.subarray(0, X.rows - from);
    writeSquares(X, scaling, from, block);
    visit(block);
  }
}

/** Writes 1 + ‖x‖² of some rows, whose numbers are divided by the scales of their columns: sparse columns have no shift. */
function writeSquares(
  { indptr, indices, values }: SparseMatrix,
  scaling: Scaling | null,
  from: number,
  out: Float64Array,
): void {
  for (let i = 0; i < out.length; i++) {
    let square = 1;
    for (let e = indptr[from + i]!; e < indptr[from + i + 1]!; e++) {
      const x = scaling ? values[e]! / scaling.scale[indices[e]!]! : values[e]!;
      square += x * x;
    }
    out[i] = square;
  }
}

/** The largest |x| of each column of sparse rows. */
function sparseLargest({ columns, each }: Parts): Float64Array {
  const largest = new Float64Array(columns);
  each(({ X }) => {
    const { indices, values } = X as SparseMatrix;
    for (let e = 0; e < values.length; e++) {
      const size = Math.abs(values[e]!);
      if (size > largest[indices[e]!]!) largest[indices[e]!] = size;
    }
  });
  return largest;
}
