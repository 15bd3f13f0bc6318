// The losses once more, as their formulas read.
import type { Outcome } from "../job.ts";
import type { Scores } from "./scores.ts";

/** Loss of the scores z of a row whose target is y. */
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
  readonly outputs: number;
  readonly loss: RowLoss;
  readonly targets: ArrayLike<number>;
  /** l2/2 · Σ w² over these entries. */
  readonly l2?: number;
  readonly weights?: number;
}

/** The judge of a case: mean loss over the rows, and the penalty on the first `weights` parameters. */
export function judgeOf({ scores, outputs, loss, targets, l2 = 0, weights = 0 }: Objective): (of: Outcome) => number {
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
