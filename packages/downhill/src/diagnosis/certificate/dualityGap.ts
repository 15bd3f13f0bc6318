// An upper bound of objective − optimum from a point of the dual problem, with the rounding errors of its computation.
import { exp } from "../../core/elementary.ts";
import { largestCurvature } from "../../losses/slopeChange.ts";
import type { LinearProblem } from "./linearProblem.ts";
import { scalarLoss } from "./rowLosses.ts";
import { smallestEigenvalue } from "./smallestEigenvalue.ts";

const UNIT = 2 ** -53;
const SAFE = 1 + 1e-9; // the terms of the gap are positive, and each has a smaller relative error

/** The point at which the objective is certified. */
export interface PrimalPoint {
  readonly params: Float64Array;
  /** The scores of the rows. */
  readonly z: Float64Array;
  /** The objective. */
  readonly value: number;
}

/** A bound of objective − optimum. */
export interface Bound {
  readonly gap: number;
  /** It holds for all parameters whose distance from the point is at most this; see `distanceScale`. Infinity: for all. */
  readonly radius: number;
}

const REACH = 1000; // without a penalty: parameters up to about this many times as long as those of the point

/**
 * Makes a function that bounds objective − optimum from slopes s, a point of the dual problem (dualPoint.ts).
 *
 * For each row the excess loss(z) + loss*(s) − s z, and for each weight the excess of the penalty, are at least 0. Their sum is the
 * duality gap, if the mean of the slopes is exactly 0 for each intercept. It is 0 only up to rounding, so the rest is multiplied by
 * a bound of the intercept's distance from the optimum. The score errors and the errors of sums are added too.
 *
 * Without l2 and l1 the gradient g of all parameters must be 0. It is not exactly 0 either. For least squares, with the smallest
 * eigenvalue λ of the second derivatives, the slopes differ from a feasible point by at most |g|/√λ. For other losses, and for
 * columns that depend on each other, the bound is for all parameters up to a distance: it is |g| times the distance.
 *
 * Source: Rockafellar, “Convex Analysis”, 1970, section 31 (Fenchel duality).
 */
