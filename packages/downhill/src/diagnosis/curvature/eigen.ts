import type { Vector } from "../../core/vector.ts";
import { allocate } from "../../kernels/arena.ts";
import type { BindKernels } from "../../kernels/kernels.ts";

/** The eigenvalues above 0 of a symmetric positive semi-definite matrix, with their eigenvectors. */
export interface Eigen {
  /** By falling size. */
  readonly values: Float64Array;
  /** values.length × m numbers: one eigenvector of length 1 in each row. */
  readonly vectors: Float64Array;
}

const CACHED = 16384; // numbers in a group of columns: 128 KiB
const MAX_SWEEPS = 40; // about 10 are needed

interface Column {
  readonly x: Vector;
  /** The square of its length. */
  square: number;
}

/**
 * The eigenvalues above 0 of a symmetric positive semi-definite matrix A = D C D with diagonal D and ones on the diagonal of C.
 * First A = L Lᵀ with pivots (Cholesky), then rotations make the columns of L orthogonal (one-sided Jacobi method); their
 * lengths are the roots of the eigenvalues. The relative error of each eigenvalue is about ε times the condition number of C,
 * and that of A does not matter: so columns of very different units are accurate.
 *
 * A direction counts as flat if a column is a sum of multiples of others up to the rounding errors of its own entry of A and of
 * theirs; the relative error of an entry is `rounding`.
 *
 * @param A  m × m numbers; symmetric
 *
 * Source: Demmel and Veselić, “Jacobi's Method is More Accurate than QR”, 1992.
 */
export function eigenOf(A: Float64Array, m: number, rounding: number, bind: BindKernels): Eigen {
  return allocate(bind, "float64", (arena) => {
    const { kernels } = arena;
    const all = Array.from({ length: m }, () => arena.vector(m));
    const tolerance = 2 * Number.EPSILON * Math.sqrt(m);
    const group = Math.max(4, Math.floor(CACHED / m));
    const dot = (x: Vector, y: Vector): number => kernels.dot(x.byteOffset, y.byteOffset, m);
    const addMultiple = (a: number, x: Vector, y: Vector): void => kernels.axpy(a, x.byteOffset, y.byteOffset, m);

    /** Overwrites the vectors by the columns of L; returns their number. */
    function factorize(): number {
      const remaining = Float64Array.from({ length: m }, (_, j) => A[j * m + j]!);
      const errors = remaining.map((square) => rounding * square); // of what remains
      for (let rank = 0; ; rank++) {
        let pivot = -1; // the largest diagonal entry that remains and is above rounding
        for (let j = 0; j < m; j++) {
          if (remaining[j]! > errors[j]! && (pivot < 0 || remaining[j]! > remaining[pivot]!)) pivot = j;
        }
        if (pivot < 0) return rank;
        const column = all[rank]!;
        column.set(A.subarray(pivot * m, (pivot + 1) * m));
        for (let before = 0; before < rank; before++) addMultiple(-all[before]![pivot]!, all[before]!, column);
        const root = Math.sqrt(remaining[pivot]!);
        for (let i = 0; i < m; i++) {
          column[i] = i === pivot ? root : remaining[i]! > errors[i]! ? column[i]! / root : 0;
          remaining[i]! -= column[i]! * column[i]!;
          if (i !== pivot) errors[i]! += (column[i]! / root) * (column[i]! / root) * errors[pivot]!; // times the multiple of the pivot's column
        }
        remaining[pivot] = 0;
      }
    }

    /** x, y ← c x − s y, s x + c y with the tangent s / c ≤ 1, as three shears. */
    function rotate(x: Vector, y: Vector, tangent: number): void {
      const c = 1 / Math.sqrt(1 + tangent * tangent);
      const half = (tangent * c) / (1 + c); // the tangent of half the angle
      addMultiple(-half, y, x);
      addMultiple(tangent * c, x, y);
      addMultiple(-half, y, x);
    }

    /** Makes two columns orthogonal; returns whether they were not. */
    function orthogonalizePair(p: Column, q: Column): boolean {
      const product = dot(p.x, q.x);
      if (!(Math.abs(product) > tolerance * Math.sqrt(p.square) * Math.sqrt(q.square))) return false;
      const ratio = (q.square - p.square) / (2 * product);
      const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.sqrt(1 + ratio * ratio));
      rotate(p.x, q.x, tangent);
      p.square -= tangent * product;
      q.square += tangent * product;
      return true;
    }

    /** All pairs of columns, by pairs of groups that fit the cache. */
    function sweep(columns: Column[]): boolean {
      let rotated = false;
      for (const column of columns) column.square = dot(column.x, column.x);
      columns.sort((p, q) => q.square - p.square);
      const n = columns.length;
      for (let first = 0; first < n; first += group) {
        for (let second = first; second < n; second += group) {
          for (let i = first; i < Math.min(first + group, n); i++) {
            for (let j = Math.max(second, i + 1); j < Math.min(second + group, n); j++) {
              if (orthogonalizePair(columns[i]!, columns[j]!)) rotated = true;
            }
          }
        }
      }
      return rotated;
    }

    return () => {
      const columns = all.slice(0, factorize()).map((x) => ({ x, square: 0 }));
      for (let done = 0; sweep(columns) && done < MAX_SWEEPS; done++);
      const vectors = new Float64Array(columns.length * m);
      for (const [i, { x, square }] of columns.entries()) {
        const scale = 1 / Math.sqrt(square);
        for (let j = 0; j < m; j++) vectors[i * m + j] = scale * x[j]!;
      }
      return { values: Float64Array.from(columns, ({ square }) => square), vectors };
    };
  })();
}
