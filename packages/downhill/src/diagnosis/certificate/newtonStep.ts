import { conjugateGradients } from "../../core/conjugateGradients.ts";
import { dot } from "../../core/dot.ts";
import type { LinearProblem, Point } from "./linearProblem.ts";
import { preconditioner } from "./preconditioner.ts";

const HALVINGS = 20;

/** params − share · step. With l1 a weight that would change its sign becomes 0. */
export function movedBy(
  step: Float64Array,
  { l1, d, k }: LinearProblem,
  params: Float64Array,
  share = 1,
): Float64Array {
  return params.map((w, j) => {
    const moved = w - share * step[j]!;
    return l1 > 0 && j < k * d && w * moved < 0 ? 0 : moved;
  });
}

/**
 * A step of Newton's method from a point, with conjugate gradients for its linear equations; null if it does not lower the
 * objective. With l1 the weights that are 0 and stay 0 are left out, and a weight that would change its sign becomes 0.
 *
 * Conjugate gradients end when the part of the residual in the next bound is at most the gain: its square divided by 2 l2; without
 * l2 its largest entry divided by l1, times the objective. Then the bound is about twice the gain.
 *
 * @param most  the largest number of products with the second derivatives
 */
export function newtonStep(
  problem: LinearProblem,
  { params, s, value, gradient }: Point,
  most: number,
): { point: Point; products: number } | null {
  const { rows, spec, d, k, l2, l1, pointAt } = problem;
  const g = gradient.slice();
  const fixed = new Uint8Array(k * d);
  for (let j = 0; j < k * d; j++) {
    const w = params[j]!;
    g[j]! += l2 * w;
    if (l1 === 0) continue;
    if (w !== 0) g[j]! += w > 0 ? l1 : -l1;
    else {
      g[j] = g[j]! > l1 ? g[j]! - l1 : g[j]! < -l1 ? g[j]! + l1 : 0;
      fixed[j] = g[j] === 0 ? 1 : 0;
    }
  }
  const solve = preconditioner(problem, s);
  const { x, products } = conjugateGradients(g, {
    most,
    precondition(r, out) {
      solve(r, out);
      for (let j = 0; j < k * d; j++) if (fixed[j]) out[j] = 0;
    },
    times(v, out) {
      rows.hessian(spec, s, v, out);
      for (let j = 0; j < k * d; j++) out[j] = fixed[j] ? 0 : out[j]! + l2 * v[j]!;
    },
    enough(residual, square, gain) {
      if (l2 === 0 && l1 === 0) return square <= 1e-4 * gain;
      const rest = residual.subarray(0, k * d);
      return (
        (l2 > 0
          ? dot(rest, rest) / (2 * l2)
          : (rest.reduce((most, r) => Math.max(most, Math.abs(r)), 0) / l1) * value) <= gain
      );
    },
  });
  for (let share = 1, halvings = 0; halvings < HALVINGS; halvings++, share /= 2) {
    const point = pointAt(movedBy(x, problem, params, share));
    if (point.value < value) return { point, products };
  }
  return null;
}
