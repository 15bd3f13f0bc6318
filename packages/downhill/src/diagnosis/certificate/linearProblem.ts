// The objective of a linear model in float64, and the sums over its rows that a certificate needs.
import type { LinearRows, Scores } from "./linearRows.ts";

/** Parameters with the scores of the rows, the slopes of the loss there, and the objective. */
export interface Point {
  readonly params: Float64Array;
  readonly z: Float64Array;
  /** Computed when it is used. */
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

  /** The point of these scores; `value` is the objective there, if it is known. */
  function pointOf({ params, z }: Scores, value: number | null): Point {
    let own: Float64Array | undefined;
    return {
      ...{ params, z },
      get s() {
        if (own !== undefined) return own;
        own = new Float64Array(n * k);
        rows.slopes(spec, z, own);
        return own;
      },
      value: value ?? rows.slopes(spec, z, null) / n + penalty(params),
    };
  }

  function pointAt(params: Float64Array): Point {
    const scores = { params, z: new Float64Array(n * k) };
    rows.scores(scores);
    const s = new Float64Array(n * k);
    return { ...scores, s, value: rows.slopes(spec, scores.z, s) / n + penalty(params) };
  }
  return { ...rows, rows, spec, penalty, pointOf, pointAt };
}

/** An objective of a linear model. */
export type LinearProblem = ReturnType<typeof linearProblem>;
