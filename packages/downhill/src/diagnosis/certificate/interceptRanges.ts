import type { LinearProblem, Point } from "./linearProblem.ts";
import { type ScalarLoss, scalarLoss } from "./rowLosses.ts";

const MOST_EVERY = 8;
const FEWEST_ROWS = 1000;

/**
 * For each score a bound of |optimal intercept − intercept|, with a penalty on the weights.
 *
 * For slopes t of a score whose mean m is not 0, the loss at the optimum is at least t · scores − loss*(t). So m · (optimal intercept
 * − intercept) is at most the objective, plus the excess of t at the point, plus the product of the gradient of t and the change of
 * the weights. t are the largest slopes that the loss can have, or the smallest. For the other rows than those of t the loss at the
 * optimum is at least 0, so that every eighth row is enough for a range eight times as large.
 *
 * @param rowSquare  an upper bound of the mean of ‖x‖²
 */
export function interceptRanges(problem: LinearProblem, point: Point, rowSquare: number): Float64Array {
  const { parts, spec, k } = problem;
  const { l2, l1 } = parts;
  // The largest length of the weights where the objective is at most that of the point: losses are at least 0.
  const length = Math.min(Math.sqrt((2 * point.value) / l2), point.value / l1);
  const scalar = scalarLoss(spec);
  if (scalar === null) return classRanges(problem, point, length * Math.sqrt(2 * rowSquare));
  const every = Math.max(1, Math.min(MOST_EVERY, Math.floor(problem.n / FEWEST_ROWS)));
  return Float64Array.from({ length: k }, (_, c) => {
    const range = rangeOf(problem, scalar, point, c, length, rowSquare, every);
    return range < Infinity ? range : rangeOf(problem, scalar, point, c, length, rowSquare, 1);
  });
}

function rangeOf(
  { parts, n, d, k, mean }: LinearProblem,
  scalar: ScalarLoss,
  { params, z, s, value }: Point,
  c: number,
  length: number,
  rowSquare: number,
  every: number,
): number {
  const { targets } = parts.rows;
  let own = 0;
  for (let j = 0; j < k * d; j++) own += params[j]! * params[j]!;
  const step = Math.sqrt(mean((i) => s[i * k + c]! * s[i * k + c]!, every)) || 1;
  let range = 0;
  for (const side of [1, -1]) {
    const t = new Float64Array(n);
    for (let i = 0; i < n; i += every) {
      const y = targets[i * k + c]!;
      const end = side > 0 ? scalar.high(y) : scalar.low(y);
      t[i] = Math.abs(end) < 1e16 ? end : s[i * k + c]! + side * step;
    }
    const m = side * mean((i) => t[i]!, every);
    const excess = mean((i) => scalar.excess(z[i * k + c]!, targets[i * k + c]!, t[i]!), every);
    const size = Math.sqrt(mean((i) => t[i]! * t[i]!, every) * rowSquare);
    range = Math.max(range, m > 0 ? (value + excess + (Math.sqrt(own) + length) * size) / m : Infinity);
  }
  return range;
}

/**
 * The same for crossEntropy, whose intercepts may all change by the same number. The slopes (1 for class c) − (1 for the class of the
 * row) show that the optimal intercept of c is at most `most` above the mean of those of all rows; so it is at most `most` / (share of
 * the class) below it.
 */
function classRanges({ parts, n, d, k }: LinearProblem, { params, value }: Point, size: number): Float64Array {
  const { targets } = parts.rows;
  const shares = new Float64Array(k);
  for (let i = 0; i < n; i++) shares[targets[i]!]! += (parts.weights ? parts.weights[i]! : 1) / n;
  return shares.map((share, c) => (value + size) / share + Math.abs(params[k * d + c]!));
}
