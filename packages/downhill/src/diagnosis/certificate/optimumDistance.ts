import { exp } from "../../core/elementary.ts";
import { lossCodes } from "../../kernels/kernels.ts";
import { secondDerivative } from "../../kernels/reference/dualSlopes.ts";
import { kernelLimits } from "../../losses/limitedSlope.ts";
import { largestCurvature } from "../../losses/slopeChange.ts";
import type { LinearProblem, Point } from "./linearProblem.ts";
import { fewestRows, lowestEigenvalue } from "./smallestEigenvalue.ts";

const UNIT = Number.EPSILON / 2;
const SAFE = 1 + 1e-9; // more than the rounding errors of the numbers of a row
const BAND = 0.2; // of the interval in which a loss is quadratic: how far the scores may move
const MOVE = 0.5; // the same for logistic, whose second derivative changes by at most e^move
const MORE = 8; // the factor from one sample to the next
const MOST_WORK = 40; // multiply-adds per number of the rows

/**
 * Makes a function that bounds the distance between a point and the nearest optimum of an objective without penalties: it is at most
 * 2 ‖g‖ / λ for the gradient g at the point. The bound is Infinity where it is not proven. Null for the losses without known limits of the
 * second derivatives.
 *
 * λ is a lower bound of the smallest second derivative in a ball around the point. On the surface of the ball the objective is then above
 * that of the point if 2 ‖g‖ / λ is less than the radius of the ball, so there is an optimum in the ball, because the objective is convex.
 *
 * The second derivatives of each row have a lower bound in the ball: for logistic e^−|change of the score| times that at the point. For losses that are quadratic in an interval they are the same while the score cannot leave it, and else 0. The sum over
 * all rows is at least that over evenly spaced ones; there are more of them until the distance is below `wanted`.
 *
 * @param scale  a number D for each column and the intercept; distances are √(Σ D Δ²), and gradients √(Σ g² / D)
 */
export function bindOptimumDistance(
  problem: LinearProblem,
  point: Point,
  scale: Float64Array,
): ((wanted: number) => number) | null {
  const { spec, targets, n, d, k } = problem;
  const { params, s, gradient: g } = point;
  const limits = kernelLimits(spec);
  const isLogistic = spec.loss === "logistic";
  if (k > 1 || !(isLogistic || limits.high > 0)) return null;
  const code = lossCodes[spec.loss];
  const curvature = largestCurvature(spec)!;
  const radius = (isLogistic ? MOVE : (BAND * (limits.low + limits.high)) / curvature) / Math.sqrt(d + 1);
  let length = 0;
  for (let j = 0; j <= d; j++) length += scale[j]! * params[j]! * params[j]!;
  const scoreError = (d + 16) * UNIT * Math.sqrt(length); // times the length of the row
  /** A lower bound of the second derivative of a row in the ball. */
  function curvatureOf(i: number, rowLength: number): number {
    const change = (radius + scoreError) * SAFE * rowLength;
    const at = (slope: number): number => secondDerivative(code, targets[i]!, slope, limits) / SAFE;
    if (isLogistic) return at(s[i]!) * exp(-change);
    return Math.min(at(s[i]! - curvature * change), at(s[i]! + curvature * change));
  }
  let every = MORE * fewestRows(problem);
  const least = Math.ceil((d + 1) / MOST_WORK);
  let gradient: number | undefined;
  let lowest = 0;
  return (wanted) => {
    gradient ??= gradientLength();
    const distance = (lambda: number): number => (2 * gradient! * SAFE) / lambda;
    while (every > least && !(distance(lowest) < Math.min(wanted, radius))) {
      every = Math.max(least, Math.floor(every / MORE));
      // λ is about the curvature times the share of the rows, or less.
      if (distance(curvature / every) < radius) {
        lowest = Math.max(lowest, lowestEigenvalue(problem, scale, every, curvatureOf));
      }
    }
    return distance(lowest) < radius ? distance(lowest) : Infinity;
  };

  /** An upper bound of √(Σ g² / D), with the rounding errors of the scores and sums. */
  function gradientLength(): number {
    let square = 0;
    for (let j = 0; j <= d; j++) square += (g[j]! * g[j]!) / (scale[j]! || 1);
    // No slope is larger than the limits, or 1 for logistic.
    const error = (n + 16) * UNIT * Math.max(limits.low, limits.high, 1) + curvature * Math.sqrt(d + 1) * scoreError;
    return Math.sqrt(square) + error * Math.sqrt(d + 1);
  }
}
