import type { Vector } from "../core/vector.ts";

/**
 * A positive definite matrix P near the second derivatives of an objective. A step in the metric of P is −P⁻¹ g, with the
 * gradient g: on a quadratic function whose second derivatives are P it leads to the minimum.
 */
export interface Metric {
  /**
   * The number of evaluations of the objective that take about as long as `measure`. It is larger in the square of the ratio of the
   * times of an update with and without the metric. With l1 it is not: the runs are short.
   */
  readonly cost: number;
  /** Whether P is the same at all parameters. */
  readonly constant: boolean;
  /** Whether `measure` has been called. */
  readonly measured: boolean;
  /** Computes P at these parameters. */
  measure(params: Vector): void;
  /** The inverse of P. Absent for sparse rows. */
  readonly inverse?: {
    /** v ← P⁻¹ v. */
    solve(v: Vector | Float64Array): void;
    /** About the smallest curvature in the norm of P: the parameters may have changed since P was computed. */
    readonly smallest: number;
  };
  /**
   * With l1, and for sparse rows: overwrites the gradient g at the parameters w by w − z, where z is about the minimum of g·(z − w) + ½ (z − w)ᵀ P (z − w) +
   * l1 ‖z‖₁. Returns an estimate of the decrease of the objective: that of this function, or without l1 g·(w − z).
   */
  readonly step?: (params: Vector, gradient: Vector) => number;
}
