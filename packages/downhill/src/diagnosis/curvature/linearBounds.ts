import { largestCurvature } from "../../losses/slopeChange.ts";
import type { LinearData } from "../../training/objective/objective.ts";
import { type CurvatureOptions, curvatureOfSquares } from "./curvature.ts";
import type { CurvatureReport } from "./curvatureReport.ts";

/** Bounds of the curvature of linear scores that hold at all parameters. x̃ is a row of the inputs with a 1 for the intercept. */
export interface LinearBounds {
  /** c, the largest second derivative of the loss with respect to a score; null for hinge and poisson, which have no finite one. */
  readonly ofLoss: number | null;
  /**
   * The curvature of c · G + l2, with G = Σ weight x̃ x̃ᵀ / n: no Hessian has a larger one in any direction. With halfSquared it is the
   * Hessian. Null where c is null.
   */
  readonly everywhere: CurvatureReport | null;
  /** The largest weight · ‖x̃‖² of a row, so c · largestRow + l2 bounds the curvature of the objective of one row. */
  readonly largestRow: number;
  /** The mean of weight · ‖x̃‖² over the rows. */
  readonly meanRow: number;
}

/** The bounds of linear scores. It takes the time of `curvature` with one output. */
export function linearBounds(data: LinearData, options: Omit<CurvatureOptions, "params"> = {}): LinearBounds {
  const c = largestCurvature(data.loss) ?? Infinity;
  return {
    ofLoss: c < Infinity ? c : null,
    everywhere: c < Infinity ? curvatureOfSquares(data, c, options) : null,
    ...rows(data),
  };
}

function rows({ X, n, d, weights }: LinearData): { largestRow: number; meanRow: number } {
  let [largest, sum] = [0, 0];
  for (let i = 0, at = 0; i < n; i++) {
    let square = 1;
    for (let j = 0; j < d; j++, at++) square += X[at]! * X[at]!;
    if (weights) square *= weights[i]!;
    largest = Math.max(largest, square);
    sum += square;
  }
  return { largestRow: largest, meanRow: sum / n };
}
