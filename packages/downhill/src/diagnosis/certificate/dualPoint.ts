import { conjugateGradients } from "../../core/conjugateGradients.ts";
import type { LinearProblem } from "./linearProblem.ts";
import type { SlopeMeans, SlopesAt } from "./linearRows.ts";
import { preconditioner } from "./preconditioner.ts";

const ROUNDS = 4;
const ROUNDING = 1e-15; // of the slopes

/** Slopes that are a point of the dual problem, with their means. */
export interface DualPoint extends SlopeMeans {
  readonly s: Float64Array;
  /** (1/n) Σ weight · s (x, 1), if it is known; else null. */
  readonly gradient: Float64Array | null;
  /** The root of the mean square of the moves after which the gradient was not computed again. */
  readonly off: number;
}

/**
 * Makes slopes s of the loss a point of the dual problem: they are moved, in place, so that (1/n) Σ weight · s (x, 1) is 0 up to rounding for all
 * parameters without a penalty. These are the intercepts, and without l2 and l1 all parameters.
 *
 * The move is H (v · x + c) with the second derivatives H of the loss, so slopes that can move most are moved most. v and c solve
 * linear equations. Slopes at the end of their range stay there, so a round may leave a rest for the next one.
 *
 * @param own  the sums of s, if they are known
 * @param tolerance  the share of the scaled square of the mean that may remain; 0 for rounding alone
 */
export function dualPoint(
  problem: LinearProblem,
  s: Float64Array,
  most: number,
  tolerance: number,
  own: SlopesAt | null = null,
): DualPoint {
  const { rows, spec, d, k, l2, l1 } = problem;
  const all = l2 === 0 && l1 === 0;
  let found: SlopeMeans = own ?? rows.moved(spec, s, null);
  let known = own?.gradient ?? null;
  let off = 0;
  if (all && most === 0) return { ...found, s, gradient: known, off };
  const gradient = new Float64Array(all ? k * (d + 1) : k);
  const size = ROUNDING * found.size;
  let first: number | undefined;
  let left = all ? most : 2 * k;
  for (let round = 0; round < ROUNDS; round++) {
    if (all) {
      if (known === null) {
        known = new Float64Array(gradient.length);
        rows.back(s, known);
      }
      gradient.set(known);
    }
    gradient.set(found.means, gradient.length - k);
    const { x, products } = conjugateGradients(gradient, {
      ...(all
        ? {
            times: (v, out) => rows.hessian(spec, s, v, out),
            precondition: preconditioner(problem, s),
            most: left,
          }
        : {
            times: (v, out) => {
              if (k === 1) out[0] = found.curvature * v[0]!;
              else rows.interceptProduct(spec, s, v, out);
            },
            precondition: (r, out) => out.set(r),
            most: left,
          }),
      enough(_, square) {
        first ??= square;
        return square <= Math.max(size * size, tolerance * first);
      },
    });
    if (products === 0) break;
    if (all) left -= products;
    found = rows.moved(spec, s, x);
    if (all) known = null;
    off += found.distance;
  }
  return { ...found, s, gradient: known, off: known === null || all ? 0 : off };
}
