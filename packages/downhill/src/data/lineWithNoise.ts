import { requireKnown, requireNonNegative, requireNumber, requirePositive, requireSize } from "../core/check.ts";
import type { Matrix } from "../core/matrix.ts";
import { type Seed, seeded } from "./seeded.ts";

export interface LineOptions {
  /** Points. */
  readonly n?: number;
  readonly slope?: number;
  readonly intercept?: number;
  /** Standard deviation of the normal noise on y, ≥ 0. */
  readonly noise?: number;
  /** Least x. */
  readonly from?: number;
  /** Bound of x, above `from`. */
  readonly to?: number;
  readonly seed?: Seed;
}

/**
 * A line seen through noise: y = slope · x + intercept + noise · ε, x uniform in [from, to), ε standard normal.
 *
 * @returns X n × 1, y n
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
}: LineOptions = {}): { X: Matrix; y: Float64Array } {
  const functionName = "lineWithNoise";
  requireKnown(functionName, others, ["n", "slope", "intercept", "noise", "from", "to", "seed"]);
  requireSize(functionName, "n", n);
  requireNumber(functionName, "slope", slope);
  requireNumber(functionName, "intercept", intercept);
  requireNonNegative(functionName, "noise", noise);
  requireNumber(functionName, "from", from);
  requirePositive(functionName, "to − from", to - from);
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
