import type { Matrix } from "../../core/matrix.ts";
import { takeRows } from "../../core/matrix.ts";
import type { BindKernels } from "../../kernels/kernels.ts";
import { column, dense } from "../../kernels/source.ts";
import { halfSquared } from "../../losses/halfSquared.ts";
import { linear } from "../../predictors/linear.ts";
import { largestCurvature } from "../../training/objective/largestCurvature.ts";
import { risk } from "../../training/objective/risk.ts";
import type { Scaling } from "../fit/scaling.ts";

const MARGIN = 1.05; // 50 power iterations come from below

/** Rows as a linear model sees them. */
export interface Sample {
  readonly X: Matrix;
  readonly scaling: Scaling | null;
  readonly weights: Float64Array | null;
}

export interface SmoothnessData extends Sample {
  readonly kernels: BindKernels;
  readonly seed: number;
  /** λ is estimated on at most so many rows, at even distances [10 000]. */
  readonly mostRows?: number;
}

/**
 * Expected smoothness 𝓛 of a linear model's mean loss in batches of τ of n rows, whose loss has second derivative at
 * most c: 1/𝓛 is a safe rate. c · (n(τ−1) λ + (n−τ) m) / (τ(n−1)), λ the largest eigenvalue of X̃ᵀX̃/n, X̃ the scaled
 * columns and a column of ones, m the largest ‖x̃‖² of a row. It is c λ for τ = n and c m for τ = 1.
 *
 * Source: Gower et al., “SGD: General Analysis and Improved Rates”, 2019.
 */
export function expectedSmoothness(c: number, batchRows: number, data: SmoothnessData): number {
  const n = data.X.rows;
  const lambda = MARGIN * largestEigenvalue(data);
  if (batchRows === n) return c * lambda;
  const share = (n * (batchRows - 1)) / (batchRows * (n - 1));
  return c * (share * lambda + ((n - batchRows) / (batchRows * (n - 1))) * largestSquaredRow(data));
}

/** Rows of earlier fits, which are no longer at hand. */
export interface EarlierRows {
  /** How many they are. */
  readonly rows: number;
  /** The mean of their ‖x̃‖², where columns are not standardized. */
  readonly meanSquare: number | null;
}

/**
 * What the rows of earlier fits add to the smoothness of a batch of new rows: c μ · (earlier rows / rows of the batch). It
 * is as if the earlier rows held the parameters by a quadratic that has their mean curvature c μ in every direction. So new
 * rows that come one by one move a model about as far as all at once.
 *
 * μ is the mean eigenvalue of the earlier rows, their mean ‖x̃‖² / (features + 1), which is 1 for standardized columns. It
 * is taken from the new rows where those are longer, and is at least 1, the curvature of the intercept.
 */
export function pullOfEarlierRows(c: number, batchRows: number, earlier: EarlierRows, sample: Sample): number {
  const longest = Math.max(earlier.meanSquare ?? 1, meanSquaredRow(sample));
  return (c * Math.max(1, longest / (sample.X.columns + 1)) * earlier.rows) / batchRows;
}

/** The mean of ‖x̃‖² over the rows and those of earlier fits. */
export function meanSquareWith(earlier: EarlierRows | undefined, sample: Sample): number {
  const { rows } = sample.X;
  const before = earlier?.rows ?? 0;
  return ((earlier?.meanSquare ?? 0) * before + meanSquaredRow(sample) * rows) / (before + rows);
}

function meanSquaredRow(sample: Sample): number {
  let sum = 0;
  eachSquaredRow(sample, (square) => {
    sum += square;
  });
  return sum / sample.X.rows;
}

function largestEigenvalue({ X, scaling, weights, kernels, seed, mostRows = 10_000 }: SmoothnessData): number {
  const every = Math.ceil(X.rows / Math.min(X.rows, mostRows));
  const rows = Uint32Array.from({ length: Math.ceil(X.rows / every) }, (_, i) => i * every);
  const sample = every === 1 ? X : takeRows(X, rows);
  const sampled = weights && (every === 1 ? weights : Float64Array.from(rows, (row) => weights[row]!));
  const problem = risk({
    predictor: linear(X.columns),
    loss: halfSquared(),
    inputs: dense(sample, scaling ?? undefined),
    targets: column(new Float64Array(sample.rows)),
    weights: sampled ? column(sampled) : undefined,
  });
  return largestCurvature(problem, { kernels, seed });
}

function largestSquaredRow(sample: Sample): number {
  let largest = 0;
  eachSquaredRow(sample, (square) => {
    largest = Math.max(largest, square);
  });
  return largest;
}

/** Hands out weight · ‖x̃‖² of each row. */
function eachSquaredRow({ X, scaling, weights }: Sample, take: (square: number) => void): void {
  for (let i = 0, at = 0; i < X.rows; i++) {
    let square = 1;
    for (let j = 0; j < X.columns; j++, at++) {
      const x = scaling ? (X.data[at]! - scaling.shift[j]!) / scaling.scale[j]! : X.data[at]!;
      square += x * x;
    }
    take(square * (weights ? weights[i]! : 1));
  }
}
