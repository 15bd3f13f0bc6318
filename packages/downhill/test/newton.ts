// An independent optimum of linear and logistic regression: Newton's method with halved steps on dense matrices.

import type { Matrix } from "../src/index.ts";

export interface NewtonProblem {
  readonly kind: "linear" | "logistic";
  readonly X: Matrix;
  /** Numbers, or the labels 0 and 1. */
  readonly y: readonly number[];
  readonly l2: number;
  /** Whether columns are first standardized to mean 0 and deviation 1. */
  readonly standardize?: boolean;
}

/** The minimum of mean loss + l2/2 ‖w‖², and the weights and the intercept there. */
export function newton({ kind, X, y, l2, standardize = false }: NewtonProblem): {
  value: number;
  params: Float64Array;
} {
  const [n, d] = [X.rows, X.columns];
  const p = d + 1;
  const rows = new Float64Array(n * p).fill(1);
  for (let j = 0; j < d; j++) {
    const column = Float64Array.from({ length: n }, (_, i) => X.data[i * d + j]!);
    const mean = standardize ? column.reduce((sum, x) => sum + x / n, 0) : 0;
    const deviation = Math.sqrt(column.reduce((sum, x) => sum + (x - mean) ** 2 / n, 0));
    // Without standardization columns are scaled too, and l2 is scaled with them.
    for (let i = 0; i < n; i++) rows[i * p + j] = (column[i]! - mean) / deviation;
  }
  if (!standardize && l2 > 0) throw new Error("newton: raw columns are for l2 0 alone");
  const scores = (w: Float64Array) =>
    Float64Array.from({ length: n }, (_, i) => w.reduce((z, weight, j) => z + weight * rows[i * p + j]!, 0));
  const softplus = (z: number) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
  const valueAt = (w: Float64Array): number => {
    const z = scores(w);
    let value = 0;
    for (let i = 0; i < n; i++) {
      value += (kind === "linear" ? 0.5 * (z[i]! - y[i]!) ** 2 : softplus(y[i] ? -z[i]! : z[i]!)) / n;
    }
    for (let j = 0; j < d; j++) value += 0.5 * l2 * w[j]! ** 2;
    return value;
  };
  let params = new Float64Array(p);
  let value = valueAt(params);
  for (let iteration = 0; iteration < 100; iteration++) {
    const z = scores(params);
    const H = Array.from({ length: p }, () => new Float64Array(p + 1));
    for (let i = 0; i < n; i++) {
      const q = kind === "linear" ? 0 : 1 / (1 + Math.exp(-z[i]!));
      const slope = kind === "linear" ? z[i]! - y[i]! : q - y[i]!;
      const curved = kind === "linear" ? 1 : q * (1 - q);
      for (let j = 0; j < p; j++) {
        const x = rows[i * p + j]!;
        if (x === 0) continue;
        H[j]![p]! += (slope * x) / n;
        for (let k = 0; k < p; k++) H[j]![k]! += (curved * x * rows[i * p + k]!) / n;
      }
    }
    for (let j = 0; j < p; j++) {
      if (j < d) {
        H[j]![j]! += l2;
        H[j]![p]! += l2 * params[j]!;
      }
      H[j]![j]! += 1e-13 * H[j]![j]!; // one-hot columns and an intercept are dependent
    }
    const step = solved(H);
    let next = params;
    let lower = Infinity;
    for (let share = 1; share > 1e-6 && !(lower < value); share /= 2) {
      next = params.map((w, j) => w - share * step[j]!);
      lower = valueAt(next);
    }
    if (!(lower < value)) return { value, params };
    [params, value] = [next, lower];
  }
  return { value, params };
}

/** Solves linear equations by elimination with the largest pivot; the last column is the right side. */
function solved(rows: Float64Array[]): Float64Array {
  const p = rows.length;
  for (let k = 0; k < p; k++) {
    let pivot = k;
    for (let i = k + 1; i < p; i++) if (Math.abs(rows[i]![k]!) > Math.abs(rows[pivot]![k]!)) pivot = i;
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    for (let i = k + 1; i < p; i++) {
      const share = rows[i]![k]! / rows[k]![k]!;
      for (let j = k; j <= p; j++) rows[i]![j]! -= share * rows[k]![j]!;
    }
  }
  const x = new Float64Array(p);
  for (let i = p - 1; i >= 0; i--) {
    let sum = rows[i]![p]!;
    for (let j = i + 1; j < p; j++) sum -= rows[i]![j]! * x[j]!;
    x[i] = sum / rows[i]![i]!;
  }
  return x;
}
