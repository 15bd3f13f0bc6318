import { conjugateGradients } from "../../core/conjugateGradients.ts";
import { dot } from "../../core/dot.ts";
import type { LinearProblem, Point } from "./linearProblem.ts";
import type { SlopesAt } from "./linearRows.ts";
import { preconditioner } from "./preconditioner.ts";

const ROUNDS = 4;
const ROUNDING = 1e-15; // of the slopes
const TOWARD = 3e-19; // the same for the means of slopes, which may be multiplied by a large bound of the intercepts
const LEFT = 1e-12; // of the square of the means, by a round
const FEWEST_ROWS = 64; // whose slopes are moved, and at least one of SHARE rows
const SHARE = 64;

/** Slopes that are a point of the dual problem, with their gradient: those of a point, of which the first may have been moved. */
export interface DualPoint extends SlopesAt {
  /** The slopes of the first rows. The others have the slopes of the loss at the scores of the point. */
  readonly s: Float64Array;
  /** The root of the mean square of the moves. */
  readonly off: number;
}

/** The slopes of a point, without a move. */
export const unmoved = ({ size, means, gradient }: Point): DualPoint => ({
  ...{ s: new Float64Array(0), size, means, gradient, off: 0 },
});

/**
 * A point of the dual problem from the slopes s of the loss at a point: they are moved so that (1/n) Σ weight · s (x, 1) is 0 up to rounding
 * for all parameters without a penalty. These are the intercepts, and without l2 and l1 all parameters.
 *
 * The move is H (v · x + c) with the second derivatives H of the loss, so slopes that can move most are moved most. v and c solve
 * linear equations. Slopes at the end of their range stay there, so a round may leave a rest for the next one. For the intercepts
 * the slopes of a few rows are moved, because the means are small after a Newton step.
 *
 * @param most  the largest number of products with the rows, without l2 and l1
 * @param tolerance  the share of the scaled square of the mean that may remain; 0 for rounding alone
 * @returns null if the slopes of more rows must be moved than the point has
 */
export function dualPoint(problem: LinearProblem, point: Point, most: number, tolerance: number): DualPoint | null {
  const { n, l2, l1, k } = problem;
  const hasAll = point.s.length === n * k;
  if (l2 === 0 && l1 === 0) return hasAll ? moveAll(problem, point, most, tolerance) : null;
  return moveFirst(problem, point, fewRows(n)) ?? (hasAll ? moveFirst(problem, point, n) : null);
}

/** The number of rows whose slopes are moved first. */
export const fewRows = (n: number): number => Math.min(n, Math.max(FEWEST_ROWS, Math.ceil(n / SHARE)));

/** The slopes of the first rows are moved until the means of all are 0; null if this is not possible and there are more rows. */
function moveFirst({ rows, spec, shares, n, d, k }: LinearProblem, point: Point, count: number): DualPoint | null {
  const part = count < n ? rows.first(count) : rows;
  const share = count / n;
  const old = point.s.subarray(0, count * k);
  // The slopes of a smoothed hinge, and those where a class has no rows, are not slopes of the loss: all have an excess.
  const all = spec.loss === "hinge" || shares?.includes(0) ? point.s.slice() : old.slice();
  const s = all.subarray(0, count * k);
  const change = new Float64Array(count * k);
  const small = TOWARD * point.size;
  let means = point.means;
  let off = 0;
  let square = dot(means, means);
  for (let round = 0, before = Infinity; round < ROUNDS && square > small * small && square < before / 4; round++) {
    before = square;
    const { x, products } = conjugateGradients(
      possible(means, shares).map((mean) => mean / share),
      {
        times: (v, out) => part.interceptProduct(spec, s, v, out),
        precondition: (r, out) => out.set(r),
        most: 2 * k,
        enough: (_, rest) => share * share * rest <= Math.max(small * small, LEFT * before),
      },
    );
    if (products === 0) break;
    part.moved(spec, s, x);
    for (let at = 0; at < s.length; at++) change[at] = s[at]! - old[at]!;
    const moves = part.means(change);
    means = point.means.map((mean, c) => mean + share * moves.means[c]!);
    off = Math.sqrt(share) * moves.size;
    square = dot(means, means);
  }
  if (count < n && !(Math.sqrt(square) <= ROUNDING * point.size)) return null;
  const gradient = new Float64Array(k * (d + 1));
  if (off > 0) part.back(change, gradient);
  for (let j = 0; j < gradient.length; j++) gradient[j] = point.gradient[j]! + share * gradient[j]!;
  return { s: all, size: point.size + off, means, gradient, off };
}

/**
 * The part of the means that moves can change. The slopes of a row of crossEntropy have the sum 0, so the sum of the means is a rounding
 * error; it would make the linear equations, which have no solution for it, diverge.
 */
function possible(means: Float64Array, shares: Float64Array | null): Float64Array {
  if (!shares) return means;
  const rest = means.reduce((sum, mean) => sum + mean, 0) / shares.filter(Boolean).length;
  return means.map((mean, c) => (shares[c]! > 0 ? mean - rest : 0));
}

/** All slopes are moved until their gradient is 0. */
function moveAll(problem: LinearProblem, point: Point, most: number, tolerance: number): DualPoint {
  const { rows, spec, k } = problem;
  const s = point.s.slice();
  let { gradient, size, means }: SlopesAt = point;
  const small = ROUNDING * size;
  let first: number | undefined;
  let left = most;
  for (let round = 0; round < ROUNDS; round++) {
    const g = gradient.slice();
    g.set(means, g.length - k);
    const { x, products } = conjugateGradients(g, {
      times: (v, out) => rows.hessian(spec, s, v, out),
      precondition: preconditioner(problem, s),
      most: left,
      enough(_, square) {
        first ??= square;
        return square <= Math.max(small * small, tolerance * first);
      },
    });
    if (products === 0) break;
    left -= products;
    ({ size, means } = rows.moved(spec, s, x));
    gradient = new Float64Array(g.length);
    rows.back(s, gradient);
  }
  return { s, size, means, gradient, off: 0 };
}
