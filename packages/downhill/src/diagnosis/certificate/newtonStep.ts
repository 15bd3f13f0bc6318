import { conjugateGradients } from "./conjugateGradients.ts";
import type { PrimalPoint } from "./dualityGap.ts";
import type { LinearProblem } from "./linearProblem.ts";

const HALVINGS = 20;

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
  { params, z, value }: PrimalPoint,
  most: number,
): { point: PrimalPoint; products: number } | null {
  const { parts, n, d, k, slopes, back, hessian, diagonal } = problem;
  const { l2, l1, rows } = parts;
  const s = new Float64Array(n * k);
  slopes(z, s);
  const g = new Float64Array(k * (d + 1));
  back(s, g);
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
  const { x, products } = conjugateGradients(g, {
    most,
    diagonal: diagonal(),
    times(v, out) {
      hessian(z, v, out);
      for (let j = 0; j < k * d; j++) out[j] = fixed[j] ? 0 : out[j]! + l2 * v[j]!;
    },
    enough(residual, square, gain) {
      if (l2 === 0 && l1 === 0) return square <= 1e-4 * gain;
      let sum = 0;
      let largest = 0;
      for (let j = 0; j < k * d; j++) {
        sum += residual[j]! * residual[j]!;
        largest = Math.max(largest, Math.abs(residual[j]!));
      }
      return (l2 > 0 ? sum / (2 * l2) : (largest / l1) * value) <= gain;
    },
  });
  for (let share = 1, halvings = 0; halvings < HALVINGS; halvings++, share /= 2) {
    const next = params.map((w, j) => {
      const moved = w - share * x[j]!;
      return l1 > 0 && j < k * d && w * moved < 0 ? 0 : moved;
    });
    const scores = new Float64Array(n * k);
    rows.scores(next, scores);
    const lower = problem.value(scores, next);
    if (lower < value) return { point: { params: next, z: scores, value: lower }, products };
  }
  return null;
}
