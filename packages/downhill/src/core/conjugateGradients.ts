import { dot } from "./dot.ts";

const USELESS = 1e-10; // a direction whose curvature is below this share of that of M is the effect of rounding

/** A positive semidefinite system H x = g. */
export interface System {
  /** out ← H v. */
  times(v: Float64Array, out: Float64Array): void;
  /** out ← M⁻¹ r for a positive definite matrix M that is close to H. */
  precondition(r: Float64Array, out: Float64Array): void;
  /** Called before each product; true ends the iteration. It receives the residual r = g − H x, then rᵀM⁻¹r, then ½ gᵀx. */
  enough(residual: Float64Array, square: number, gain: number): boolean;
  /** The largest number of products. */
  readonly most: number;
}

/**
 * An approximate solution of H x = g by conjugate gradients. H need not have an inverse if g is in its range. It also ends
 * where rounding has made a direction useless.
 *
 * @param g  the right side; overwritten by the residual g − H x, as the iteration updates it
 * @returns x, and the number of products
 *
 * Source: Hestenes and Stiefel, 1952.
 */
export function conjugateGradients(
  g: Float64Array,
  { times, precondition, enough, most }: System,
): { x: Float64Array; products: number } {
  const size = g.length;
  const x = new Float64Array(size);
  const change = new Float64Array(size);
  const scaled = new Float64Array(size);
  precondition(g, scaled);
  const direction = scaled.slice();
  let square = dot(g, scaled);
  let length = square; // of the direction, measured with M
  let gain = 0;
  let products = 0;
  while (square > 0 && products < most && !enough(g, square, gain)) {
    times(direction, change);
    products++;
    const curved = dot(direction, change);
    if (!(curved > USELESS * length)) break;
    const step = square / curved;
    gain += 0.5 * step * square;
    for (let j = 0; j < size; j++) {
      x[j]! += step * direction[j]!;
      g[j]! -= step * change[j]!;
    }
    precondition(g, scaled);
    const next = dot(g, scaled);
    for (let j = 0; j < size; j++) direction[j] = scaled[j]! + (next / square) * direction[j]!;
    length = next + (next / square) * (next / square) * length;
    square = next;
  }
  return { x, products };
}
