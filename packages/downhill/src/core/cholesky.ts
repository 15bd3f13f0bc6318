/**
 * Overwrites the lower triangle of a symmetric positive definite matrix by L of its factorization A = L Lᵀ.
 *
 * @param A  n × n numbers, row by row; only the lower triangle is used
 * @param least  the smallest square of an entry of the diagonal of L, as a share of the entry of A [n · 2^−52]
 * @returns whether A is positive definite, with no entry below `least`; if it is not, A has no meaning
 *
 * Source: Golub and Van Loan, “Matrix Computations”, 4th edition, section 4.2.
 */
export function factorize(A: Float64Array, n: number, least = n * Number.EPSILON): boolean {
  for (let i = 0; i < n; i++) {
    const diagonal = A[i * n + i]!;
    for (let j = 0; j <= i; j++) {
      let sum = A[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= A[i * n + k]! * A[j * n + k]!;
      if (i > j) A[i * n + j] = sum / A[j * n + j]!;
      else if (sum > least * diagonal && sum < Infinity) A[i * n + i] = Math.sqrt(sum);
      else return false;
    }
  }
  return true;
}

/** Overwrites b by the solution x of L Lᵀ x = b. */
export function solveFactorized(L: Float64Array, b: Float64Array): void {
  const n = b.length;
  for (let i = 0; i < n; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= L[i * n + k]! * b[k]!;
    b[i] = sum / L[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    const x = b[i]! / L[i * n + i]!;
    b[i] = x;
    for (let k = 0; k < i; k++) b[k]! -= L[i * n + k]! * x; // along a row of L, which is contiguous
  }
}

/**
 * Solves A x = b for a symmetric positive definite matrix. Both arguments are overwritten: the lower triangle of A by its factor,
 * and b by x.
 *
 * @returns whether A is positive definite; if it is not, b has no meaning
 */
export function solvePositiveDefinite(A: Float64Array, b: Float64Array): boolean {
  if (!factorize(A, b.length)) return false;
  solveFactorized(A, b);
  return true;
}
