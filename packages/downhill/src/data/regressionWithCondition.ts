import { InputRangeError, requireKnown, requireNonNegative, requireSize, show } from "../core/check.ts";
import { exp, log } from "../core/elementary.ts";
import type { Matrix } from "../core/matrix.ts";
import { orthonormalize } from "./orthonormalize.ts";
import { type Seed, seeded } from "./seeded.ts";

/** Options of `regressionWithCondition`. */
export interface ConditionOptions {
  /** Number of rows, larger than `features` [200]. */
  readonly n?: number;
  /** Number of columns of X [10]. */
  readonly features?: number;
  /** The largest eigenvalue of XᵀX/n divided by the smallest: from 1 to 1e8; 1 for a single feature [100]. */
  readonly condition?: number;
  /** Standard deviation of the normal noise on y, ≥ 0 [0.1]. */
  readonly noise?: number;
  /** Seed of the random numbers, a whole number, or a stream of `random(seed)` to draw from [0]. */
  readonly seed?: Seed;
}

/**
 * A regression problem with a known condition number: X = √n · U Λ^½ Vᵀ and y = X w + noise · ε. U is n × d with orthonormal
 * columns of mean 0, V is a random orthogonal matrix, λⱼ = condition^(−j/(d − 1)) for j = 0 … d − 1, and w and ε are standard
 * normal. So XᵀX/n has eigenvalues from 1 to 1/condition, also beside an intercept. Plain descent on the mean of
 * (Xw − y)²/2 converges for learning rates below 2; the error falls at best like ((condition − 1)/(condition + 1))ᵗ.
 * Standardizing the columns changes the condition number.
 *
 * @returns X: n × features, its condition number accurate to 1e-10 (relative); y: n numbers; coefficients: w
 * @throws RangeError or TypeError for an option that is not allowed
 *
 * @example
 * ```ts
 * import { regressionWithCondition } from "downhill";
 *
 * const { X, y, coefficients } = regressionWithCondition({ n: 50, features: 3, condition: 1000, seed: 1 });
 * X.columns; // 3
 * coefficients.length; // 3
 * ```
 */
export function regressionWithCondition({
  n = 200,
  features = 10,
  condition = 100,
  noise = 0.1,
  seed = 0,
  ...others
}: ConditionOptions = {}): {
  /** n × features. */
  X: Matrix;
  /** n numbers. */
  y: Float64Array;
  /** The coefficients w. */
  coefficients: Float64Array;
} {
  const functionName = "regressionWithCondition";
  requireKnown(functionName, others, ["n", "features", "condition", "noise", "seed"]);
  requireSize(functionName, "features", features);
  requireSize(functionName, "n", n, features + 1);
  requireNonNegative(functionName, "noise", noise);
  const highest = features === 1 ? 1 : 1e8;
  if (!(condition >= 1 && condition <= highest)) {
    throw new InputRangeError(
      `${functionName}: condition must be from 1 to ${highest} with ${features} features, got ${show(condition)}. Pass a number such as 1.`,
    );
  }
  const draw = seeded(seed, functionName);
  const normals = (length: number) => Float64Array.from({ length }, () => draw.normal());
  const left = [new Float64Array(n).fill(1), ...Array.from({ length: features }, () => normals(n))];
  const right = Array.from({ length: features }, () => normals(features));
  const coefficients = normals(features);
  orthonormalize(left); // the first column is constant, so all others get mean 0
  orthonormalize(right);

  const data = new Float64Array(n * features);
  for (let k = 0; k < features; k++) {
    const eigenvalue = exp((-log(condition) * k) / Math.max(features - 1, 1));
    const scale = Math.sqrt(n * eigenvalue);
    const u = left[k + 1]!;
    const v = right[k]!;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < features; j++) data[i * features + j]! += scale * u[i]! * v[j]!;
    }
  }
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < features; j++) sum += data[i * features + j]! * coefficients[j]!;
    y[i] = sum + noise * draw.normal();
  }
  return { X: { data, rows: n, columns: features }, y, coefficients };
}
