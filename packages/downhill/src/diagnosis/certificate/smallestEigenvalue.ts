import { factorize } from "../../core/cholesky.ts";
import type { LinearProblem } from "./linearProblem.ts";

const ROWS_PER_PARAMETER = 8;
const MORE = 8; // the factor from one sample to the next
const LOWEST = 1e-12;
const MOST_COLUMNS = 2000; // the matrix H has the square of their number
const UNIT = Number.EPSILON / 2;

/** A lower bound of a second derivative of the loss of row i, whose length is √(Σ x̃² / D). */
export type CurvatureOf = (i: number, length: number) => number;

/**
 * A proven lower bound of the smallest eigenvalue of D^−½ H D^−½, with H = (1/n) Σ weight · (x, 1)(x, 1)ᵀ and the diagonal D of H,
 * without columns of zeros. It is 0 if no bound of at least 1e-12 is proven, as for columns that depend on each other,
 * and for more than 2000 columns.
 *
 * @param scale  the diagonal D
 *
 * H is at least the part of it that comes from some of the rows, so the bound is that of evenly spaced rows, if this is above
 * 0, or else that of all rows.
 */
export function smallestEigenvalue(problem: LinearProblem, scale: Float64Array): number {
  const [first] = sampleSteps(problem);
  if (first === undefined) return 0;
  const one = (): number => 1;
  return (first > 1 && lowestEigenvalue(problem, scale, first, one)) || lowestEigenvalue(problem, scale, 1, one);
}

/** Samples of evenly spaced rows, as the number of rows from one to the next: each sample has 8 times as many rows as the one before. */
export function sampleSteps({ n, d, entries }: LinearProblem): number[] {
  const steps: number[] = [];
  if (d > MOST_COLUMNS || entries) return steps; // the rows of sparse data cannot be read as dense ones
  let every = Math.floor(n / (ROWS_PER_PARAMETER * (d + 1)));
  for (; every > 1; every = Math.floor(every / MORE)) steps.push(every);
  steps.push(1);
  return steps;
}

/**
 * The same bound for (1/n) Σ curvature · weight · (x, 1)(x, 1)ᵀ, from one of `every` rows, and from at most `most` rows with a curvature.
 *
 * The eigenvalues of A are above μ if the Cholesky factorization of A − (μ + errors) I exists.
 *
 * Source: Rump, “Verification of positive definiteness”, 2006.
 */
export function lowestEigenvalue(
  { rowAt, weights, n, d }: LinearProblem,
  scale: Float64Array,
  every: number,
  curvatureOf: CurvatureOf,
  most = Infinity,
): number {
  const size = d + 1;
  const A = new Float64Array(size * size);
  const row = new Float64Array(size);
  let count = 0;
  for (let i = 0; i < n && count < most; i += every) {
    if (curvatureOf(i, 0) === 0) continue;
    const x = rowAt(i);
    let square = 0;
    for (let j = 0; j < size; j++) {
      row[j] = (j < d ? x[j]! : 1) / Math.sqrt(scale[j]! || 1);
      square += row[j]! * row[j]!;
    }
    const weight = ((weights ? weights[i]! : 1) * curvatureOf(i, Math.sqrt(square))) / n;
    if (weight === 0) continue;
    count++;
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
  for (let bound = trace / (2 * size); bound > LOWEST; bound /= 2) {
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
