import type { Arena } from "../../kernels/arena.ts";
import type { RowBlocks } from "../../kernels/rowBlocks.ts";
import { rowMaps } from "../../kernels/rowMaps.ts";
import type { HingeSystem } from "./hingeSystem.ts";
import { bindEntries, type EntrySums } from "./sparseEntries.ts";

const BLOCK = 256; // rows whose entries stay in the cache between the two maps of a product
const PRODUCTS = 100; // the largest number of products with the matrix
const RESIDUAL = 0.01; // the share of the scaled square of the residual that is left then
const NEGLIGIBLE = 1e-5; // of the largest curvature: rows with less are left out

/**
 * The equations of bindHingeSystem for sparse rows, solved by conjugate gradients scaled by the diagonal. A product costs the entries of
 * the rows: the rows are not centred, but the mean x̄ of the rows with weights q is subtracted from the products x·v.
 */
export function bindSparseHingeSystem(arena: Arena, X: RowBlocks, n: number, d: number, l2: number): HingeSystem {
  const { kernels } = arena;
  const maps = rowMaps(arena, X, d, 0);
  const chosen = arena.indices(n);
  const rows = arena.reserve(8 * n);
  const products = arena.vector(BLOCK);
  const vector = arena.vector(d);
  const sums = arena.vector(d);
  const bias = arena.vector(1);
  const unused = arena.vector(1);
  const center = new Float64Array(d);
  const diagonal = new Float64Array(d);
  let own: EntrySums | undefined;

  /** Lists the rows whose curvature is not negligible, and multiplies it so that they have the sum of all; returns their number. */
  function choose(q: Float64Array): number {
    own ??= bindEntries(arena, X, n);
    let [largest, total, sum, count] = [0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      largest = Math.max(largest, q[i]!);
      total += q[i]!;
    }
    for (let i = 0; i < n; i++) {
      if (!(q[i]! > NEGLIGIBLE * largest)) continue;
      chosen[count++] = i;
      sum += q[i]!;
    }
    center.fill(0);
    diagonal.fill(0);
    for (let r = 0; r < count; r++) {
      const i = chosen[r]!;
      q[i]! *= total / sum;
      own.addRow(i, q[i]! / total, center, 0);
      own.addSquares(i, q[i]! / n, diagonal);
    }
    for (let j = 0; j < d; j++) diagonal[j] = l2 + Math.max(0, diagonal[j]! - (total / n) * center[j]! * center[j]!);
    kernels.gather(X.address, chosen.byteOffset, rows, count, X.stride);
    return count;
  }

  /** sums ← Σ q (x·v − x̄·v) x for v in `vector`. */
  function multiply(count: number, q: Float64Array): void {
    let shift = 0;
    for (let j = 0; j < d; j++) shift -= center[j]! * vector[j]!;
    bias[0] = shift;
    sums.fill(0);
    for (let from = 0; from < count; from += BLOCK) {
      const rowsOfBlock = Math.min(BLOCK, count - from);
      const at = rows + from * X.stride;
      maps.affine(at, vector.byteOffset, bias.byteOffset, products.byteOffset, rowsOfBlock, 1);
      for (let r = 0; r < rowsOfBlock; r++) products[r]! *= q[chosen[from + r]!]!;
      maps.affineBack(products.byteOffset, at, sums.byteOffset, unused.byteOffset, rowsOfBlock, 1);
    }
  }

  return {
    solve(q, g) {
      const count = choose(q);
      const residual = g.slice();
      const direction = g.map((x, j) => x / diagonal[j]!);
      let rho = direction.reduce((sum, x, j) => sum + x * residual[j]!, 0);
      const enough = RESIDUAL * rho;
      g.fill(0);
      for (let i = 0; i < PRODUCTS && rho > enough; i++) {
        vector.set(direction);
        multiply(count, q);
        let curved = 0;
        for (let j = 0; j < d; j++) curved += direction[j]! * (sums[j]! / n + l2 * direction[j]!);
        const step = rho / curved;
        let next = 0;
        for (let j = 0; j < d; j++) {
          g[j]! += step * direction[j]!;
          residual[j]! -= step * (sums[j]! / n + l2 * direction[j]!);
          next += (residual[j]! * residual[j]!) / diagonal[j]!;
        }
        for (let j = 0; j < d; j++) direction[j] = residual[j]! / diagonal[j]! + (next / rho) * direction[j]!;
        rho = next;
      }
      let intercept = 0;
      for (let j = 0; j < d; j++) intercept -= center[j]! * g[j]!;
      return intercept;
    },
  };
}
