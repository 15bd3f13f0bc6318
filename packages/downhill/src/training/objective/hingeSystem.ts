// The linear equations of a Newton step for one score of a linear model.
import { factorize, solveFactorized } from "../../core/cholesky.ts";
import { viewOf } from "../../core/vector.ts";
import type { Arena } from "../../kernels/arena.ts";
import type { BoundParts } from "./boundRisk.ts";
import { bindColumnSquares } from "./columnSquares.ts";
import { solveByProducts } from "./solveByProducts.ts";

const DIRECT = 128; // the largest order of a matrix that is factorized
const NEGLIGIBLE = [1e-5, 1e-4, 1e-3]; // of the largest curvature: rows with less are left out, with a larger share if there are many
const ROWS = 2048; // at most this number of rows are used, or
const ROWS_PER_COLUMN = 16; // this number per column, evenly spaced
const RARE = 1e-2; // a column is rare if its products are below this share of the expected ones
const RIDGE = 1e-14; // added to a matrix that is singular up to rounding, as a share of its diagonal

/** The second derivatives H = Σ qᵢ (xᵢ, 1)(xᵢ, 1)ᵀ / n + l2 I of n rows; l2 is not added for the intercept. */
export interface HingeSystem {
  /**
   * Overwrites g by the weights p of the solution of H (p, b) = (g, 0); returns its intercept b.
   *
   * @param q  the curvature of each row
   */
  solve(q: Float64Array, g: Float64Array): number;
}

/**
 * Binds the equations. The intercept is eliminated: x̄ is the mean of the rows with weights q, and A has the rows √qᵢ (xᵢ − x̄). With
 * fewer rows than columns, the matrix is A Aᵀ + n l2 I in place of Aᵀ A + n l2 I.
 */
export function bindHingeSystem(arena: Arena, parts: BoundParts, n: number, d: number): HingeSystem {
  const { X, l2 } = parts;
  const { kernels, elementType, memory } = arena;
  const most = Math.min(n, Math.max(ROWS, ROWS_PER_COLUMN * (d + 1)));
  const size = Math.min(n, d, DIRECT);
  const A = arena.vector(most * d);
  const products = arena.vector(Math.max(most, size * size));
  const vector = arena.vector(d);
  const zeros = arena.vector(Math.max(d, size));
  const scratch = arena.affineScratch();
  const chosen = new Uint32Array(n);
  const center = new Float64Array(d);
  const squares = bindColumnSquares(arena, { ...parts, w: undefined }, n);
  let matrix = new Float64Array(0);
  let typical = 0; // the mean curvature
  let isSample = false;

  /**
   * Lists rows whose curvature is not negligible, evenly spaced if there are many, and multiplies their curvatures so that they stand
   * for all. Writes them into A, and computes their mean; returns their number.
   */
  function choose(q: Float64Array): number {
    let largest = 0;
    let total = 0;
    for (let i = 0; i < n; i++) {
      if (q[i]! > largest) largest = q[i]!;
      total += q[i]!;
    }
    let all = 0;
    for (const share of NEGLIGIBLE) {
      all = 0;
      for (let i = 0; i < n; i++) if (q[i]! > share * largest) chosen[all++] = i;
      if (all <= most) break;
    }
    const every = Math.ceil(all / most);
    const count = Math.ceil(all / (every || 1));
    let sum = 0;
    for (let r = 0; r < count; r++) {
      chosen[r] = chosen[r * every]!;
      sum += q[chosen[r]!]!;
    }
    center.fill(0);
    for (let r = 0; r < count; r++) {
      const i = chosen[r]!;
      q[i]! *= total / sum;
      const share = q[i]! / total;
      const row = viewOf(elementType, memory.buffer, X.at({ order: null, from: i, to: i + 1 }), d);
      A.set(row, r * d);
      for (let j = 0; j < d; j++) center[j]! += share * row[j]!;
    }
    typical = total / n;
    isSample = every > 1;
    return count;
  }

  /** Overwrites each row x of A by √q (x − x̄). */
  function write(count: number, q: Float64Array): void {
    for (let r = 0, at = 0; r < count; r++) {
      const root = Math.sqrt(q[chosen[r]!]!);
      for (let j = 0; j < d; j++, at++) A[at] = root * (A[at]! - center[j]!);
    }
  }

  /** Factorizes the products + n l2 I. */
  function factorizeMatrix(order: number): void {
    if (matrix.length !== order * order) matrix = new Float64Array(order * order);
    for (let ridge = 0; ; ridge = 100 * ridge || RIDGE) {
      for (let i = 0; i < order * order; i++) matrix[i] = products[i]!;
      for (let j = 0; j < order; j++) matrix[j * (order + 1)] = matrix[j * (order + 1)]! * (1 + ridge) + n * l2;
      if (factorize(matrix, order) || !(ridge < 1)) return;
    }
  }

  /** A column that is rare in the sample, but not in all rows, has about the curvature of all rows. */
  function addRareColumns(): void {
    for (let j = 0; j < d; j++) {
      const expected = typical * squares.all[j]!;
      if (products[j * (d + 1)]! < RARE * expected) products[j * (d + 1)] = expected;
    }
  }

  function solveByColumns(count: number, g: Float64Array): void {
    products.fill(0);
    kernels.affineBack(A.byteOffset, A.byteOffset, products.byteOffset, zeros.byteOffset, count, d, d, scratch);
    if (isSample) addRareColumns();
    factorizeMatrix(d);
    solveFactorized(matrix, g);
    for (let j = 0; j < d; j++) g[j]! *= n;
  }

  function solveByRows(count: number, g: Float64Array): void {
    zeros.fill(0);
    kernels.affine(A.byteOffset, A.byteOffset, zeros.byteOffset, products.byteOffset, count, d, count, scratch);
    factorizeMatrix(count);
    vector.set(g);
    kernels.affine(A.byteOffset, vector.byteOffset, zeros.byteOffset, products.byteOffset, count, d, 1, scratch);
    const c = Float64Array.from(products.subarray(0, count));
    solveFactorized(matrix, c);
    products.set(c);
    vector.fill(0);
    kernels.affineBack(products.byteOffset, A.byteOffset, vector.byteOffset, zeros.byteOffset, count, d, 1, scratch);
    for (let j = 0; j < d; j++) g[j] = (g[j]! - vector[j]!) / l2;
  }

  function solveIteratively(count: number, g: Float64Array): void {
    const diagonal = new Float64Array(d).fill(l2);
    for (let r = 0, at = 0; r < count; r++) for (let j = 0; j < d; j++, at++) diagonal[j]! += (A[at]! * A[at]!) / n;
    solveByProducts(g, diagonal, (v, out) => {
      vector.set(v);
      zeros.fill(0);
      kernels.affine(A.byteOffset, vector.byteOffset, zeros.byteOffset, products.byteOffset, count, d, 1, scratch);
      vector.fill(0);
      kernels.affineBack(products.byteOffset, A.byteOffset, vector.byteOffset, zeros.byteOffset, count, d, 1, scratch);
      for (let j = 0; j < d; j++) out[j] = vector[j]! / n + l2 * v[j]!;
    });
  }

  return {
    solve(q, g) {
      const count = choose(q);
      write(count, q);
      if (Math.min(count, d) > DIRECT) solveIteratively(count, g);
      else if (count < d) solveByRows(count, g);
      else solveByColumns(count, g);
      let intercept = 0;
      for (let j = 0; j < d; j++) intercept -= center[j]! * g[j]!;
      return intercept;
    },
  };
}
