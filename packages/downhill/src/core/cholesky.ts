/**
 * Solves A x = b for a symmetric positive definite matrix, with the factorization A = L Lᵀ. Both arguments are overwritten:
 * the lower triangle of A by L, and b by x.
 *
 * @param A  n × n numbers, row by row; only the lower triangle is used
 * @returns whether A is positive definite; if it is not, b has no meaning
 *
 * Source: Golub and Van Loan, “Matrix Computations”, 4th edition, section 4.2.
 */
export function solvePositiveDefinite(A: Float64Array, b: Float64Array): boolean {
  const n = b.length;
  for (let i = 0; i < n; i++) {
    const diagonal = A[i * n + i]!;
    for (let j = 0; j <= i; j++) {
      let sum = A[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= A[i * n + k]! * A[j * n + k]!;
      if (i > j) A[i * n + j] = sum / A[j * n + j]!;
      else if (sum > n * Number.EPSILON * diagonal && sum < Infinity) A[i * n + i] = Math.sqrt(sum);
      else return false;
    }
  }
  for (let i = 0; i < n; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= A[i * n + k]! * b[k]!;
    b[i] = sum / A[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let k = i + 1; k < n; k++) sum -= A[k * n + i]! * b[k]!;
    b[i] = sum / A[i * n + i]!;
  }
  return true;
}
