// An upper bound of objective − optimum from a point of the dual problem, with the rounding errors of its computation.
import { dot } from "../../core/dot.ts";
import { exp } from "../../core/elementary.ts";
import type { Vector } from "../../core/vector.ts";
import { slopeLimits } from "../../losses/limitedSlope.ts";
import { largestCurvature } from "../../losses/slopeChange.ts";
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
  /** The part of the loss: the mean of loss(z) + loss*(s) − s z. */
  readonly excess: number;
  /** The part of the bound that stems from the rounding errors of sums; no other point of the dual problem has less. */
  readonly rounding: number;
}

/** See `bindGap`. */
export interface GapFunction {
  gapOf(point: DualPoint): Bound;
  /** What `dualPoint` may leave of the scaled square of a gradient that must be 0. */
  readonly tolerance: number;
}

/**
 * Makes a function that bounds objective − optimum at a point from slopes s, a point of the dual problem (dualPoint.ts).
 *
 * For each row the excess loss(z) + loss*(s) − s z, and for each weight the excess of the penalty, are at least 0. Their sum is the
 * duality gap, if the mean of the slopes is exactly 0 for each intercept. It is 0 only up to rounding, so the rest is multiplied by
 * a bound of the intercept's distance from the optimum. The errors of the scores and of sums are added too.
 *
 * Without l2 and l1 the gradient g of all parameters must be 0. It is not exactly 0 either. For least squares, with the smallest
 * eigenvalue λ of the second derivatives, the slopes differ from a feasible point by at most |g|/√λ. For other losses |g| is multiplied
 * by a proven distance of the optimum (optimumDistance.ts). If there is none, as for columns that depend on each other, the bound is for all
 * parameters up to a large distance.
 *
 * Source: Rockafellar, “Convex Analysis”, 1970, section 31 (Fenchel duality).
 */
export function bindGap(problem: LinearProblem, point: Point): GapFunction {
  const { rows, n, d, k, weights, l2, l1 } = problem;
  const { params, z } = point;
  const gradient = new Float64Array(k * (d + 1));
  const W = params.subarray(0, k * d);
  const b = params.subarray(k * d);
  const length = Math.sqrt(dot(W, W));
  const total = weights ? sumOf(weights) / n : 1;
  const columns = rows.squares.map((square) => square / n); // the weighted mean square of each column
  const rowSquare = SAFE * sumOf(columns);
  // The size of scores that matter: the error of the targets, or 1 if the loss is a function of the score alone.
  const unit = unitOf(problem, point);
  // The root of the mean square of the error of a score: at most (d + 16) roundings of |x| |w| + |b|.
  const scoreError = (d + 16) * UNIT * Math.sqrt(2 * (rowSquare * dot(W, W) + total * dot(b, b)) + total * unit * unit);
  const free = l2 === 0 && l1 === 0;
  const scale = Float64Array.from([...columns, total]);
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
  function freeBound(excess: number, size: number): Bound {
    let rest = 0;
    let long = 0;
    for (let j = 0; j < gradient.length; j++) {
      const own = scale[j < k * d ? j % d : d]! || 1;
      rest += (gradient[j]! * gradient[j]!) / own;
      if (j < k * d) long += params[j]! * params[j]! * own;
    }
    const error = (n + 16) * UNIT * size * Math.sqrt(d + 1);
    rest = Math.sqrt(rest) + error;
    const bound = (radius: number, reached: number): Bound => ({
      ...{ gap: (excess + rest * reached) * SAFE, radius, excess, rounding: error * reached },
    });
    if (smallest > 0) {
      const distance = Math.sqrt(2 * excess) + rest / Math.sqrt(smallest);
      return { ...bound(Infinity, 0), gap: 0.5 * distance * distance * SAFE };
    }
    const distance = distanceOf ? distanceOf(excess / rest) : Infinity;
    if (distance < Infinity) return bound(Infinity, distance);
    const reached = REACH * (unit + Math.sqrt(long));
    return bound(reached, reached);
  }

  const gapOf = ({ s: slopes, size: own, means: sums, gradient: known, off }: DualPoint): Bound => {
    let [s, size, means] = [slopes, own, sums];
    if (known === null) rows.back(s, gradient);
    else gradient.set(known);
    let error =
      ((n + 16) * UNIT * (size + off) + SAFE * off) * Math.sqrt(rowSquare) +
      4 * UNIT * (Math.sqrt(dot(gradient, gradient)) + l2 * length);
    if (l2 === 0 && l1 > 0) {
      let largest = 0;
      for (let j = 0; j < k * d; j++) largest = Math.max(largest, Math.abs(gradient[j]!) + error);
      const shrink = Math.min(1, (l1 / largest) * (1 - 4 * UNIT));
      error *= 2;
      if (shrink < 1) {
        s = s.map((x) => shrink * x);
        for (let j = 0; j < gradient.length; j++) gradient[j]! *= shrink;
        ({ size, means } = rows.means(s));
      }
    }
    const excess = withRounding(rows.excess(z, s) / n, s);
    if (ranges === null) {
      gradient.set(means, k * d);
      return freeBound(excess, size);
    }
    let gap = excess + weightPart(error);
    for (let c = 0; c < k; c++) {
      if (means[c] === 0 && ranges[c] === Infinity) continue; // a class without rows: its slopes are all 0
      gap += (Math.abs(means[c]!) + (weights ? 2 : n * UNIT) * UNIT * size) * ranges[c]!;
    }
    return { gap: gap * SAFE, radius: Infinity, excess, rounding: 0 };
  };

  /**
   * The excess with the error of the scores: at most the product of the error with the distance of s from the slopes at z, and
   * curvature times its square. For a loss with the curvature c, the square of the distance is at most 2 c times the excess. The
   * slopes of the hinge differ by at most 1.
   */
  function withRounding(excess: number, s: Float64Array): number {
    if (problem.spec.loss === "hinge") return excess + 2 * Math.sqrt(total * k) * scoreError;
    const curvature = curvatureBound(problem, z, s);
    return excess + Math.sqrt(2 * curvature * excess) * scoreError + curvature * scoreError * scoreError;
  }
  return { gapOf, tolerance: ENOUGH * smallest };
}

function sumOf(v: Vector): number {
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += v[i]!;
  return sum;
}

function unitOf({ rows, spec, n, k, penalty }: LinearProblem, { params, z, value }: Point): number {
  if (spec.loss === "halfSquared") return Math.sqrt(2 * Math.max(0, value - penalty(params)));
  if (!slopeLimits(spec)) return Math.sqrt(k);
  return Math.sqrt((2 * rows.slopes({ loss: "halfSquared", outputs: k }, z, null)) / n);
}

/** The largest second derivative of the loss between the scores z and those where the slopes are s. */
function curvatureBound({ spec, targets }: LinearProblem, z: Float64Array, s: Float64Array): number {
  const bound = largestCurvature(spec)!;
  if (bound < Infinity) return bound;
  let [score, mean] = [-Infinity, 0];
  for (let i = 0; i < z.length; i++) {
    if (z[i]! > score) score = z[i]!;
    if (s[i]! + targets[i]! > mean) mean = s[i]! + targets[i]!;
  }
  return 2 * Math.max(exp(Math.min(score, 40)), mean);
}
