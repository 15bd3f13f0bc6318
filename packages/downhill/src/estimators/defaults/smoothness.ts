import { smoothnessOfBatches } from "../../diagnosis/forecast/rowCurvatures.ts";
import type { BindKernels } from "../../kernels/kernels.ts";
import { halfSquared } from "../../losses/halfSquared.ts";
import { linear } from "../../predictors/linear.ts";
import { largestCurvature } from "../../training/objective/largestCurvature.ts";
import { type FitRows, riskOf } from "../fit/fitRows.ts";
import { type RowSquares, scaledRowSquares } from "../fit/rowSizes.ts";
import type { Scaling } from "../fit/scaling.ts";

const MARGIN = 1.05; // 50 power iterations give a value below the largest eigenvalue

/** Rows with their scaling. */
export interface Sample {
  readonly rows: FitRows;
  readonly scaling: Scaling | null;
}

export interface SmoothnessData extends Sample {
  readonly kernels: BindKernels;
  readonly seed: number;
  /** λ is estimated on at most this many rows, evenly spaced [10 000]. */
  readonly mostRows?: number;
}

/**
 * Expected smoothness 𝓛 of the mean loss of a linear model in batches of τ of n rows: 1/𝓛 is a safe learning rate.
 * 𝓛 = c · (n(τ − 1) λ + (n − τ) m) / (τ(n − 1)), with c the largest second derivative of the loss, λ the largest eigenvalue of
 * X̃ᵀX̃/n, X̃ the scaled columns and a column of ones, m the largest ‖x̃‖² of a row. So 𝓛 = c λ for τ = n, and 𝓛 = c m for τ = 1.
 *
 * Source: Gower et al., “SGD: General Analysis and Improved Rates”, 2019.
 */
export function expectedSmoothness(c: number, batchRows: number, data: SmoothnessData): number {
  const n = data.rows.rows;
  const lambda = MARGIN * largestEigenvalue(data);
  if (batchRows === n) return c * lambda;
  return c * smoothnessOfBatches(n, batchRows, lambda, squaresOf(data).longest);
}

/** Facts about the rows of earlier fits, which are not stored. */
export interface EarlierRows {
  /** Their number. */
  readonly rows: number;
  /** The mean of their ‖x̃‖²; null if columns are standardized. */
  readonly meanSquare: number | null;
}

/**
 * The term for the rows of earlier fits in the smoothness of a batch of new rows: c μ · (earlier rows / rows of the batch). The
 * loss of the earlier rows is replaced by a quadratic function with their mean curvature c μ in every direction. So rows that
 * are added one by one change a model about as much as the same rows together.
 *
 * μ is the mean eigenvalue of the earlier rows: their mean ‖x̃‖² / (features + 1), which is 1 for standardized columns. If the
 * mean of the new rows is larger, it is used instead. μ is at least 1, the curvature of the intercept.
 */
export function pullOfEarlierRows(c: number, batchRows: number, earlier: EarlierRows, sample: Sample): number {
  const longest = Math.max(earlier.meanSquare ?? 1, meanSquaredRow(sample));
  return (c * Math.max(1, longest / (sample.rows.columns + 1)) * earlier.rows) / batchRows;
}

/** The mean of ‖x̃‖² over the rows of this fit and of earlier fits. */
export function meanSquareWith(earlier: EarlierRows | undefined, sample: Sample): number {
  const { rows } = sample.rows;
  const before = earlier?.rows ?? 0;
  return ((earlier?.meanSquare ?? 0) * before + meanSquaredRow(sample) * rows) / (before + rows);
}

const meanSquaredRow = (sample: Sample): number => squaresOf(sample).sum / sample.rows.rows;

const squaresOf = ({ rows, scaling }: Sample): RowSquares => (scaling ? scaledRowSquares(rows, scaling) : rows.sizes());

function largestEigenvalue({ rows, scaling, kernels, seed, mostRows = 10_000 }: SmoothnessData): number {
  const { X, weights } = rows.spaced(mostRows);
  const y = { data: new Float64Array(X.rows), rows: X.rows, columns: 1 };
  const problem = riskOf({ X, y, weights }, { predictor: linear(X.columns), loss: halfSquared() }, scaling);
  return largestCurvature(problem, { kernels, seed });
}
