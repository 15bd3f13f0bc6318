export interface LeastSquares {
  readonly slope: number;
  readonly intercept: number;
  /** How the mean squared error curves along the floor of its valley and across it: eigenvalues of its Hessian. */
  readonly curvatures: readonly [flattest: number, steepest: number];
}

/**
 * The line with the smallest mean squared error, and the shape of that error around it: its Hessian in (slope, intercept)
 * is 2 (mean x², mean x; mean x, 1).
 */
export function leastSquares(x: Float64Array, y: Float64Array): LeastSquares {
  const mean = (of: (i: number) => number): number => x.reduce((sum, _, i) => sum + of(i), 0) / x.length;
  const [mx, my] = [mean((i) => x[i]!), mean((i) => y[i]!)];
  const mxx = mean((i) => x[i]! * x[i]!);
  const slope = mean((i) => (x[i]! - mx) * (y[i]! - my)) / mean((i) => (x[i]! - mx) * (x[i]! - mx));
  const half = (mxx + 1) / 2;
  const apart = Math.sqrt(half * half - (mxx - mx * mx));
  return { slope, intercept: my - slope * mx, curvatures: [2 * (half - apart), 2 * (half + apart)] };
}
