// An estimate of how far an objective is above its optimum, from its first and second derivatives.
import { dot } from "../../core/dot.ts";
import { elementTypeOf, type Vector } from "../../core/vector.ts";
import type { Metric } from "../../optimizers/metric.ts";
import type { Curvature } from "../objective/curvature.ts";

const ROUNDING = { float64: 1e-15, float32: 5e-7 }; // the relative rounding error of the sums in a gradient
const INTERCEPT_SHARE = 0.1; // an intercept, which is not penalised, can lower the smallest curvature to this share
const HIDDEN = 1e-12; // the check may not notice a curvature below this, relative to those of the columns
const ROUNDED = 10; // the rounding error of a curvature, relative to that of a sum
const MIN_PRODUCTS = 10; // before a check ends with a negative result, so that its estimate of the amount is not far too low

/** The point at which a check is made. */
export interface Point {
  readonly params: Vector;
  /** The gradient there. */
  readonly gradient: Vector;
  /** The objective there. */
  readonly value: number;
  /** The largest amount that may remain. */
  readonly allowed: number;
  /** The largest number of products with H; a check that needs more has a negative result. */
  readonly maxProducts: number;
}

/** The check of the rule `remaining`. */
export interface Remaining {
  /** Whether at most the allowed amount remains. */
  holds(point: Point, progress: { screen: number }): boolean;
  /** A copy of x ≈ H⁻¹ g of the last check, if its result was positive and needed a product; else null. */
  newtonStep(): Float64Array | null;
}

/**
 * Makes a function that checks whether at most `allowed` of an objective remains above its optimum. The remaining amount is
 * half the Newton decrement, ½ gᵀ H⁻¹ g: exact for a quadratic function. For others it can be half of the remaining amount, as along
 * e^−t, so it must then be at most half of `allowed`.
 *
 * It is computed as the sum of the terms of conjugate gradients on H x = g, scaled by the diagonal of H. Each term is above
 * 0, so the result is negative as soon as the sum exceeds `allowed`. The result is positive as soon as the sum and a bound of
 * the terms to come are at most `allowed`. The bound is half the square of the residual divided by the smallest curvature.
 * That curvature is estimated as a tenth of l2 / (largest diagonal), or of the curvature of the rarest class's intercept if
 * that is less, and as at least 1e-12. The check also ends when the residual is no larger than the rounding error of a
 * gradient. H need not have an inverse, because the residual stays in the range of H. With sparse rows and
 * Newton's steps, the same bound without the scaling may be lower: half the sum of the squares of the residual, each divided by a tenth of l2,
 * or for an intercept by a tenth of its curvature. So a check near an optimum needs no product.
 *
 * If the optimizer has computed a metric, and there is no l1, it scales H in place of the diagonal, so that few products are needed.
 * The smallest curvature is then that of the metric. A check without a product comes first here too: ½ gᵀ P⁻¹ g, with the metric P.
 *
 * For a loss that is quadratic only between limits, such as Huber's, H is that of the rows between them. Then the result is
 * positive only if the Newton step leaves these rows between the limits. In this case half the decrement is an upper bound of
 * the remaining amount: the slopes after the step are a feasible point of the dual problem, and the duality gap is half the
 * decrement.
 *
 * With l1 the gradient is g + l1 · sign(w). For w = 0 it is g − l1 · sign(g) if |g| > l1, else 0; in the latter case the
 * weight is left out, so the amount is valid as long as these weights stay 0.
 *
 * A check begins with a test that needs no product: ½ Σ g_j² / (bound of H_jj) must be at most `screen` times `allowed`. A
 * check with a negative result lowers `screen`, so that few checks are made. A product with H takes about as long as an
 * evaluation of the objective.
 *
 * Source: Hestenes and Stiefel, 1952; Boyd and Vandenberghe, “Convex Optimization”, 9.5 (the decrement).
 */
