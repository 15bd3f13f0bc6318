/** One column's part in a direction of the parameters. */
export interface ColumnShare {
  /**
   * The name of the column (without names "column 0", "column 1", …), or "intercept". The weights of a network's layers after the
   * first are "layer 2", …; a factorization has "user factors", "item factors", "user biases" and "item biases".
   */
  readonly column: string;
  /** The column's share of the squared length of the direction, from 0 to 1. The shares of all columns add up to 1. */
  readonly share: number;
}

/** The curvature of an objective: the range of the eigenvalues of its Hessian H at some parameters. */
export interface CurvatureReport {
  /** The largest eigenvalue of H; with "lanczos" an estimate of it, which is never above the eigenvalue. */
  readonly largest: number;
  /** A number that the largest eigenvalue exceeds with at most `failureProbability`; Infinity where no bound is proven. */
  readonly largestBound: number;
  /**
   * The smallest eigenvalue that is larger than rounding errors; null where only its estimate from above is known, or where all
   * eigenvalues are 0.
   */
  readonly smallest: number | null;
  /** largest / smallest; null where `smallest` is null. */
  readonly condition: number | null;
  /** "exact": eigenvalues of the whole matrix. "lanczos": products with a random start from the seed. */
  readonly method: "exact" | "lanczos";
  /** The probability that `largestBound` is too small; 0 for "exact", and where `largestBound` is Infinity. */
  readonly failureProbability: number;
  /** The columns of the steepest direction (the eigenvector of `largest`), by falling share. Empty if H is 0. */
  readonly steepest: readonly ColumnShare[];
  /** The columns of the flattest direction; null where `smallest` is null. */
  readonly flattest: readonly ColumnShare[] | null;
}
