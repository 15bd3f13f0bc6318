import { dot } from "../../core/dot.ts";
import { lossCodes } from "../../kernels/kernels.ts";
import { slopeRange } from "../../kernels/reference/dualSlopes.ts";
import { scalarExcess } from "../../losses/excess.ts";
import { kernelLimits } from "../../losses/limitedSlope.ts";
import type { LinearProblem, Point } from "./linearProblem.ts";
import type { LinearRows } from "./linearRows.ts";

const MOST_EVERY = 512;
const FEWEST_ROWS = 200;

/**
 * For each score a bound of |optimal intercept − intercept|, with a penalty on the weights.
 *
 * For slopes t of a score whose mean m is not 0, the loss at the optimum is at least t · scores − loss*(t). So m · (optimal intercept
 * − intercept) is at most the objective, plus the excess of t at the point, plus the product of the gradient of t and the change of
 * the weights. t are the largest slopes that the loss can have, or the smallest. For the other rows than those of t the loss at the
 * optimum is at least 0, so that one row of 512 is enough for a range 512 times as large.
 *
 * @param rowSquare  an upper bound of the mean of ‖x‖²
 */
export function interceptRanges(problem: LinearProblem, point: Point, rowSquare: number): Float64Array {
  const { spec, l2, l1 } = problem;
  // The largest length of the weights where the objective is at most that of the point: losses are at least 0.
  const length = Math.min(Math.sqrt((2 * point.value) / l2), point.value / l1);
  if (spec.loss === "crossEntropy") return classRanges(problem, point, length * Math.sqrt(2 * rowSquare));
  const range = rangeOf(problem, point, length, rowSquare, sampledRows(problem.n));
  return Float64Array.of(range < Infinity ? range : rangeOf(problem, point, length, rowSquare, 1));
}

/** One of so many rows is a sample of at least 200. */
const sampledRows = (n: number): number => Math.max(1, Math.min(MOST_EVERY, Math.floor(n / FEWEST_ROWS)));

/** The share of each class in the weights. */
export function classShares({
  n,
  k,
  targets,
  weights,
}: Pick<LinearRows, "n" | "k" | "targets" | "weights">): Float64Array {
  const sums = new Float64Array(k);
  for (let i = 0; i < n; i++) sums[targets[i]!]! += (weights ? weights[i]! : 1) / n;
  return sums;
}

/** The range of the intercept of one score. */
function rangeOf(
  { spec, n, d, weights, targets }: LinearProblem,
  { params, z, s, value }: Point,
  length: number,
  rowSquare: number,
  every: number,
): number {
  const code = lossCodes[spec.loss];
  const limits = kernelLimits(spec);
  let square = 0;
  for (let i = 0; i < n; i += every) square += ((weights ? weights[i]! : 1) * s[i]! * s[i]!) / n;
  const step = Math.sqrt(every * square) || 1; // where a slope can be infinite
  const W = params.subarray(0, d);
  const change = length + Math.sqrt(dot(W, W));
  let range = 0;
  for (const side of [0, 1] as const) {
    const sign = side === 0 ? -1 : 1;
    let [m, excess, size] = [0, 0, 0];
    for (let i = 0; i < n; i += every) {
      const weight = (weights ? weights[i]! : 1) / n;
      if (weight === 0) continue;
      const end = slopeRange(code, targets[i]!, limits)[side];
      const slope = Math.abs(end) < 1e16 ? end : s[i]! + sign * step;
      m += weight * sign * slope;
      excess += weight * scalarExcess(code, z[i]!, targets[i]!, slope, limits);
      size += weight * slope * slope;
    }
    range = Math.max(range, m > 0 ? (value + excess + change * Math.sqrt(size * rowSquare)) / m : Infinity);
  }
  return range;
}

/**
 * The same for crossEntropy, whose intercepts may all change by the same number. The slopes (1 for class c) − (1 for the class of the
 * row) show that the optimal intercept of c is at most `most` above the mean of those of all rows; so it is at most `most` / (share of
 * the class) below it.
 */
function classRanges({ d, k, shares }: LinearProblem, { params, value }: Point, size: number): Float64Array {
  return shares!.map((share, c) => (value + size) / share + Math.abs(params[k * d + c]!));
}
