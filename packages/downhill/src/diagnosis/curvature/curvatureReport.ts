/** One column's part in a direction of the parameters. */
export interface ColumnShare {
  /** The name of the column, or "intercept". Without names it is "column 0", "column 1", … */
  readonly column: string;
  /** The column's share of the squared length of the direction, from 0 to 1. The shares of all columns add up to 1. */
  readonly share: number;
}

/** The curvature of an objective: the range of the eigenvalues of its Hessian H at some parameters. */
export interface CurvatureReport {
  /** The largest eigenvalue of H, or the best estimate of it, which is never above the eigenvalue. */
  readonly largest: number;
  /** A number that the largest eigenvalue exceeds at most with `failureProbability`. */
  readonly largestBound: number;
  /** The smallest eigenvalue above 0 (relative to rounding); null where only its estimate from above is known. */
  readonly smallest: number | null;
  /** largest / smallest; null where `smallest` is null. */
  readonly condition: number | null;
  /** "exact": eigenvalues of the whole matrix. "lanczos": a random start from the seed.  */
  readonly method: "exact" | "lanczos";
  /** The probability that `largestBound` is too small; 0 for "exact". */
  readonly failureProbability: number;
  /** The columns of the steepest direction (the eigenvector of `largest`), by falling share. */
  readonly steepest: readonly ColumnShare[];
  /** The columns of the flattest direction; null where `smallest` is null. */
  readonly flattest: readonly ColumnShare[] | null;
}
