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
 * the weights. t are the largest slopes that the loss can have, or the smallest. The loss of a row at the optimum is at least 0, so rows
 * can be left out: one row of 512 is enough for a range 512 times as large.
 *
 * @param rowSquare  an upper bound of the mean of ‖x‖²
 */
export function interceptRanges(problem: LinearProblem, point: Point, rowSquare: number): Float64Array {
  const { spec, l2, l1 } = problem;
  // The largest length of the weights where the objective is at most that of the point: losses are at least 0.
  const length = Math.min(Math.sqrt((2 * point.value) / l2), point.value / l1);
  if (spec.loss === "crossEntropy") return classRanges(problem, point, length * Math.sqrt(2 * rowSquare));
  return Float64Array.of(rangeOf(problem, point, length, rowSquare));
}

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

/** The range of the intercept of one score, from a sample of the rows if this is enough. */
function rangeOf(problem: LinearProblem, point: Point, length: number, rowSquare: number): number {
  const { spec, n, d, weights, targets, rowAt } = problem;
  const { params, z, size, value } = point;
  const code = lossCodes[spec.loss];
  const limits = kernelLimits(spec);
  const sampled = Math.max(1, Math.min(MOST_EVERY, Math.floor(n / FEWEST_ROWS))); // one of so many rows
  const step = size || 1; // the slope where the range of slopes has no end
  const W = params.subarray(0, d);
  const change = length + Math.sqrt(dot(W, W));
  /** The same from one side, with the smallest or the largest slopes of one of `every` rows. */
  function ofSide(side: 0 | 1, every: number): number {
    const sign = side === 0 ? -1 : 1;
    let [m, excess, square] = [0, 0, 0];
    for (let i = 0; i < n; i += every) {
      const weight = (weights ? weights[i]! : 1) / n;
      const end = slopeRange(code, targets[i]!, limits)[side];
      if (weight === 0 || end === 0) continue;
      const slope = Math.abs(end) < 1e16 ? end : sign * step;
      const score = i < z.length ? z[i]! : dot(rowAt(i), W) + params[d]!;
      m += weight * sign * slope;
      excess += weight * scalarExcess(code, score, targets[i]!, slope, limits);
      square += weight * slope * slope;
    }
    return m > 0 ? (value + excess + change * Math.sqrt(square * rowSquare)) / m : Infinity;
  }
  return Math.max(
    ...([0, 1] as const).map((side) => {
      const range = ofSide(side, sampled);
      return range < Infinity ? range : ofSide(side, 1);
    }),
  );
}

/**
 * The same for crossEntropy, whose intercepts may all change by the same number. The slopes (1 for class c) − (1 for the class of the
 * row) show that the optimal intercept of c is at most `most` above the mean of those of all rows; so it is at most `most` / (share of
 * the class) below it.
 */
function classRanges({ d, k, shares }: LinearProblem, { params, value }: Point, size: number): Float64Array {
  return shares!.map((share, c) => (value + size) / share + Math.abs(params[k * d + c]!));
}
