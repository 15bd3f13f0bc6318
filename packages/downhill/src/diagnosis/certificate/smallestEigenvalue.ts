import { factorize } from "../../core/cholesky.ts";
import type { LinearProblem } from "./linearProblem.ts";

const ROWS_PER_PARAMETER = 8;
const LOWEST = 1e-12;
const MOST_COLUMNS = 2000; // the matrix H has the square of their number
const UNIT = Number.EPSILON / 2;

/**
 * A proven lower bound of the smallest eigenvalue of D^−½ H D^−½, with H = (1/n) Σ weight · (x, 1)(x, 1)ᵀ and the diagonal D of H,
 * without columns of zeros. It is 0 if no bound of at least 1e-12 is proven, as for columns that depend on each other,
 * and for more than 2000 columns.
 *
 * @param scale  the diagonal D
 *
 * H is at least the part of it that comes from some of the rows, so the bound is that of evenly spaced rows, if this is above
 * 0, or else that of all rows. The eigenvalues of A are above μ if the Cholesky factorization of A − (μ + errors) I exists.
 *
 * Source: Rump, “Verification of positive definiteness”, 2006.
 */
export function smallestEigenvalue(problem: LinearProblem, scale: Float64Array): number {
  if (problem.d > MOST_COLUMNS) return 0;
  const every = Math.floor(problem.n / (ROWS_PER_PARAMETER * (problem.d + 1)));
  return (every > 1 && boundOf(problem, scale, every)) || boundOf(problem, scale, 1);
}

function boundOf({ rowAt, weights, n, d }: LinearProblem, scale: Float64Array, every: number): number {
  const size = d + 1;
  const A = new Float64Array(size * size);
  const row = new Float64Array(size);
  let count = 0;
  for (let i = 0; i < n; i += every, count++) {
    const weight = (weights ? weights[i]! : 1) / n;
    const x = rowAt(i);
    for (let j = 0; j < size; j++) row[j] = (j < d ? x[j]! : 1) / Math.sqrt(scale[j]! || 1);
    for (let j = 0; j < size; j++) {
      const part = weight * row[j]!;
      for (let l = 0; l <= j; l++) A[j * size + l]! += part * row[l]!;
    }
  }
  let trace = 0;
  for (let j = 0; j < size; j++) {
    if (scale[j] === 0) A[j * size + j] = 1; // a column of zeros changes nothing
    trace += A[j * size + j]!;
  }
  const error = 2 * (count + size + 8) * UNIT * trace;
  for (let bound = 0.1; bound > LOWEST; bound /= 10) {
    if (
      factorize(
        A.map((entry, at) => (at % (size + 1) === 0 ? entry - bound - error : entry)),
        size,
      )
    )
      return bound;
  }
  return 0;
}
