import { dot } from "../../core/dot.ts";
import { exp, log } from "../../core/elementary.ts";
import type { Random } from "../../core/random.ts";
import { requireFiniteCurvature } from "./spectrum.ts";

/** An estimate of the largest eigenvalue of a symmetric matrix, which is never above it, and its direction. */
export interface LargestEigenvalue {
  readonly value: number;
  readonly direction: Float64Array;
  /** The number of orthogonal directions that were used. */
  readonly steps: number;
  /** Whether no further direction exists, so that the value is exact up to rounding. */
  readonly complete: boolean;
}

/**
 * The Lanczos method with full reorthogonalization, from a random start of normal numbers.
 *
 * @param times  returns A v; the result may be overwritten by the next call
 * @param size  the number of rows of A
 * @param maxSteps  the largest number of products
 * @throws RangeError when a product is not finite
 *
 * Source: Golub and Van Loan, “Matrix Computations”, 4th edition, 10.1 and 10.3.
 */
export function lanczos(
  times: (v: Float64Array) => ArrayLike<number>,
  size: number,
  maxSteps: number,
  stream: Random,
): LargestEigenvalue {
  const start = Float64Array.from({ length: size }, () => stream.normal());
  const basis = [scaled(start, 1 / norm(start))];
  const diagonal: number[] = [];
  const beside: number[] = [];
  let complete = false;
  for (;;) {
    const v = basis.at(-1)!;
    const next = Float64Array.from(times(v));
    const [before] = requireFiniteCurvature([norm(next)]);
    diagonal.push(dot(v, next));
    addMultiple(next, -diagonal.at(-1)!, v);
    if (basis.length > 1) addMultiple(next, -beside.at(-1)!, basis.at(-2)!);
    let [longer, length] = [norm(next), 0];
    for (let pass = 0; pass < 3; pass++) {
      for (const u of basis) addMultiple(next, -dot(u, next), u);
      length = norm(next);
      if (length >= longer / 2) break; // what was subtracted had the size of rounding errors
      longer = length;
    }
    complete = basis.length === size || !(length > 1e-13 * before!);
    if (complete || basis.length === maxSteps) break;
    beside.push(length);
    basis.push(scaled(next, 1 / length));
  }
  const { value, vector } = largestOfTridiagonal(diagonal, beside);
  const direction = new Float64Array(size);
  for (const [i, u] of basis.entries()) addMultiple(direction, vector[i]!, u);
  return { value, direction, steps: basis.length, complete };
}

/**
 * The largest eigenvalue λ of a symmetric tridiagonal matrix T with positive entries beside its diagonal, and its eigenvector of
 * length 1. An x is above λ exactly if x − T is positive definite, which bisection uses. Inverse iteration with the last such x finds
 * the vector. All of its entries have the same sign (Perron and Frobenius), so the start of equal entries is not orthogonal to it.
 */
function largestOfTridiagonal(diagonal: readonly number[], beside: readonly number[]) {
  const k = diagonal.length;
  let scale = 0;
  for (let i = 0; i < k; i++) {
    scale = Math.max(scale, Math.abs(diagonal[i]!) + (beside[i - 1] ?? 0) + (beside[i] ?? 0));
  }
  const vector = new Float64Array(k);
  if (scale === 0) return { value: 0, vector };
  const d = Float64Array.from(diagonal, (entry) => entry / scale);
  const e = Float64Array.from(beside, (entry) => entry / scale);
  const pivots = new Float64Array(k);
  /** Factorizes x − T = L D Lᵀ; whether all pivots are above 0. */
  function isAbove(x: number): boolean {
    for (let i = 0; i < k; i++) {
      pivots[i] = x - d[i]! - (i > 0 ? (e[i - 1]! * e[i - 1]!) / pivots[i - 1]! : 0);
      if (!(pivots[i]! > 0)) return false;
    }
    return true;
  }
  let [below, above] = [-1, 1 + 4 * Number.EPSILON]; // λ / scale is between them
  while (above - below > Number.EPSILON) {
    const middle = (below + above) / 2;
    if (isAbove(middle)) above = middle;
    else below = middle;
  }
  isAbove(above);
  vector.fill(1);
  for (let pass = 0; pass < 4; pass++) {
    for (let i = 1; i < k; i++) vector[i]! += (e[i - 1]! / pivots[i - 1]!) * vector[i - 1]!;
    for (let i = k - 1; i >= 0; i--) {
      vector[i] = vector[i]! / pivots[i]! + (i < k - 1 ? (e[i]! / pivots[i]!) * vector[i + 1]! : 0);
    }
    vector.set(scaled(vector, 1 / norm(vector)));
  }
  return { value: below * scale, vector };
}

/**
 * A share ε with which value / (1 − ε) is below the largest eigenvalue of a positive semi-definite matrix of this size with at most
 * the probability `failure`, for the value of `lanczos` after `steps` steps: √ε = tanh(asinh(√(2 size / π) / failure) / (2 steps − 1)).
 *
 * Proof: let the largest eigenvalue be 1, and b the start. The value is below 1 − ε only if Σ p(xᵢ)² (xᵢ − 1 + ε) bᵢ² < 0 over all
 * eigenvalues xᵢ for each polynomial p of degree steps − 1. Take p(x) = q(y) / y with y² = (1 − ε − x) / (1 − ε), and q the odd
 * Chebyshev polynomial of degree 2 steps − 1. For x in [0, 1 − ε] then p(x)² (1 − ε − x) ≤ 1 − ε, so ε p(1)² b₁² < (1 − ε) (1 − b₁²),
 * which is b₁² / (1 − b₁²) < 1 / sinh²((2 steps − 1) atanh √ε). For a random start the probability of this is at most
 * √(2 size / π) / sinh((2 steps − 1) atanh √ε). The bound of Kuczyński and Woźniakowski, “Estimating the Largest Eigenvalue by the
 * Power and Lanczos Algorithms with a Random Start”, 1992, is 1.648 √size e^(−(2 steps − 1) √ε), and nearly the same.
 */
export function shortfall(size: number, steps: number, failure: number): number {
  const ratio = Math.sqrt((2 * size) / Math.PI) / failure;
  const a = (2 * log(ratio + Math.sqrt(1 + ratio * ratio))) / (2 * steps - 1);
  const root = 1 - 2 / (exp(a) + 1); // tanh(a / 2)
  return root * root;
}

const norm = (x: Float64Array): number => Math.sqrt(dot(x, x));

const scaled = (x: Float64Array, factor: number): Float64Array => x.map((entry) => factor * entry);

/** x += factor · y. */
function addMultiple(x: Float64Array, factor: number, y: Float64Array): void {
  for (let i = 0; i < x.length; i++) x[i]! += factor * y[i]!;
}
