import { conjugateGradients } from "../../core/conjugateGradients.ts";
import type { Arena } from "../../kernels/arena.ts";
import type { RowBlocks } from "../../kernels/rowBlocks.ts";
import type { ColumnSquares } from "./columnSquares.ts";
import type { HingeSystem } from "./hingeSystem.ts";

const PRODUCTS = 100; // the largest number of products with the matrix
const RESIDUAL = 0.01; // the share of the scaled square of the residual that is left then
const NEGLIGIBLE = 1e-3; // of the largest curvature: rows with less are left out

/** The equations of a Newton step for one score of a linear model with n sparse rows of d columns. */
export interface SparseSystem extends HingeSystem {
  /**
   * Overwrites g by the weights p of about the solution of H (p, b) = (g, slope); returns its intercept b. H is Σ qᵢ (xᵢ, 1)(xᵢ, 1)ᵀ / n + l2 I;
   * l2 is not added for the intercept.
   *
   * @param q  the curvature of each row
   */
  solve(q: Float64Array, g: Float64Array, slope?: number): number;
}

/**
 * Binds the equations. They are solved by conjugate gradients, scaled by about the diagonal: it is computed as if the curvatures of the rows
 * were equal. A product costs one pass over the entries of the rows. The intercept is eliminated: the rows are not centred, but the mean x̄ of
 * the rows with weights q is subtracted from the products x·v.
 */
export function bindSparseSystem(
  { kernels, indices, reserve, doubles }: Arena,
  { address, stride, entries }: RowBlocks,
  { n, d, l2 }: { readonly n: number; readonly d: number; readonly l2: number },
  squares: ColumnSquares,
): SparseSystem {
  const { columns, values } = entries!;
  const chosen = indices(n);
  const rows = reserve(stride * n);
  const curvatures = doubles(n);
  const vector = doubles(d + 1);
  const sums = doubles(d + 1);
  const diagonal = new Float64Array(d);
  const center = new Float64Array(d);
  let count = 0;

  /** sums ← Σ q (v·x + shift) (x, 1) / n for v in `vector`. */
  function multiply(shift: number): void {
    vector[d] = shift;
    sums.fill(0);
    const [q, v, out] = [curvatures.byteOffset, vector.byteOffset, sums.byteOffset];
    kernels.sparseProduct(rows, columns, values, q, v, out, count, d);
  }

  /** Lists the rows whose curvature is not negligible, and multiplies it so that they have the sum of all; returns that sum / n. */
  function choose(q: Float64Array): number {
    let [largest, total, sum] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      largest = Math.max(largest, q[i]!);
      total += q[i]!;
    }
    count = 0;
    for (let i = 0; i < n; i++) {
      if (!(q[i]! > NEGLIGIBLE * largest)) continue;
      curvatures[count] = q[i]!;
      chosen[count++] = i;
      sum += q[i]!;
    }
    for (let r = 0; r < count; r++) curvatures[r]! *= total / sum / n;
    kernels.gather(address, chosen.byteOffset, rows, count, stride);
    return total / n;
  }

  return {
    solve(q, g, slope = 0) {
      const mean = choose(q);
      vector.fill(0);
      multiply(1);
      for (let j = 0; j < d; j++) {
        center[j] = mean > 0 ? sums[j]! / mean : 0;
        g[j]! -= slope * center[j]!;
        diagonal[j] = l2 + Math.max(0, mean * (squares.all[j]! / n - center[j]! * center[j]!));
      }
      let first = 0;
      const { x } = conjugateGradients(g, {
        times(v, out) {
          let shift = 0;
          for (let j = 0; j < d; j++) shift -= center[j]! * v[j]!;
          vector.set(v);
          multiply(shift);
          for (let j = 0; j < d; j++) out[j] = sums[j]! + l2 * v[j]!;
        },
        precondition(r, out) {
          for (let j = 0; j < d; j++) out[j] = r[j]! / diagonal[j]!;
        },
        enough(_, square) {
          first ||= square;
          return square <= RESIDUAL * first;
        },
        most: PRODUCTS,
      });
      g.set(x);
      let intercept = mean > 0 ? slope / mean : 0;
      for (let j = 0; j < d; j++) intercept -= center[j]! * g[j]!;
      return intercept;
    },
  };
}
