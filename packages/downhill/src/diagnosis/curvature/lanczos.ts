import { dot } from "../../core/dot.ts";
import { exp, log } from "../../core/elementary.ts";
import type { Random } from "../../core/random.ts";
import type { BindKernels } from "../../kernels/kernels.ts";
import { eigenOf } from "./eigen.ts";
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
  kernels: BindKernels,
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
    for (let twice = 0; twice < 2; twice++) for (const u of basis) addMultiple(next, -dot(u, next), u);
    const length = norm(next);
    complete = basis.length === size || !(length > 1e-13 * before!);
    if (complete || basis.length === maxSteps) break;
    beside.push(length);
    basis.push(scaled(next, 1 / length));
  }
  const { value, vector } = largestOfTridiagonal(diagonal, beside, kernels);
  const direction = new Float64Array(size);
  for (const [i, u] of basis.entries()) addMultiple(direction, vector[i]!, u);
  return { value, direction, steps: basis.length, complete };
}

/** The largest eigenvalue of a symmetric tridiagonal matrix T and its eigenvector, from T + c, which is positive definite. */
function largestOfTridiagonal(diagonal: readonly number[], beside: readonly number[], kernels: BindKernels) {
  const k = diagonal.length;
  let c = 0;
  for (let i = 0; i < k; i++) c = Math.max(c, Math.abs(diagonal[i]!) + (beside[i - 1] ?? 0) + (beside[i] ?? 0));
  const T = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    T[i * k + i] = diagonal[i]! + c;
    if (i > 0) T[i * k + i - 1] = T[(i - 1) * k + i] = beside[i - 1]!;
  }
  const { values, vectors } = eigenOf(T, k, 0, kernels);
  return values.length > 0
    ? { value: values[0]! - c, vector: vectors.subarray(0, k) }
    : { value: 0, vector: new Float64Array(k) };
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
