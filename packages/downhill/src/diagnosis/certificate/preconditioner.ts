import { factorize, solveFactorized } from "../../core/cholesky.ts";
import { lossCodes } from "../../kernels/kernels.ts";
import { secondDerivative } from "../../kernels/reference/dualSlopes.ts";
import { kernelLimits } from "../../losses/limitedSlope.ts";
import type { EntrySums } from "../../training/objective/sparseEntries.ts";
import type { LinearProblem } from "./linearProblem.ts";

const ROWS_PER_PARAMETER = 8;
const RIDGE = 1e-3; // of the diagonal
const MOST_WORK = 20; // multiply-adds per number of the rows and score; with more, the diagonal alone is used

/**
 * A matrix M that is close to the second derivatives of the objective where the slopes are s, as a function that solves M x = r: one
 * block for each score, from evenly spaced rows. With about eight rows per parameter, conjugate gradients need few products.
 */
export function preconditioner(problem: LinearProblem, s: Float64Array): (r: Float64Array, out: Float64Array) => void {
  const { rowAt, entries, l2, n, d, k } = problem;
  const size = d + 1;
  const bendOf = bindBend(problem, s);
  if (entries) return diagonal(problem, entries, bendOf);
  const every = Math.max(1, Math.floor(n / (ROWS_PER_PARAMETER * size)));
  const diagonalOnly = Math.ceil(n / every) * size > MOST_WORK * n;
  const blocks = Array.from({ length: k }, () => new Float64Array(size * size));
  const row = new Float64Array(size).fill(1);
  for (let i = 0; i < n; i += every) {
    for (let c = 0; c < k; c++) {
      const bend = (bendOf(i, c) * every) / n;
      if (bend === 0) continue;
      const A = blocks[c]!;
      row.set(rowAt(i));
      for (let j = 0; j < size; j++) {
        const part = bend * row[j]!;
        if (diagonalOnly) A[j * size + j]! += part * row[j]!;
        else for (let l = 0; l <= j; l++) A[j * size + l]! += part * row[l]!;
      }
    }
  }
  for (const A of blocks) {
    let trace = 0;
    for (let j = 0; j < size; j++) trace += A[j * size + j]!;
    for (let j = 0; j < size; j++) {
      // Columns that are 0 in all sampled rows get a share of the mean of the diagonal.
      A[j * size + j]! += (j < d ? l2 : 0) + RIDGE * (A[j * size + j]! || trace / size || 1);
    }
    factorize(A, size);
  }
  return (r, out) => {
    for (let c = 0; c < k; c++) {
      const at = (j: number): number => (j < d ? c * d + j : k * d + c);
      for (let j = 0; j < size; j++) row[j] = r[at(j)]!;
      solveFactorized(blocks[c]!, row);
      for (let j = 0; j < size; j++) out[at(j)] = row[j]!;
    }
  };
}

/** Makes a function that returns weight · the second derivative of the loss of row i with respect to score c. */
function bindBend({ targets, weights, spec, k }: LinearProblem, s: Float64Array): (i: number, c: number) => number {
  const isOfClasses = spec.loss === "crossEntropy";
  const code = lossCodes[spec.loss];
  const limits = kernelLimits(spec);
  return (i, c) => {
    const slope = s[i * k + c]!;
    const p = slope + (targets[i] === c ? 1 : 0);
    const own = isOfClasses ? p * (1 - p) : secondDerivative(code, targets[i]!, slope, limits);
    return own * (weights ? weights[i]! : 1);
  };
}

/** For sparse rows, whose matrix has too many numbers: the diagonal alone, of all rows. */
function diagonal(
  { l2, n, d, k }: LinearProblem,
  entries: EntrySums,
  bendOf: (i: number, c: number) => number,
): (r: Float64Array, out: Float64Array) => void {
  const all = new Float64Array(k * (d + 1));
  for (let c = 0; c < k; c++) {
    const own = all.subarray(c * d, (c + 1) * d);
    for (let i = 0; i < n; i++) {
      const bend = bendOf(i, c) / n;
      entries.addSquares(i, bend, own);
      all[k * d + c]! += bend;
    }
  }
  const smallest = RIDGE * (all.reduce((a, b) => a + b, 0) / all.length || 1);
  for (let j = 0; j < all.length; j++) all[j] = all[j]! * (1 + RIDGE) + (j < k * d ? l2 : 0) || smallest;
  return (r, out) => {
    for (let j = 0; j < all.length; j++) out[j] = r[j]! / all[j]!;
  };
}