export function bindRemaining(curvature: Curvature, metric: Metric | null, v: Vector, out: Vector): Remaining {
  const { weights, l2, l1 } = curvature.penalties;
  const size = v.length;
  const rounding = ROUNDING[elementTypeOf(v)];
  const [diagonal, residual, scaled, direction, change, newton] = [0, 1, 2, 3, 4, 5].map(
    () => new Float64Array(size),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  const penalised = new Uint8Array(size);
  for (const [from, to] of weights) penalised.fill(1, from, to);
  const leftOut = new Uint8Array(size);
  let smallestCurvature = HIDDEN; // of H scaled by its diagonal
  let flattest = [0, 0]; // about the smallest curvatures of an intercept, and of a weight, if the metric has no inverse; else 0
  let inMetric = false; // whether H is scaled by the metric, not by its diagonal
  let ready = false;
  let solved = false; // whether `newton` is the step of a positive result

  function prepare(): void {
    diagonal.set(curvature.largest());
    const largest = [0, 0]; // the largest diagonal entry of an intercept, and of a weight
    for (let j = 0; j < size; j++) largest[penalised[j]!] = Math.max(largest[penalised[j]!]!, diagonal[j]!);
    const share = curvature.smallestShare();
    const smallest = Math.min(share / largest[0]!, l2 / largest[1]!);
    smallestCurvature = Math.max(HIDDEN, INTERCEPT_SHARE * smallest || 0);
    if (metric && !metric.inverse && share > 0) flattest = [INTERCEPT_SHARE * share, INTERCEPT_SHARE * l2];
    ready = true;
  }

  /** Writes the gradient (with l1 the subgradient of smallest norm) into `residual`; returns Σ g_j² / diagonal_j. */
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

  /** Overwrites `scaled` by the residual divided by the diagonal or the metric; returns their product. */
  function scaleResidual(): number {
    scaled.set(residual);
    if (inMetric) metric!.inverse!.solve(scaled);
    else for (let j = 0; j < size; j++) scaled[j]! /= diagonal[j]!;
    return dot(scaled, residual);
  }

  /** change ← H direction, without the parameters that are left out; returns direction · change. */
  function product(params: Vector): number {
    let scale = 0; // the largest entry of v has size 1, so that the entries fit both element types
    for (let j = 0; j < size; j++) scale = Math.max(scale, Math.abs(direction[j]!));
    for (let j = 0; j < size; j++) v[j] = direction[j]! / scale;
    curvature.times(params, v, out);
    for (let j = 0; j < size; j++) change[j] = leftOut[j] ? 0 : out[j]! * scale;
    return dot(direction, change);
  }

  /** The rounding error of the curvature along the direction. */
  function rounded(): number {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += diagonal[j]! * direction[j]! * direction[j]!;
    return ROUNDED * rounding * sum;
  }

  /** Whether Σ residual² / (2 · curvature) is at most `most`. The curvature of a parameter is about the smallest one; see `flattest`. */
  function isBelow(most: number): boolean {
    if (flattest[0] === 0) return false;
    let sum = 0;
    for (let j = 0; j < size; j++) sum += (residual[j]! * residual[j]!) / flattest[penalised[j]!]!;
    return 0.5 * sum <= most;
  }

  /** Returns the sum of the terms, or a part of it above `allowed`; Infinity if it needs too many products. */
  function decrement({ params, value, allowed, maxProducts }: Point): number {
    const noise = 2 * size * rounding * rounding * value;
    const smallest = inMetric ? metric!.inverse!.smallest : smallestCurvature;
    let rho = scaleResidual();
    if (inMetric && rho > 2 * allowed) return Infinity;
    let left = 0;
    newton.fill(0);
    direction.set(scaled);
    for (let i = 1; rho > Math.max(noise, 2 * smallest * (allowed - left)) && !isBelow(allowed - left); i++) {
      if (i > maxProducts) return Infinity;
      const curved = product(params);
      if (inMetric && curved < rounded()) return Infinity;
      if (!(curved > 0)) {
        if (curvature.staysQuadratic) return Infinity; // no row between the limits changes along this direction
        break;
      }
      const step = rho / curved;
      left += 0.5 * step * rho;
      if (left > allowed && (inMetric || i >= MIN_PRODUCTS || left > 100 * allowed)) break;
      for (let j = 0; j < size; j++) {
        residual[j]! -= step * change[j]!;
        newton[j]! += step * direction[j]!;
      }
      const next = scaleResidual();
      for (let j = 0; j < size; j++) direction[j] = scaled[j]! + (next / rho) * direction[j]!;
      rho = next;
    }
    return left;
  }

  function holds(at: Point, progress: { screen: number }): boolean {
    solved = false;
    if (!ready) prepare();
    const point = curvature.isQuadratic ? at : { ...at, allowed: at.allowed / 2 };
    const square = begin(point.params, point.gradient);
    if (square === 0) return residual.every((g) => g === 0); // the squares of small numbers can be rounded to 0
    inMetric = l1 === 0 && metric?.inverse !== undefined && metric.measured;
    if (!(0.5 * square <= (inMetric ? 1 : progress.screen) * point.allowed)) return false;
    const left = decrement(point);
    if (left <= point.allowed) {
      v.set(newton);
      const isValid = curvature.staysQuadratic?.(point.params, v) ?? true;
      solved = isValid && (left > 0 || flattest[0] === 0);
      return isValid;
    }
    if (!inMetric)
      progress.screen = ((0.5 * square) / point.allowed) * Math.max(0.1, Math.min(0.5, point.allowed / left));
    return false;
  }

  return {
    holds,
    newtonStep() {
      if (!solved) return null;
      return newton.map((x, j) => x + (inMetric ? scaled[j]! : 0)); // `scaled` is about the rest of the step
    },
  };
}
