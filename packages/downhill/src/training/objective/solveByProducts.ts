import { conjugateGradients } from "../../core/conjugateGradients.ts";

const PRODUCTS = 100; // the largest number of products with the matrix
const RESIDUAL = 0.01; // the share of the scaled square of the residual that is left then

/** Overwrites g by about the solution x of H x = g: conjugate gradients, scaled by the diagonal, with products `out` = H v. */
export function solveByProducts(
  g: Float64Array,
  diagonal: Float64Array,
  times: (v: Float64Array, out: Float64Array) => void,
): void {
  let first = 0;
  const { x } = conjugateGradients(g, {
    times,
    precondition(r, out) {
      for (let j = 0; j < r.length; j++) out[j] = r[j]! / diagonal[j]!;
    },
    enough(_, square) {
      first ||= square;
      return square <= RESIDUAL * first;
    },
    most: PRODUCTS,
  });
  g.set(x);
}
