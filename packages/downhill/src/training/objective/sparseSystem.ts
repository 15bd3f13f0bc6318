import type { Arena } from "../../kernels/arena.ts";
import type { Address } from "../../kernels/kernels.ts";
import type { RowBlocks } from "../../kernels/rowBlocks.ts";
import type { ColumnSquares } from "./columnSquares.ts";
import type { HingeSystem } from "./hingeSystem.ts";
import { solveByProducts } from "./solveByProducts.ts";

const MAX_COPIED = 1 << 25; // entries: 384 MiB

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

/** The numbers that the equations depend on. */
export interface SparseShape {
  readonly n: number;
  readonly d: number;
  readonly l2: number;
  /** Rows whose curvature is below this share of the largest are left out. */
  readonly negligible: number;
}

/**
 * Binds the equations. They are solved by conjugate gradients, scaled by about the diagonal: it is computed as if the curvatures of the rows
 * were equal. A product costs one pass over the entries of the rows; those of at most half of the entries are copied
 * first, because passes over rows with gaps between them take up to three times as long. The intercept is eliminated: the rows are not centred, but the mean x̄ of
 * the rows with weights q is subtracted from the products x·v.
 */
export function bindSparseSystem(
  { kernels, bytes, memory, indices, vector: numbers, doubles }: Arena,
  { address, entries }: RowBlocks,
  { n, d, l2, negligible }: SparseShape,
  squares: ColumnSquares,
): SparseSystem {
  const room = Math.min(MAX_COPIED, Math.floor((entries!.perRow * n) / 2));
  // the rows that are not left out, and the same rows in the copy
  const chosen = { rows: indices(2 * n), columns: entries!.columns, values: entries!.values };
  const copied = { rows: indices(2 * n), columns: indices(room).byteOffset, values: numbers(room).byteOffset };
  const curvatures = doubles(n);
  const vector = doubles(d + 1);
  const sums = doubles(d + 1);
  const diagonal = new Float64Array(d);
  const center = new Float64Array(d);
  let count = 0;
  let used = chosen;

  /** sums ← Σ q (v·(x, 1)) (x, 1) / n; v 0: Σ q (x, 1) / n. */
  function multiply(v: Address): void {
    sums.fill(0);
    const { rows, columns, values } = used;
    kernels.sparseProduct(rows.byteOffset, columns, values, curvatures.byteOffset, v, sums.byteOffset, count, d);
  }

  /** Lists the rows whose curvature is not negligible, and multiplies it so that they have the sum of all; returns that sum / n. */
  function choose(q: Float64Array): number {
    const rows = new Uint32Array(memory.buffer, address, 2 * n);
    let [largest, total] = [0, 0];
    for (let i = 0; i < n; i++) {
      if (q[i]! > largest) largest = q[i]!;
      total += q[i]!;
    }
    const kept = listRows(q, negligible * largest, rows, curvatures, chosen.rows, copied.rows);
    const { sum, length } = kept;
    count = kept.count;
    for (let r = 0; r < count; r++) curvatures[r]! *= total / sum / n;
    used = length <= room ? copied : chosen;
    if (used === copied) {
      kernels.gatherEntries(chosen.rows.byteOffset, chosen.columns, copied.columns, count, 4);
      kernels.gatherEntries(chosen.rows.byteOffset, chosen.values, copied.values, count, bytes);
    }
    return total / n;
  }

  return {
    solve(q, g, slope = 0) {
      const mean = choose(q);
      const inverse = mean > 0 ? 1 / mean : 0;
      const all = squares.all;
      multiply(0);
      for (let j = 0; j < d; j++) {
        center[j] = sums[j]! * inverse;
        g[j]! -= slope * center[j]!;
        diagonal[j] = l2 + Math.max(0, mean * (all[j]! / n - center[j]! * center[j]!));
      }
      solveByProducts(g, diagonal, (v, out) => {
        let shift = 0;
        for (let j = 0; j < d; j++) shift -= center[j]! * v[j]!;
        vector.set(v);
        vector[d] = shift;
        multiply(vector.byteOffset);
        for (let j = 0; j < d; j++) out[j] = sums[j]! + l2 * v[j]!;
      });
      let intercept = slope * inverse;
      for (let j = 0; j < d; j++) intercept -= center[j]! * g[j]!;
      return intercept;
    },
  };
}

/**
 * Lists the rows whose curvature is above `lowest`: their curvatures, their places, and their places in a copy without gaps. Returns the number of
 * rows, the sum of their curvatures, and the number of their entries. It is a function of the module, because an engine is slow to optimize
 * one that each run makes anew.
 */
function listRows(
  q: Float64Array,
  lowest: number,
  rows: Uint32Array,
  curvatures: Float64Array,
  from: Uint32Array,
  to: Uint32Array,
): { readonly count: number; readonly sum: number; readonly length: number } {
  let [count, sum, length] = [0, 0, 0];
  for (let i = 0; i < q.length; i++) {
    const own = q[i]!;
    if (!(own > lowest)) continue;
    curvatures[count] = own;
    from[2 * count] = rows[2 * i]!;
    from[2 * count + 1] = rows[2 * i + 1]!;
    to[2 * count] = length;
    length += rows[2 * i + 1]! - rows[2 * i]!;
    to[2 * count + 1] = length;
    sum += own;
    count++;
  }
  return { count, sum, length };
}
