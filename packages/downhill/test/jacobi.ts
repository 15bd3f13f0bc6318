/** The eigenvalues and eigenvectors of a symmetric n × n matrix by Jacobi's method; row i of `vectors` belongs to values[i]. */
export function jacobi(matrix: ArrayLike<number>, n: number): { values: Float64Array; vectors: Float64Array } {
  const A = Float64Array.from(matrix);
  const V = new Float64Array(n * n);
  for (let i = 0; i < n; i++) V[i * n + i] = 1;
  for (let sweep = 0; sweep < 60; sweep++) {
    let moved = false;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const apq = A[p * n + q]!;
        if (Math.abs(apq) <= 1e-17 * Math.sqrt(Math.abs(A[p * n + p]! * A[q * n + q]!))) continue;
        moved = true;
        const theta = (A[q * n + q]! - A[p * n + p]!) / (2 * apq);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        const s = t * c;
        for (let k = 0; k < n; k++) {
          const [x, y] = [A[k * n + p]!, A[k * n + q]!];
          A[k * n + p] = c * x - s * y;
          A[k * n + q] = s * x + c * y;
        }
        for (let k = 0; k < n; k++) {
          const [x, y] = [A[p * n + k]!, A[q * n + k]!];
          A[p * n + k] = c * x - s * y;
          A[q * n + k] = s * x + c * y;
          const [f, g] = [V[p * n + k]!, V[q * n + k]!];
          V[p * n + k] = c * f - s * g;
          V[q * n + k] = s * f + c * g;
        }
      }
    }
    if (!moved) break;
  }
  return { values: Float64Array.from({ length: n }, (_, i) => A[i * n + i]!), vectors: V };
}
