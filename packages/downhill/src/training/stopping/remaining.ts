// How far an objective is above its optimum, computed from its derivatives.
import { elementOf, type Vector } from "../../core/vector.ts";
import type { Curvature } from "../objective/curvature.ts";

const ROUNDING = { float64: 1e-15, float32: 5e-7 }; // of the sums that make a gradient, relative
const WITH_INTERCEPT = 0.1; // what an intercept, which is not penalised, may leave of the smallest curvature
const HIDDEN = 1e-12; // a curvature that is smaller than this beside those of the columns may stay unseen
const TELLING = 10; // products after which a refusal says how far there is to go

/** Where to look. */
export interface Place {
  readonly params: Vector;
  /** The gradient there. */
  readonly gradient: Vector;
  /** The objective there. */
  readonly value: number;
  /** What may be left. */
  readonly allowed: number;
  /** Products with H that a check may take; one that has not ended by then refuses. */
  readonly products: number;
}

/**
 * Whether at most `allowed` of an objective is left: half the Newton decrement, ½ gᵀ H⁻¹ g, which is exactly what is left
 * of a quadratic, and nearly so of the others near their optimum.
 *
 * It is the sum of the terms of conjugate gradients on H x = g, scaled by the diagonal; each term is above 0, so the sum
 * refuses as soon as it is above what is allowed. It ends when that has room for what the residual may hide, taking for the
 * smallest curvature a tenth of l2 / (largest diagonal) or, where that is less, of the intercept of the rarest class, and
 * 1e-12 where there is less; or when the residual is no more than the rounding of a gradient. So H need not have an inverse: the residual stays in its range.
 *
 * With l1 the gradient is g + l1 · sign(w), or for w = 0 what of g is above l1; weights that are 0 and stay so are left out.
 * That is what is left as long as no further weight leaves 0.
 *
 * A check begins with a screen that is free: ½ Σ g_j² / (bound of H_jj) must be at most `screen` times what is allowed. A
 * check that refuses sets the screen lower by what it found, so that there are few. A product with H costs about as much as
 * an evaluation.
 *
 * Source: Hestenes and Stiefel, 1952; Boyd and Vandenberghe, “Convex Optimization”, 9.5 (the decrement).
 */
export function bindRemaining(
  curvature: Curvature,
  v: Vector,
  out: Vector,
): (place: Place, progress: { screen: number }) => boolean {
  const { weights, l2, l1 } = curvature.penalties;
  const size = v.length;
  const rounding = ROUNDING[elementOf(v)];
  const [diagonal, residual, direction, change] = [0, 1, 2, 3].map(() => new Float64Array(size)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const penalised = new Uint8Array(size);
  for (const [from, to] of weights) penalised.fill(1, from, to);
  const leftOut = new Uint8Array(size);
  let least = HIDDEN; // of the scaled curvatures
  let ready = false;

  function prepare(): void {
    diagonal.set(curvature.largest());
    const largest = [0, 0]; // of intercepts, and of weights
    for (let j = 0; j < size; j++) largest[penalised[j]!] = Math.max(largest[penalised[j]!]!, diagonal[j]!);
    const smallest = Math.min(curvature.smallestShare() / largest[0]!, l2 / largest[1]!);
    least = Math.max(HIDDEN, WITH_INTERCEPT * smallest || 0);
    ready = true;
  }

  /** Writes the gradient, with l1 that of least norm, into `residual`; returns Σ of its squares, each over the diagonal. */
  function begin(params: Vector, gradient: Vector): number {
    let square = 0;
    for (let j = 0; j < size; j++) {
      let g = gradient[j]!;
      leftOut[j] = 0;
      if (l1 > 0 && penalised[j]) {
        if (params[j] !== 0) g += params[j]! > 0 ? l1 : -l1;
        else {
          g = g > l1 ? g - l1 : g < -l1 ? g + l1 : 0;
          leftOut[j] = g === 0 ? 1 : 0;
        }
      }
      residual[j] = g;
      square += (g * g) / diagonal[j]!;
    }
    return square;
  }

  /** change ← H direction, over the parameters that are not left out; returns direction · change. */
  function product(params: Vector): number {
    let scale = 0; // to a largest entry of 1, which suits either element
    for (let j = 0; j < size; j++) scale = Math.max(scale, Math.abs(direction[j]!));
    for (let j = 0; j < size; j++) v[j] = direction[j]! / scale;
    curvature.times(params, v, out);
    let sum = 0;
    for (let j = 0; j < size; j++) {
      change[j] = leftOut[j] ? 0 : out[j]! * scale;
      sum += direction[j]! * change[j]!;
    }
    return sum;
  }

  /** The sum of the terms, up to the first that makes it too large and tells how much; Infinity where it does not end. */
  function decrement({ params, value, allowed, products }: Place, square: number): number {
    const noise = 2 * size * rounding * rounding * value;
    let rho = square;
    let left = 0;
    for (let j = 0; j < size; j++) direction[j] = residual[j]! / diagonal[j]!;
    for (let i = 1; rho > Math.max(noise, 2 * least * (allowed - left)); i++) {
      if (i > products) return Infinity;
      const curved = product(params);
      if (!(curved > 0)) break;
      const step = rho / curved;
      left += 0.5 * step * rho;
      if (left > allowed && (i >= TELLING || left > 100 * allowed)) break;
      let next = 0;
      for (let j = 0; j < size; j++) {
        residual[j]! -= step * change[j]!;
        next += (residual[j]! * residual[j]!) / diagonal[j]!;
      }
      for (let j = 0; j < size; j++) direction[j] = residual[j]! / diagonal[j]! + (next / rho) * direction[j]!;
      rho = next;
    }
    return left;
  }

  return (place, progress) => {
    if (!ready) prepare();
    const square = begin(place.params, place.gradient);
    if (square === 0) return residual.every((g) => g === 0); // else its squares are too small for numbers
    if (!(0.5 * square <= progress.screen * place.allowed)) return false;
    const left = decrement(place, square);
    if (left <= place.allowed) return true;
    progress.screen = ((0.5 * square) / place.allowed) * Math.max(0.1, Math.min(0.5, place.allowed / left));
    return false;
  };
}
