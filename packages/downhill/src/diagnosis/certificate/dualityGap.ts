// An upper bound of objective − optimum from a point of the dual problem, with the rounding errors of its computation.
import { dot } from "../../core/dot.ts";
import { exp } from "../../core/elementary.ts";
import type { Vector } from "../../core/vector.ts";
import { excess as excessOf } from "../../losses/excess.ts";
import { slopeLimits } from "../../losses/limitedSlope.ts";
import { allCorrect, largestCurvature } from "../../losses/slopeChange.ts";
import type { DualPoint } from "./dualPoint.ts";
import { interceptRanges } from "./interceptRanges.ts";
import type { LinearProblem, Point } from "./linearProblem.ts";
import { bindOptimumDistance } from "./optimumDistance.ts";
import { smallestEigenvalue } from "./smallestEigenvalue.ts";

const UNIT = Number.EPSILON / 2;
const SAFE = 1 + 1e-9; // the terms of the gap are positive, and each has a smaller relative error
const ENOUGH = 1e-2; // of the gap: for the rest of the gradient of least squares
const REACH = 1000; // without a penalty: the distance of parameters, as a multiple of the size of the scores

/** A bound of objective − optimum. */
export interface Bound {
  readonly gap: number;
  /** It holds for all parameters whose distance from the point is at most this, as `Certificate` measures it. Infinity: for all. */
  readonly radius: number;
  /** The part of the bound that stems from the rounding errors of sums; no other point of the dual problem has less. */
  readonly rounding: number;
}

/** Parameters with their objective and the root of the mean square of their slopes, or more. */
export interface Top extends Pick<Point, "params" | "value" | "size"> {
  /** At least the second derivatives of the loss at these parameters. */
  readonly curvature: number;
}

/** See `bindGap`. */
export interface GapFunction {
  /** @param wanted  without penalties: a gap that is small enough, so that no closer bound is looked for */
  gapOf(point: DualPoint, wanted: number): Bound;
  /** The bound of an optimum of 0: at least the objective at `top`. */
  readonly ofAll: Bound;
  /** What `dualPoint` may leave of the scaled square of a gradient that must be 0. */
  readonly tolerance: number;
}

/**
 * Makes a function that bounds objective − optimum at `top` from slopes s, a point of the dual problem (dualPoint.ts). The bound is the fall
 * of the objective from `top` to another point, and the duality gap there.
 *
 * For each row the excess loss(z) + loss*(s) − s z, and for each weight the excess of the penalty, are at least 0. Rows whose slopes are
 * those of the loss have the excess 0. The sum is the duality gap, if the mean of the slopes is exactly 0 for each intercept. It is 0
 * only up to rounding, so the rest is multiplied by a bound of the intercept's distance from the optimum. The errors of the scores and
 * of sums are added too.
 *
 * Without l2 and l1 the gradient g of all parameters must be 0. It is not exactly 0 either. For least squares, with the smallest
 * eigenvalue λ of the second derivatives, the slopes differ from a feasible point by at most |g|/√λ. For other losses |g| is multiplied
 * by a proven distance of the optimum (optimumDistance.ts). If there is none, as for columns that depend on each other, the bound is for all
 * parameters up to a large distance.
 *
 * Source: Rockafellar, “Convex Analysis”, 1970, section 31 (Fenchel duality).
 */
