// The losses, written directly from their formulas. This code evaluates every program and shares no code with any of them.
import type { Outcome } from "../job.ts";
import type { Scores } from "./scores.ts";

/** Loss of a row with the scores z and the target y. */
export type RowLoss = (z: Float64Array, y: number) => number;

/** ½(z − y)² */
export const halfSquared: RowLoss = (z, y) => 0.5 * (z[0]! - y) ** 2;

/** ln(1 + e^−yz), y = ±1 */
export const logistic: RowLoss = (z, y) => {
  const margin = y * z[0]!;
  return margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
};

/** ln Σ_c e^{z_c} − z_y, y the class */
export const crossEntropy: RowLoss = (z, y) => {
  const largest = Math.max(...z);
  return largest + Math.log(z.reduce((sum, score) => sum + Math.exp(score - largest), 0)) - z[y]!;
};

/** max(0, 1 − yz), y = ±1 */
export const hinge: RowLoss = (z, y) => Math.max(0, 1 - y * z[0]!);

export interface Objective {
  readonly scores: Scores;
  /** Scores per row. */
  readonly outputs: number;
  readonly loss: RowLoss;
  readonly targets: ArrayLike<number>;
  /** Penalty l2/2 · Σ w² over the first `weights` parameters; default 0. */
  readonly l2?: number;
  /** Default 0. */
  readonly weights?: number;
}

/** Makes the evaluator of a case: mean loss over the rows + l2/2 · Σ w². */
export function evaluatorOf(objective: Objective): (outcome: Outcome) => number {
  const { scores, outputs, loss, targets, l2 = 0, weights = 0 } = objective;
  const z = new Float64Array(outputs);
  return ({ params }) => {
    let sum = 0;
    for (let i = 0; i < targets.length; i++) {
      scores(params, i, z);
      sum += loss(z, targets[i]!);
    }
    let squares = 0;
    for (let j = 0; j < weights; j++) squares += params[j]! ** 2;
    return sum / targets.length + 0.5 * l2 * squares;
  };
}
