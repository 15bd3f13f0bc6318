import type { Arena } from "./arena.ts";
import type { Address } from "./kernels.ts";
import type { RowLocation } from "./source.ts";

/** The affine maps of rows of inputs, dense or sparse. X is the address of n rows; see `affine`, `affineBack` and `squares` of the kernels. */
export interface RowMaps {
  /** Z ← X Wᵀ + b. */
  affine(X: Address, W: Address, b: Address, Z: Address, n: number, k: number): void;
  /** GW += Sᵀ X; Gb += the sums of the columns of S. */
  affineBack(S: Address, X: Address, GW: Address, Gb: Address, n: number, k: number): void;
  /** out_j += Σ_i w_i X_ij²; w 0: no weights. */
  squares(X: Address, w: Address, out: Address, n: number): void;
}

/** @param d  numbers per row */
export function rowMaps(
  { kernels, affineScratch }: Pick<Arena, "kernels" | "affineScratch">,
  { entries }: Pick<RowLocation, "entries">,
  d: number,
): RowMaps {
  if (entries === undefined) {
    const scratch = affineScratch();
    return {
      affine: (X, W, b, Z, n, k) => kernels.affine(X, W, b, Z, n, d, k, scratch),
      affineBack: (S, X, GW, Gb, n, k) => kernels.affineBack(S, X, GW, Gb, n, d, k, scratch),
      squares: (X, w, out, n) => kernels.squares(X, w, out, n, d),
    };
  }
  const { columns, values } = entries;
  return {
    affine: (X, W, b, Z, n, k) => kernels.sparseAffine(X, columns, values, W, b, Z, n, d, k),
    affineBack: (S, X, GW, Gb, n, k) => kernels.sparseAffineBack(S, X, columns, values, GW, Gb, n, d, k),
    squares: (X, w, out, n) => kernels.sparseSquares(X, columns, values, w, out, n),
  };
}
