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

/**
 * Overwrites b by the solution x of L Lᵀ x = b. It works on two rows at a time, whose sums do not wait for each other; the terms of a sum
 * have the order of one row at a time, so the bits are the same.
 */
export function solveFactorized(L: Float64Array, b: Float64Array): void {
  const n = b.length;
  const first = n % 2; // the number of rows before the pairs
  if (first > 0) b[0]! /= L[0]!;
  for (let i = first; i < n; i += 2) {
    const [p, q] = [i * n, (i + 1) * n];
    let [x, y] = [b[i]!, b[i + 1]!];
    for (let k = 0; k < i; k++) {
      x -= L[p + k]! * b[k]!;
      y -= L[q + k]! * b[k]!;
    }
    x /= L[p + i]!;
    b[i] = x;
    b[i + 1] = (y - L[q + i]! * x) / L[q + i + 1]!;
  }
  for (let i = n - 2; i >= first; i -= 2) {
    const [p, q] = [i * n, (i + 1) * n];
    const y = b[i + 1]! / L[q + i + 1]!;
    const x = (b[i]! - L[q + i]! * y) / L[p + i]!;
    b[i] = x;
    b[i + 1] = y;
    for (let k = 0; k < i; k++) b[k] = b[k]! - L[q + k]! * y - L[p + k]! * x; // along rows of L, which are contiguous
  }
  if (first > 0) b[0]! /= L[0]!;
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
