import { conjugateGradients, type System } from "./conjugateGradients.ts";
import type { LinearProblem } from "./linearProblem.ts";
import { preconditioner } from "./preconditioner.ts";
import { rootMean } from "./rootMean.ts";

const ROUNDS = 4;
const ROUNDING = 1e-15; // of the slopes

/**
 * A point of the dual problem from slopes s of the loss: they are moved so that (1/n) Σ weight · s (x, 1) is 0 up to rounding for all
 * parameters without a penalty. These are the intercepts, and without l2 and l1 all parameters.
 *
 * The move is H (v · x + c) with the second derivatives H of the loss, so slopes that can move most are moved most. v and c solve
 * linear equations. Slopes at the end of their range stay there, so a round may leave a rest for the next one.
 *
 * @param tolerance  the share of the scaled square of the mean that may remain; 0 for rounding alone
 */
export function dualPoint(problem: LinearProblem, slopes: Float64Array, most: number, tolerance: number): Float64Array {
  const { parts, n, d, k, loss, back, interceptSlopes, bend, hessian } = problem;
  const all = parts.l2 === 0 && parts.l1 === 0;
  const s = slopes.slice();
  for (let i = 0; i < n; i++) loss.limit(s, i);
  if (all && most === 0) return s;
  const move = new Float64Array(n * k);
  const gradient = new Float64Array(k * (d + 1));
  const residual = (): Float64Array => {
    if (!all) return interceptSlopes(s);
    back(s, gradient);
    gradient.set(interceptSlopes(s), k * d);
    return gradient.slice();
  };
  const intercepts: Pick<System, "times" | "precondition" | "most"> = {
    times(v, out) {
      for (let i = 0, at = 0; i < n; i++) for (let c = 0; c < k; c++, at++) move[at] = v[c]!;
      bend(slopes, move);
      out.set(interceptSlopes(move));
    },
    precondition: (r, out) => out.set(r),
    most: 2 * k,
  };
  const system = all
    ? {
        times: (v: Float64Array, out: Float64Array) => hessian(slopes, v, out),
        precondition: preconditioner(problem, slopes),
        most,
      }
    : intercepts;
  const size = rootMean(problem, s);
  let first: number | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const { x, products } = conjugateGradients(residual(), {
      ...system,
      enough(_, square) {
        first ??= square;
        return square <= Math.max(ROUNDING * ROUNDING * size * size, tolerance * first);
      },
    });
    if (products === 0) break;
    if (all) parts.rows.scores(x, move);
    else for (let i = 0, at = 0; i < n; i++) for (let c = 0; c < k; c++, at++) move[at] = x[c]!;
    bend(slopes, move);
    for (let at = 0; at < n * k; at++) s[at]! -= move[at]!;
    for (let i = 0; i < n; i++) loss.limit(s, i);
  }
  return s;
}
