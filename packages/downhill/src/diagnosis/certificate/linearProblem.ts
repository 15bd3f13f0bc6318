// The objective of a linear model in float64, and the sums over its rows that a certificate needs.
import type { LinearRows, Scores, SlopesAt } from "./linearRows.ts";

/** Parameters with the scores z of the rows, the slopes s of the loss there, their gradient, and the objective. z and s may be those of the first rows only. */
export interface Point extends Scores, SlopesAt {
  readonly s: Float64Array;
  readonly value: number;
}

/**
 * (1/n) Σ weightᵢ loss(W xᵢ + b, yᵢ) + l2/2 ‖W‖² + l1 ‖W‖₁ with the loss `spec`, which may be a smoothed one, in place of the loss of
 * the rows. The intercepts b are not penalised. The loss has one score, or it is crossEntropy.
 */
export function linearProblem(rows: LinearRows, spec = rows.loss) {
  const { n, d, k, l2, l1 } = rows;

  function penalty(params: Float64Array): number {
    let sum = 0;
    for (let j = 0; j < k * d; j++) sum += 0.5 * l2 * params[j]! * params[j]! + l1 * Math.abs(params[j]!);
    return sum;
  }

  /** The point at some parameters, with z and s of the first rows, and the objective at others: reads the rows once. */
  function pointsAt(
    params: Float64Array,
    other: Float64Array | null,
    count: number,
  ): { point: Point; otherValue: number } {
    const [z, s] = [new Float64Array(count * k), new Float64Array(count * k)];
    const { sum, otherSum, ...slopes } = rows.evaluate(spec, { params, z }, s, other);
    const point = { ...slopes, params, z, s, value: sum / n + penalty(params) };
    return { point, otherValue: otherSum / n + penalty(other ?? params) };
  }
  const pointAt = (params: Float64Array, count = n): Point => pointsAt(params, null, count).point;

  /** The gradient of the objective without l1. */
  const gradientAt = ({ params, gradient }: Point): Float64Array =>
    gradient.map((g, j) => (j < k * d ? g + l2 * params[j]! : g));
  return { ...rows, rows, spec, penalty, pointAt, pointsAt, gradientAt };
}

/** An objective of a linear model. */
export type LinearProblem = ReturnType<typeof linearProblem>;