export function bindGap(problem: LinearProblem, point: Point, top: Top): GapFunction {
  const { rows, n, d, k, weights, l2, l1 } = problem;
  const { params, z } = point;
  const gradient = new Float64Array(k * (d + 1));
  const W = params.subarray(0, k * d);
  const length = norm(W);
  const scale = scaleOf(problem);
  const rowSquare = SAFE * sumOf(scale.subarray(0, d));
  const total = scale[d]!;
  const unit = unitOf(problem, point);
  const scoreError = scoreErrorOf(problem, scale, params, unit);
  const isHinge = problem.spec.loss === "hinge"; // its slopes are at most 1, and change at once
  const ofRow = problem.spec.loss === "crossEntropy" ? (k + 2) * UNIT : 0; // at least |sum of the slopes of a row|, which must be 0
  const { fall, fallError, apart, most } = fallFrom(top);
  const free = l2 === 0 && l1 === 0;
  const smallest = free && problem.spec.loss === "halfSquared" ? smallestEigenvalue(problem, scale) : 0;
  const distanceOf = free ? bindOptimumDistance(problem, point, scale) : null;
  const ranges = free ? null : interceptRanges(problem, point, rowSquare);

  /** The part of the weights: Σ R(w) + R*(−g) + w g for the penalty R, and its change for an error of g. */
  function weightPart(error: number): number {
    let sum = 0;
    let distance = 0;
    for (let j = 0; j < k * d; j++) {
      const w = W[j]!;
      const g = gradient[j]!;
      const over = Math.max(0, Math.abs(g) - l1);
      const best = l2 > 0 ? (g < 0 ? over : -over) / l2 : 0; // the weight that is best for g
      // With weights of one sign, the terms of l1 cancel and the square of the difference is left.
      if (best * w > 0) sum += 0.5 * l2 * (w - best) * (w - best);
      else sum += 0.5 * l2 * (w * w + best * best) + Math.abs(w) * Math.max(0, l1 + (w < 0 ? -g : g));
      distance += (w - best) * (w - best);
    }
    return sum + Math.sqrt(distance) * error + (l2 > 0 ? (error * error) / (2 * l2) : 0);
  }

  /** The bound without penalties, from the sum of the excesses and the size of the slopes. */
  function freeBound(excess: number, size: number, wanted: number): Bound {
    let rest = 0;
    let long = 0;
    for (let j = 0; j < gradient.length; j++) {
      const own = scale[j < k * d ? j % d : d]! || 1;
      rest += (gradient[j]! * gradient[j]!) / own;
      if (j < k * d) long += params[j]! * params[j]! * own;
    }
    const error = ((n + 16) * UNIT * size + 2 * ofRow) * Math.sqrt(d + 1);
    rest = Math.sqrt(rest) + error;
    const bound = (radius: number, reached: number): Bound => ({
      ...{ gap: fall + (excess + rest * reached) * SAFE, radius, rounding: fallError + error * reached },
    });
    if (smallest > 0) {
      const distance = Math.sqrt(2 * excess) + rest / Math.sqrt(smallest);
      return { ...bound(Infinity, 0), gap: fall + 0.5 * distance * distance * SAFE };
    }
    const distance = distanceOf ? distanceOf(Math.max(excess, wanted) / rest) : Infinity;
    if (distance < Infinity) return bound(Infinity, distance);
    const reached = REACH * (unit + Math.sqrt(long));
    return bound(reached, reached + apart);
  }

  const gapOf = (
    { s: own, size: ownSize, means: ownMeans, gradient: known, off }: DualPoint,
    wanted: number,
  ): Bound => {
    let [s, size, means] = [own, ownSize, ownMeans];
    gradient.set(known);
    let error = ((n + 16) * UNIT * (size + off) + 2 * ofRow) * Math.sqrt(rowSquare);
    error += 4 * UNIT * (norm(gradient) + l2 * length);
    if (l2 === 0 && l1 > 0) {
      let largest = 0;
      for (let j = 0; j < k * d; j++) largest = Math.max(largest, Math.abs(gradient[j]!) + error);
      const shrink = Math.min(1, (l1 / largest) * (1 - 4 * UNIT));
      error *= 2;
      if (shrink < 1) {
        const all = point.s.slice();
        all.set(s);
        s = all.map((x) => shrink * x);
        for (let j = 0; j < gradient.length; j++) gradient[j]! *= shrink;
        ({ size, means } = rows.means(s));
      }
    }
    const excess = withRounding(excessOf(problem.loss, z, s, rows) / n, s);
    if (ranges === null) {
      gradient.set(means, k * d);
      return freeBound(excess, size, wanted);
    }
    let gap = excess + weightPart(error);
    for (let c = 0; c < k; c++) {
      if (means[c] === 0 && ranges[c] === Infinity) continue; // a class without rows: its slopes are all 0
      const mean = Math.abs(means[c]!);
      const rounding = UNIT * ((weights ? 2 : n * UNIT) * size + 4 * off) + ofRow * (mean + (rows.shares?.[c] ?? 0));
      gap += (mean + rounding) * ranges[c]!;
    }
    return { gap: fall + gap * SAFE, radius: Infinity, rounding: fallError };
  };

  /**
   * The excess with the error of the scores: at most the product of the error with the distance of s from the slopes at z, and
   * curvature times its square. For a loss with the curvature c, the square of the distance is at most 2 c times the excess. The
   * slopes of the hinge differ by at most 1.
   */
  function withRounding(excess: number, s: Float64Array): number {
    if (isHinge) return excess + 2 * Math.sqrt(total * k) * scoreError;
    const curvature = curvatureBound(problem, z, s);
    return excess + Math.sqrt(2 * curvature * excess) * scoreError + curvature * scoreError * scoreError;
  }

  /** Bounds of the fall of the objective, of its part that stems from rounding, of the distance, and of the objective at `from`. */
  function fallFrom(from: Top): { fall: number; fallError: number; apart: number; most: number } {
    const step = params.map((w, j) => w - from.params[j]!);
    const apart = scoreSize(problem, scale, step, 0);
    // The logarithm of a sum of exponentials near 1 has an absolute error, all other losses have a relative one.
    const ofLogs = problem.spec.loss === "crossEntropy" ? (k + 8) * UNIT * total : 0;
    const errorOf = (value: number, error: number, size: number, curvature: number): number =>
      ofLogs +
      (rows.additions + k * d + 64) * UNIT * value +
      ((isHinge ? Math.sqrt(total * k) : size) + curvature * error) * error;
    const ofScores = scoreErrorOf(problem, scale, from.params, unit + apart);
    const error = errorOf(from.value, ofScores, from.size, from.curvature);
    const most = from.value * SAFE + error;
    // The slopes are rounded too: where one is near the end of its range, the excess is a part of a large loss.
    if (from.params === params) return { fall: 4 * UNIT * from.value, fallError: 0, apart: 0, most };
    const fallError = error + errorOf(point.value, scoreError, point.size, curvatureBound(problem, z, point.s));
    return { fall: from.value - point.value + fallError, fallError, apart, most };
  }
  return { gapOf, tolerance: ENOUGH * smallest, ofAll: { gap: most, radius: Infinity, rounding: 0 } };
}

