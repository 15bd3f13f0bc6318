import { conjugateGradients } from "./conjugateGradients.ts";
import type { LinearProblem } from "./linearProblem.ts";

const ROUNDS = 4;
const ROUNDING = 1e-16;

/**
 * A point of the dual problem from the scores z of some parameters: the slopes s at z, moved so that (1/n) Σ weight · s (x, 1) is
 * 0 up to rounding for all parameters without a penalty. These are the intercepts, and without l2 and l1 all parameters.
 *
 * The move is H (v · x + c) with the curvature H of the loss at z, so slopes that can move most are moved most. v and c solve
 * linear equations. Slopes at the end of their range stay there, so a round may leave a rest for the next one.
 */
export function dualPoint(problem: LinearProblem, z: Float64Array, most: number): Float64Array {
  const { parts, n, d, k, loss, mean, slopes, back, interceptSlopes, curve, hessian, diagonal } = problem;
  const all = parts.l2 === 0 && parts.l1 === 0;
  const s = new Float64Array(n * k);
  const move = new Float64Array(n * k);
  slopes(z, s);
  const size = mean((i) => {
    let sum = 0;
    for (let c = 0; c < k; c++) sum += Math.abs(s[i * k + c]!);
    return sum;
  });
  const gradient = new Float64Array(k * (d + 1));
  const residual = (): Float64Array => {
    if (!all) return interceptSlopes(s);
    back(s, gradient);
    gradient.set(interceptSlopes(s), k * d);
    return gradient.slice();
  };
  const times = all
    ? (v: Float64Array, out: Float64Array) => hessian(z, v, out)
    : (v: Float64Array, out: Float64Array) => {
        for (let i = 0; i < n * k; i++) move[i] = v[i % k]!;
        curve(z, move);
        out.set(interceptSlopes(move));
      };
  const scale = all ? diagonal() : new Float64Array(k).fill(1);
  for (let round = 0; round < ROUNDS; round++) {
    const g = residual();
    const rest = Math.max(...g.map((x, j) => (x * x) / scale[j]!));
    if (rest <= ROUNDING * ROUNDING * size * size) break;
    const { x } = conjugateGradients(g, {
      ...{ times, diagonal: scale, most: all ? most : 2 * k },
      enough: (_, square) => square <= ROUNDING * rest,
    });
    if (all) parts.rows.scores(x, move);
    else for (let i = 0; i < n * k; i++) move[i] = x[i % k]!;
    curve(z, move);
    for (let i = 0; i < n * k; i++) s[i]! -= move[i]!;
    for (let i = 0; i < n; i++) loss.limit(s, i);
  }
  return s;
}
