import { InputRangeError, requireKnown, requireNonNegative, requireNumber, requireSize, show } from "../core/check.ts";
import type { Matrix } from "../core/matrix.ts";
import { type Seed, seeded } from "./seeded.ts";

/** Options of `lineWithNoise`. */
export interface LineOptions {
  /** Number of points [100]. */
  readonly n?: number;
  /** Slope of the line [2]. */
  readonly slope?: number;
  /** y of the line at x = 0 [1]. */
  readonly intercept?: number;
  /** Standard deviation of the normal noise on y, ≥ 0 [1]. */
  readonly noise?: number;
  /** Lower bound of x [0]. */
  readonly from?: number;
  /** Upper bound of x, above `from` [10]. */
  readonly to?: number;
  /** Seed of the random numbers, a whole number, or a stream of `random(seed)` to draw from [0]. */
  readonly seed?: Seed;
}

/**
 * Points near a line: y = slope · x + intercept + noise · ε, with x uniform in [from, to) and ε standard normal.
 *
 * @returns X: n × 1; y: n numbers
 * @throws RangeError or TypeError for an option that is not allowed
 *
 * @example
 * ```ts
 * import { lineWithNoise } from "downhill";
 *
 * const { X, y } = lineWithNoise({ n: 50, slope: 3, noise: 0.5, seed: 1 });
 * X.rows; // 50
 * y.length; // 50
 * ```
 */
export function lineWithNoise({
  n = 100,
  slope = 2,
  intercept = 1,
  noise = 1,
  from = 0,
  to = 10,
  seed = 0,
  ...others
}: LineOptions = {}): {
  /** n × 1: the points. */
  X: Matrix;
  /** n numbers. */
  y: Float64Array;
} {
  const functionName = "lineWithNoise";
  requireKnown(functionName, others, ["n", "slope", "intercept", "noise", "from", "to", "seed"]);
  requireSize(functionName, "n", n);
  requireNumber(functionName, "slope", slope);
  requireNumber(functionName, "intercept", intercept);
  requireNonNegative(functionName, "noise", noise);
  requireNumber(functionName, "from", from);
  if (!(to > from && to < Infinity)) {
    throw new InputRangeError(`${functionName}: to must be above from (${from}), got ${show(to)}. Pass a larger to.`);
  }
  const draw = seeded(seed, functionName);
  const data = new Float64Array(n);
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const x = from + (to - from) * draw.uniform();
    data[i] = x;
    y[i] = slope * x + intercept + noise * draw.normal();
  }
  return { X: { data, rows: n, columns: 1 }, y };
}
