/** The eigenvalues above 0 of a symmetric positive semi-definite matrix, with their eigenvectors. */
export interface Eigen {
  /** By falling size. */
  readonly values: Float64Array;
  /** values.length × m numbers: one eigenvector of length 1 in each row. */
  readonly vectors: Float64Array;
}

const MAX_SWEEPS = 40; // about 8 are needed

/**
 * The eigenvalues above 0 of a symmetric positive semi-definite matrix A = D C D with diagonal D and ones on the diagonal of C.
 * First A = L Lᵀ with pivots (Cholesky), then rotations make the columns of L orthogonal (one-sided Jacobi method); their
 * lengths are the roots of the eigenvalues. The relative error of each eigenvalue is about ε times the condition number of C,
 * and that of A does not matter: so columns of very different units are accurate.
 *
 * A direction counts as flat if a column depends on the others up to `rounding`, relative to its own length.
 *
 * @param A  m × m numbers; only the lower triangle is read
 *
 * Source: Demmel and Veselić, “Jacobi's Method is More Accurate than QR”, 1992.
 */
export function eigenOf(A: Float64Array, m: number, rounding: number): Eigen {
  const columns = choleskyColumns(A, m, rounding).map((x) => ({ x, square: dot(x, x) }));
  const rank = columns.length;
  const tolerance = 2 * Number.EPSILON * Math.sqrt(m);
  for (let sweep = 0, rotated = true; rotated && sweep < MAX_SWEEPS; sweep++) {
    rotated = false;
    columns.sort((p, q) => q.square - p.square);
    for (let i = 0; i < rank; i++) {
      const p = columns[i]!;
      for (let j = i + 1; j < rank; j++) {
        const q = columns[j]!;
        const product = dot(p.x, q.x);
        if (!(Math.abs(product) > tolerance * Math.sqrt(p.square) * Math.sqrt(q.square))) continue;
        rotated = true;
        const ratio = (q.square - p.square) / (2 * product);
        const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.sqrt(1 + ratio * ratio));
        rotate(p.x, q.x, tangent);
        p.square -= tangent * product;
        q.square += tangent * product;
      }
    }
    for (const column of columns) column.square = dot(column.x, column.x);
  }
  columns.sort((p, q) => q.square - p.square);
  const vectors = new Float64Array(rank * m);
  for (const [i, { x, square }] of columns.entries()) {
    const scale = 1 / Math.sqrt(square);
    for (let j = 0; j < m; j++) vectors[i * m + j] = scale * x[j]!;
  }
  return { values: Float64Array.from(columns, ({ square }) => square), vectors };
}

/** The columns of L with A = L Lᵀ. Each pivot is the largest diagonal entry that remains and is above rounding. */
function choleskyColumns(A: Float64Array, m: number, rounding: number): Float64Array[] {
  const remaining = Float64Array.from({ length: m }, (_, j) => A[j * m + j]!);
  const smallest = remaining.map((square) => rounding * square);
  const columns: Float64Array[] = [];
  for (;;) {
    let pivot = -1;
    for (let j = 0; j < m; j++) {
      if (remaining[j]! > smallest[j]! && (pivot < 0 || remaining[j]! > remaining[pivot]!)) pivot = j;
    }
    if (pivot < 0) return columns;
    const column = new Float64Array(m);
    const root = Math.sqrt(remaining[pivot]!);
    for (let i = 0; i < m; i++) {
      if (i !== pivot && !(remaining[i]! > smallest[i]!)) continue;
      let sum = i < pivot ? A[pivot * m + i]! : A[i * m + pivot]!;
      for (const before of columns) sum -= before[i]! * before[pivot]!;
      column[i] = i === pivot ? root : sum / root;
      remaining[i]! -= column[i]! * column[i]!;
    }
    remaining[pivot] = 0;
    columns.push(column);
  }
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}

/** x, y ← c x − s y, s x + c y with the tangent s / c. */
function rotate(x: Float64Array, y: Float64Array, tangent: number): void {
  const c = 1 / Math.sqrt(1 + tangent * tangent);
  const s = c * tangent;
  for (let i = 0; i < x.length; i++) {
    const a = x[i]!;
    const b = y[i]!;
    x[i] = c * a - s * b;
    y[i] = s * a + c * b;
  }
}
