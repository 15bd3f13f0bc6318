import { exp } from "../../core/elementary.ts";
import { lossCodes } from "../../kernels/kernels.ts";
import { secondDerivative } from "../../kernels/reference/dualSlopes.ts";
import { slopeLimits } from "../../losses/limitedSlope.ts";
import { largestCurvature } from "../../losses/slopeChange.ts";
import type { LinearProblem, Point } from "./linearProblem.ts";
import { type CurvatureOf, lowestEigenvalue, sampleSteps } from "./smallestEigenvalue.ts";

const UNIT = Number.EPSILON / 2;
const SAFE = 1 + 1e-9; // more than the rounding errors of the numbers of a row
const BAND = 0.2; // of the interval in which a loss is quadratic: how far the scores may move
const MOST_WORK = 20; // multiply-adds per number of the rows
const ROWS_PER_PARAMETER = 8;
const MOVE = 0.5; // the same for logistic and poisson, whose second derivative changes by at most e^move

/**
 * Makes a function that bounds the distance between a point and the nearest optimum of an objective without penalties: it is at most
 * 2 ‖g‖ / λ for the gradient g at the point. Null for losses whose second derivatives have no known change.
 *
 * λ is a lower bound of the smallest second derivative in a ball around the point. On the surface of the ball the objective is then above
 * that of the point if 2 ‖g‖ / λ is less than the radius of the ball, so there is an optimum in the ball, because the objective is convex.
 *
 * The second derivatives of each row have a lower bound in the ball: for logistic and poisson e^−|change of the score| times that at
 * the point. For losses that are quadratic in an interval they are the same while the score cannot leave it, and else 0. The rows are
 * evenly spaced ones; there are more of them if the bound should be smaller.
 *
 * @param scale  a number D for each column and the intercept; distances are √(Σ D Δ²), and gradients √(Σ g² / D)
 */
export function bindOptimumDistance(
  problem: LinearProblem,
  point: Point,
  scale: Float64Array,
): ((wanted: number) => number) | null {
  const { rows, spec, targets, n, d, k } = problem;
  const { params, s } = point;
  const limits = slopeLimits(spec) ?? { curvature: 1, low: 0, high: 0 };
  const curvature = largestCurvature(spec)!;
  const isSmooth = spec.loss === "logistic" || spec.loss === "poisson";
  if (k > 1 || !(isSmooth || spec.loss === "huber" || spec.loss === "absolute" || spec.loss === "pinball")) return null;
  const code = lossCodes[spec.loss];
  const radius = (isSmooth ? MOVE : (BAND * (limits.low + limits.high)) / curvature) / Math.sqrt(d + 1);
  let length = 0;
  for (let j = 0; j <= d; j++) length += scale[j]! * params[j]! * params[j]!;
  // A score moves by at most this times the length of its row, and its rounding error is included.
  const move = (radius + (d + 16) * UNIT * Math.sqrt(length)) * SAFE;
  const curvatureOf: CurvatureOf = (i, rowLength) => {
    const change = move * rowLength;
    const at = (slope: number): number => secondDerivative(code, targets[i]!, slope, limits) / SAFE;
    if (isSmooth) return at(s[i]!) * exp(-change);
    return Math.min(at(s[i]! - curvature * change), at(s[i]! + curvature * change));
  };
  const steps = sampleSteps(problem);
  const most = Math.max(ROWS_PER_PARAMETER * (d + 1), (MOST_WORK * n) / (d + 1));
  let used = 0;
  let lowest = 0;
  let gradient: number | undefined;
  return (wanted) => {
    gradient ??= gradientLength();
    const distance = (lambda: number): number => (2 * gradient! * SAFE) / lambda;
    for (; used < steps.length && !(distance(lowest) < Math.min(wanted, radius)); used++) {
      const every = steps[used]!;
      if (distance(curvature / every) > radius) continue; // λ of these rows cannot be large enough
      lowest = Math.max(lowest, lowestEigenvalue(problem, scale, every, curvatureOf, most));
    }
    return distance(lowest) < radius ? distance(lowest) : Infinity;
  };

  /** An upper bound of √(Σ g² / D), with the rounding errors of the sums. */
  function gradientLength(): number {
    const g = new Float64Array(d + 1);
    rows.back(s, g);
    let square = 0;
    for (let j = 0; j <= d; j++) square += (g[j]! * g[j]!) / (scale[j]! || 1);
    let steepest = curvature; // Infinity for poisson
    if (spec.loss === "poisson") steepest = s.reduce((most, slope, i) => Math.max(most, slope + targets[i]!), 0);
    const ofScores = steepest * (d + 16) * UNIT * Math.sqrt((d + 1) * length);
    return Math.sqrt(square) + ((n + 16) * UNIT * rows.means(s).size + ofScores) * Math.sqrt(d + 1);
  }
}
