export interface LeastSquares {
  readonly slope: number;
  readonly intercept: number;
  /** The eigenvalues of the Hessian of the mean squared error: its curvature along its valley and across it. */
  readonly curvatures: readonly [smallest: number, largest: number];
}

/**
 * The line with the lowest mean squared error, and the curvature of this error. Its Hessian in (slope, intercept) is
 * 2 (mean x², mean x; mean x, 1).
 */
export function leastSquares(x: Float64Array, y: Float64Array): LeastSquares {
  const mean = (value: (i: number) => number): number => x.reduce((sum, _, i) => sum + value(i), 0) / x.length;
  const [mx, my] = [mean((i) => x[i]!), mean((i) => y[i]!)];
  const mxx = mean((i) => x[i]! * x[i]!);
  const slope = mean((i) => (x[i]! - mx) * (y[i]! - my)) / mean((i) => (x[i]! - mx) * (x[i]! - mx));
  const half = (mxx + 1) / 2;
  const root = Math.sqrt(half * half - (mxx - mx * mx));
  return { slope, intercept: my - slope * mx, curvatures: [2 * (half - root), 2 * (half + root)] };
}
