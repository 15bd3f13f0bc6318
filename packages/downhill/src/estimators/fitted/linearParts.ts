import type { Matrix } from "../../core/matrix.ts";
import { unscaled } from "../fit/scaling.ts";
import type { FittedData } from "./fittedData.ts";

/** The coefficients of linear scores for unscaled columns: z_c = intercepts_c + Σ_j coefficients_cj x_j. */
export interface LinearParts {
  /** One row per score, one column per feature. ±Infinity if float64 cannot hold it. */
  readonly coefficients: Matrix;
  /** One number per score. */
  readonly intercepts: Float64Array;
}

/** The coefficients of a model with linear scores, in the units of the unscaled columns. */
export function linearParts({ params, features, scaling, names }: FittedData): LinearParts {
  const outputs = params.length / (features + 1);
  const W = params.slice(0, outputs * features);
  const b = params.slice(outputs * features);
  const { coefficients, intercepts } = scaling === null ? { coefficients: W, intercepts: b } : unscaled(W, b, scaling);
  const matrix: Matrix = { data: coefficients, rows: outputs, columns: features };
  return { coefficients: names === null ? matrix : { ...matrix, names }, intercepts };
}
