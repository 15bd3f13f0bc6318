import { factorize } from "../../core/cholesky.ts";
import { dot } from "../../core/dot.ts";
import { allocate } from "../../kernels/arena.ts";
import { inKeptMemory } from "../../kernels/keptMemory.ts";
import type { BindKernels } from "../../kernels/kernels.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import type { LinearProblem } from "./linearProblem.ts";

const ROWS_PER_PARAMETER = 8;
const ROWS = 256; // that are added at a time
const LOWEST = 1e-12;
const MOST_COLUMNS = 2000; // the matrix H has the square of their number
const UNIT = Number.EPSILON / 2;

/** The distance between the rows of the smallest sample that may prove a bound of the smallest eigenvalue. */
export const fewestRows = ({ n, d }: LinearProblem): number =>
  Math.max(1, Math.floor(n / (ROWS_PER_PARAMETER * (d + 1))));

/** The bound of `lowestEigenvalue` for the squared error, whose second derivatives are 1: from evenly spaced rows, or else from all. */
export const smallestEigenvalue = (problem: LinearProblem, scale: Float64Array): number =>
  lowestEigenvalue(problem, scale, fewestRows(problem), () => 1) || lowestEigenvalue(problem, scale, 1, () => 1);

/**
 * A proven lower bound of the smallest eigenvalue of D^−½ H D^−½, with H = (1/n) Σ curvature · weight · (x, 1)(x, 1)ᵀ over one of `every`
 * rows. It is 0 if no bound of at least 1e-12 is proven, as for columns that depend on each
 * other, for more than 2000 columns, and for sparse rows.
 *
 * The eigenvalues of A are above μ if the Cholesky factorization of A − (μ + errors) I exists.
 *
 * @param curvatureOf  of row i, whose length is √(Σ x̃² / D)
 *
 * Source: Rump, “Verification of positive definiteness”, 2006.
 */
export const lowestEigenvalue = (
  problem: LinearProblem,
  scale: Float64Array,
  every: number,
  curvatureOf: (i: number, length: number) => number,
): number =>
  problem.d > MOST_COLUMNS || problem.entries
    ? 0
    : inKeptMemory(wasmKernels, (bind) => lowestIn(bind, problem, scale, every, curvatureOf));

function lowestIn(
  bind: BindKernels,
  { rowAt, weights, n, d }: LinearProblem,
  scale: Float64Array,
  every: number,
  curvatureOf: (i: number, length: number) => number,
): number {
  const size = d + 1;
  const { kernels, X, S, A, scratch } = allocate(bind, "float64", (arena) => ({
    ...{ kernels: arena.kernels, X: arena.vector(ROWS * size), S: arena.vector(ROWS * size) },
    ...{ A: arena.vector(size * size + size) as Float64Array, scratch: arena.affineScratch() },
  }));
  const row = new Float64Array(size);
  const root = scale.map((square) => Math.sqrt(square || 1));
  let count = 0;
  let at = 0;
  function addRows(): void {
    kernels.affineBack(
      S.byteOffset,
      X.byteOffset,
      A.byteOffset,
      A.byteOffset + 8 * size * size,
      at,
      size,
      size,
      scratch,
    );
    at = 0;
  }
  for (let i = 0; i < n; i += every) {
    if (curvatureOf(i, 0) === 0) continue;
    const x = rowAt(i);
    for (let j = 0; j < size; j++) row[j] = (j < d ? x[j]! : 1) / root[j]!;
    const weight = ((weights ? weights[i]! : 1) * curvatureOf(i, Math.sqrt(dot(row, row)))) / n;
    if (weight === 0) continue;
    count++;
    X.set(row, at * size);
    for (let j = 0; j < size; j++) S[at * size + j] = weight * row[j]!;
    if (++at === ROWS) addRows();
  }
  addRows();
  let trace = 0;
  for (let j = 0; j < size; j++) {
    if (scale[j] === 0) A[j * size + j] = 1; // a column of zeros changes nothing
    trace += A[j * size + j]!;
  }
  const error = 2 * (count + size + 8) * UNIT * trace;
  const L = new Float64Array(size * size);
  function isAbove(bound: number): boolean {
    L.set(A.subarray(0, size * size));
    for (let j = 0; j < size; j++) L[j * size + j]! -= bound + error;
    return factorize(L, size);
  }
  for (let bound = trace / (2 * size); bound > LOWEST; bound /= 2) if (isAbove(bound)) return bound;
  return 0;
}