export function bindGap(problem: LinearProblem, { params, z, value }: PrimalPoint): (s: Float64Array) => Bound {
  const { parts, spec, n, d, k, loss, mean, back, slopes, interceptSlopes, penalty } = problem;
  const { rows, l2, l1, targets, weights } = parts;
  const { data } = rows;
  const W = params.subarray(0, k * d);
  const b = params.subarray(k * d);
  const gradient = new Float64Array(k * (d + 1));
  const own = new Float64Array(n * k);
  const apart = new Float64Array(n * k);
  slopes(z, own);
  const squareAt = (s: Float64Array, i: number): number => {
    let sum = 0;
    for (let at = i * k; at < (i + 1) * k; at++) sum += s[at]! * s[at]!;
    return sum;
  };
  const rowSquare = mean((i) => {
    let sum = 0;
    for (let at = i * d; at < (i + 1) * d; at++) sum += data[at]! * data[at]!;
    return sum;
  });
  const total = mean(() => 1);
  // The root of the mean square of the error of a score: at most (d + 16) roundings of |x| |w| + |b|.
  const scoreError = (d + 16) * UNIT * Math.sqrt(2 * (rowSquare * square(W) + total * square(b)) + total * k);
  const bend = bendAt(problem, z);
  const jump = spec.loss === "hinge" ? Math.sqrt(total * k) : 0;
  const length = lengthOfWeights(value, l2, l1);
  const free = l2 === 0 && l1 === 0;
  const scale = free ? columnSquares(problem) : null;
  const smallest = free && spec.loss === "halfSquared" ? smallestEigenvalue(problem, scale!) : 0;

  /**
   * Bounds |optimal intercept − intercept| of output c. For slopes t whose mean m is not 0, the loss at the optimum is at least
   * t · scores − loss*(t), so m · (difference) is at most the excess of t plus the part of the weights.
   */
  function interceptRange(c: number, s: Float64Array): number {
    const scalar = scalarLoss(spec)!;
    const step = Math.sqrt(mean((i) => s[i * k + c]! * s[i * k + c]!)) || 1;
    let range = 0;
    for (const side of [1, -1]) {
      const moved = (i: number): number => {
        const y = targets[i * k + c]!;
        const end = side > 0 ? scalar.high(y) : scalar.low(y);
        return Math.abs(end) < 1e16 ? end : s[i * k + c]! + side * step;
      };
      const m = side * mean(moved);
      const excess = mean((i) => scalar.excess(z[i * k + c]!, targets[i * k + c]!, moved(i)));
      const size = Math.sqrt(mean((i) => moved(i) * moved(i)) * rowSquare);
      const most = penalty(params) + excess + (Math.sqrt(square(W)) + length) * size;
      range = Math.max(range, m > 0 ? most / m : Infinity);
    }
    return range;
  }

  /** The same for crossEntropy, whose intercepts may all be moved by one number: with the slopes (1 for class c) − (1 for y). */
  function classRange(): number {
    const shares = new Float64Array(k);
    for (let i = 0; i < n; i++) shares[targets[i]!]! += (weights ? weights[i]! : 1) / n;
    return (value + length * Math.sqrt(2 * rowSquare)) / Math.min(...shares);
  }

  /** The part of the weights: Σ R(w) + R*(−g) + w g for the penalty R, and its change for an error of g. */
  function weightPart(g: Float64Array, error: number): number {
    let sum = 0;
    let distance = 0;
    for (let j = 0; j < k * d; j++) {
      const w = W[j]!;
      const over = Math.max(0, Math.abs(g[j]!) - l1);
      const best = l2 > 0 ? (g[j]! < 0 ? over : -over) / l2 : 0; // the weight that is best for g
      const sign = w < 0 ? -1 : 1;
      sum += best * w > 0 ? 0 : Math.abs(w) * Math.max(0, l1 + sign * g[j]!);
      // With weights of one sign, both terms of l1 cancel and the square of the difference is left.
      sum += best * w > 0 ? 0.5 * l2 * (w - best) * (w - best) : 0.5 * l2 * (w * w + best * best);
      distance += (w - best) * (w - best);
    }
    return sum + Math.sqrt(distance) * error + (l2 > 0 ? (error * error) / (2 * l2) : 0);
  }

  /** The bound without penalties, from the sum of the excesses. */
  function freeBound(excess: number, s: Float64Array, size: number): Bound {
    gradient.set(interceptSlopes(s), k * d);
    let rest = 0;
    let long = 0;
    for (let j = 0; j < gradient.length; j++) {
      const own = scale![j < k * d ? j % d : d]! || 1;
      rest += (gradient[j]! * gradient[j]!) / own;
      long += params[j]! * params[j]! * own;
    }
    rest = Math.sqrt(rest) + (n + 16) * UNIT * size * Math.sqrt(d + 1);
    if (smallest > 0) {
      const distance = Math.sqrt(2 * excess) + rest / Math.sqrt(smallest);
      return { gap: 0.5 * distance * distance * SAFE, radius: Infinity };
    }
    const radius = REACH * (1 + Math.sqrt(long));
    return { gap: (excess + rest * radius) * SAFE, radius };
  }

  return (s) => {
    back(s, gradient);
    const size = Math.sqrt(mean((i) => squareAt(s, i)));
    let error =
      (n + 16) * UNIT * size * Math.sqrt(rowSquare) +
      4 * UNIT * (Math.sqrt(square(gradient)) + l2 * Math.sqrt(square(W)));
    let shrink = 1;
    if (l2 === 0 && l1 > 0) {
      let largest = 0;
      for (let j = 0; j < k * d; j++) largest = Math.max(largest, Math.abs(gradient[j]!) + error);
      shrink = Math.min(1, (l1 / largest) * (1 - 4 * UNIT));
      for (let j = 0; j < k * d; j++) gradient[j]! *= shrink;
      error *= 2;
    }
    const dual = shrink < 1 ? s.map((x) => shrink * x) : s;
    for (let at = 0; at < n * k; at++) apart[at] = own[at]! - dual[at]!;
    const distance = Math.sqrt(mean((i) => squareAt(apart, i))) + jump;
    let gap = mean((i) => loss.excess(z, i, dual)) + distance * scoreError + bend * scoreError * scoreError;
    if (free) return freeBound(gap, dual, size);
    gap += weightPart(gradient, error);
    const sums = interceptSlopes(dual);
    const fixed = spec.loss === "crossEntropy" ? classRange() : null;
    for (let c = 0; c < k; c++) {
      const rest = Math.abs(sums[c]!) + n * UNIT * UNIT * size;
      gap += rest * (fixed === null ? interceptRange(c, dual) : fixed + Math.abs(b[c]!));
    }
    return { gap: gap * SAFE, radius: Infinity };
  };
}

function square(v: Float64Array): number {
  let sum = 0;
  for (const x of v) sum += x * x;
  return sum;
}

/** The weighted mean square of each column, and of the 1 of the intercept. */
function columnSquares({ parts, d, mean }: LinearProblem): Float64Array {
  const { data } = parts.rows;
  return Float64Array.from({ length: d + 1 }, (_, j) =>
    j === d ? mean(() => 1) : mean((i) => data[i * d + j]! * data[i * d + j]!),
  );
}

/** The largest second derivative of the loss at the scores z. */
function bendAt({ spec }: LinearProblem, z: Float64Array): number {
  const bound = largestCurvature(spec);
  if (bound === undefined) return 0;
  if (bound < Infinity) return bound;
  let largest = 0;
  for (const score of z) largest = Math.max(largest, score);
  return 2 * exp(Math.min(largest, 40));
}

/** The largest length of the weights at an optimum that is at most `value`: the losses are at least 0. */
function lengthOfWeights(value: number, l2: number, l1: number): number {
  return Math.min(Math.sqrt((2 * value) / l2), value / l1);
}
