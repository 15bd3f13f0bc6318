/** A positive semidefinite system H x = g. */
export interface System {
  /** out ← H v. */
  times(v: Float64Array, out: Float64Array): void;
  /** About the diagonal of H, above 0; it scales the residual. */
  readonly diagonal: ArrayLike<number>;
  /** Whether the solution is good enough: of the residual g − H x, its scaled square, and ½ gᵀx. Checked before each product. */
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
  { times, diagonal, enough, most }: System,
): { x: Float64Array; products: number } {
  const size = g.length;
  const x = new Float64Array(size);
  const direction = new Float64Array(size);
  const change = new Float64Array(size);
  let square = 0;
  let gain = 0;
  for (let j = 0; j < size; j++) {
    direction[j] = g[j]! / diagonal[j]!;
    square += g[j]! * direction[j]!;
  }
  let products = 0;
  while (square > 0 && products < most && !enough(g, square, gain)) {
    times(direction, change);
    products++;
    let curved = 0;
    for (let j = 0; j < size; j++) curved += direction[j]! * change[j]!;
    if (!(curved > 0)) break;
    const step = square / curved;
    gain += 0.5 * step * square;
    let next = 0;
    for (let j = 0; j < size; j++) {
      x[j]! += step * direction[j]!;
      g[j]! -= step * change[j]!;
      next += (g[j]! * g[j]!) / diagonal[j]!;
    }
    for (let j = 0; j < size; j++) direction[j] = g[j]! / diagonal[j]! + (next / square) * direction[j]!;
    square = next;
  }
  return { x, products };
}
