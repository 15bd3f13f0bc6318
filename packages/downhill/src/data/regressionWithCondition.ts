import { InputRangeError, requireKnown, requireNonNegative, requireSize, show } from "../core/check.ts";
import { exp, log } from "../core/elementary.ts";
import type { Matrix } from "../core/matrix.ts";
import { orthonormalize } from "./orthonormalize.ts";
import { type Seed, seeded } from "./seeded.ts";

export interface ConditionOptions {
  /** Rows, more than features. */
  readonly n?: number;
  readonly features?: number;
  /** Largest over smallest eigenvalue of XᵀX/n: from 1 (and only 1 for a single feature) to 1e8. */
  readonly condition?: number;
  /** Standard deviation of the normal noise on y, ≥ 0. */
  readonly noise?: number;
  readonly seed?: Seed;
}

/**
 * A regression whose curvature is known: X = √n · U Λ^½ Vᵀ, y = X w + noise · ε, with U n × d orthonormal and of mean 0,
 * V a random rotation, λⱼ = condition^(−j/(d−1)) for j = 0 … d−1 and w, ε standard normal.
 * So XᵀX/n has eigenvalues from 1 down to 1/condition, with or without an intercept: plain descent on the mean of
 * (Xw − y)²/2 converges below learning rate 2, at best like ((condition − 1)/(condition + 1))ᵗ.
 * Standardizing the columns changes the condition.
 *
 * @returns X n × features with the given condition to 1e-10 of itself, y n, coefficients w
 */
export function regressionWithCondition({
  n = 200,
  features = 10,
  condition = 100,
  noise = 0.1,
  seed = 0,
  ...others
}: ConditionOptions = {}): { X: Matrix; y: Float64Array; coefficients: Float64Array } {
  const functionName = "regressionWithCondition";
  requireKnown(functionName, others, ["n", "features", "condition", "noise", "seed"]);
  requireSize(functionName, "features", features);
  requireSize(functionName, "n", n, features + 1);
  requireNonNegative(functionName, "noise", noise);
  const most = features === 1 ? 1 : 1e8;
  if (!(condition >= 1 && condition <= most)) {
    throw new InputRangeError(
      `${functionName}: condition must be from 1 to ${most} for features ${features}, got ${show(condition)}. Correct it.`,
    );
  }
  const draw = seeded(seed, functionName);
  const normals = (length: number) => Float64Array.from({ length }, () => draw.normal());
  const left = [new Float64Array(n).fill(1), ...Array.from({ length: features }, () => normals(n))];
  const right = Array.from({ length: features }, () => normals(features));
  const coefficients = normals(features);
  orthonormalize(left); // the ones come first, so that every other column has mean 0
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