/** The weighted mean square of each column, and of 1. */
function scaleOf({ squares, weights, n }: LinearProblem): Float64Array {
  const scale = new Float64Array(squares.length + 1).fill(weights ? sumOf(weights) / n : 1);
  scale.set(squares.map((square) => square / n));
  return scale;
}

/**
 * Whether a plane separates the classes: every row with a weight is on the correct side at the parameters, by more than the rounding
 * errors of its scores. No number of a row is larger than √(n / weight) times the root of the weighted mean square of its column.
 */
export function separates(problem: LinearProblem, { params, z }: Point): boolean {
  const { loss, targets, weights, n } = problem;
  const error = scoreErrorOf(problem, scaleOf(problem), params, 0);
  return allCorrect(loss, { scores: z, targets, weights, n }, 2 * Math.sqrt(n) * error);
}

const norm = (v: Float64Array): number => Math.sqrt(dot(v, v));

/**
 * At least the root of the mean square of Σ |xⱼ wⱼ| + |b| + unit over the rows, and for several scores of the length of this vector.
 *
 * @param scale  the mean square of each column, and of 1
 */
function scoreSize({ d, k }: LinearProblem, scale: Float64Array, params: Float64Array, unit: number): number {
  let square = 0;
  for (let c = 0; c < k; c++) {
    let sum = 0;
    for (let j = 0; j <= d; j++) {
      const w = Math.abs(params[j < d ? c * d + j : k * d + c]!);
      sum += (j < d ? w : w + unit) * Math.sqrt(scale[j]!);
    }
    square += sum * sum;
  }
  return SAFE * Math.sqrt(square);
}

/** At least the root of the mean square of the error of a score, which has at most d + 16 roundings. */
const scoreErrorOf = (problem: LinearProblem, scale: Float64Array, params: Float64Array, unit: number): number =>
  (problem.d + 16) * UNIT * scoreSize(problem, scale, params, unit);

function sumOf(v: Vector): number {
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += v[i]!;
  return sum;
}

/** The size of scores that matter: the error of the targets, or 1 if the loss is a function of the score alone. */
function unitOf({ rows, spec, n, k, penalty }: LinearProblem, { params, z, value }: Point): number {
  if (spec.loss === "halfSquared") return Math.sqrt(2 * Math.max(0, value - penalty(params)));
  if (!slopeLimits(spec)) return Math.sqrt(k);
  return Math.sqrt((2 * rows.lossSum({ loss: "halfSquared", outputs: k }, z)) / n);
}

/** The largest second derivative of the loss between the scores z and those where the slopes are s. */
export function curvatureBound({ spec, targets }: LinearProblem, z: Float64Array, s: Float64Array): number {
  if (spec.loss === "hinge") return 0;
  const bound = largestCurvature(spec)!;
  if (bound < Infinity) return bound;
  let [score, mean] = [-Infinity, 0];
  for (let i = 0; i < z.length; i++) {
    if (z[i]! > score) score = z[i]!;
    if (s[i]! + targets[i]! > mean) mean = s[i]! + targets[i]!;
  }
  return 2 * Math.max(exp(Math.min(score, 40)), mean);
}
