// The objective of a linear model in float64, and the sums over its rows that a certificate needs.
import type { Vector } from "../../core/vector.ts";
import type { LossSpec } from "../../losses/loss.ts";
import { largestCurvature, slopeChange } from "../../losses/slopeChange.ts";
import type { LinearRows } from "./linearRows.ts";
import { type RowLoss, rowLoss } from "./rowLosses.ts";

/** The parts of (1/n) Σ weightᵢ loss(W xᵢ + b, yᵢ) + l2/2 ‖W‖² + l1 ‖W‖₁. The intercepts b are not penalised. */
export interface LinearParts {
  readonly rows: LinearRows;
  readonly loss: LossSpec;
  readonly targets: Vector;
  /** One per row, with mean 1; null when all are 1. */
  readonly weights: Float64Array | null;
  readonly l2: number;
  readonly l1: number;
}

/** Makes a function that adds numbers with compensation: the error of the sum is about that of one addition. */
export function compensated(): { add(x: number): void; sum(): number } {
  let total = 0;
  let lost = 0;
  return {
    add(x) {
      const next = total + x;
      lost += Math.abs(total) >= Math.abs(x) ? total - next + x : x - next + total;
      total = next;
    },
    sum: () => total + lost,
  };
}

/** The objective with the loss `spec`, which may be a smoothed one, in place of the loss of the parts. */
export function linearProblem(parts: LinearParts, spec = parts.loss) {
  const { rows, targets, weights, l2, l1 } = parts;
  const { rows: n, columns: d, outputs: k } = rows;
  const loss: RowLoss = rowLoss(spec, targets);
  const weight = (i: number): number => (weights ? weights[i]! : 1);
  const t = new Float64Array(n * k);
  const probabilities = new Float64Array(k);

  /** The weighted mean of a number of each row. */
  function mean(term: (i: number) => number): number {
    const { add, sum } = compensated();
    for (let i = 0; i < n; i++) if (weight(i) > 0) add(weight(i) * term(i));
    return sum() / n;
  }

  const penalty = (params: Float64Array): number => {
    const { add, sum } = compensated();
    for (let j = 0; j < k * d; j++) add(0.5 * l2 * params[j]! * params[j]! + l1 * Math.abs(params[j]!));
    return sum();
  };

  /** s ← the slopes at the scores z. */
  function slopes(z: Float64Array, s: Float64Array): void {
    for (let i = 0; i < n; i++) loss.slopes(z, i, s);
  }

  /** out ← (1/n) Σ weight · s (x, 1): the gradient of the mean loss if s are the slopes. */
  function back(s: Float64Array, out: Float64Array): void {
    for (let at = 0; at < n * k; at++) t[at] = weight(Math.floor(at / k)) * s[at]!;
    rows.back(t, out);
  }

  /** The weighted mean of the slopes of each score: the gradient of the intercepts, computed with compensation. */
  const interceptSlopes = (s: Float64Array): Float64Array =>
    Float64Array.from({ length: k }, (_, c) => mean((i) => s[i * k + c]!));

  /** change ← the change of the slopes at z, without weights, if the scores change by `change`. */
  const curve = (z: Float64Array, change: Float64Array): void =>
    slopeChange(spec, { scores: z, targets, weights: null, from: 0, n, probabilities }, change);

  /** out ← the second derivatives of the mean loss at the scores z, times v. */
  function hessian(z: Float64Array, v: Float64Array, out: Float64Array): void {
    rows.scores(v, t);
    slopeChange(spec, { scores: z, targets, weights, from: 0, n, probabilities }, t);
    rows.back(t, out);
  }

  /** About the diagonal of the second derivatives of the objective: the curvature of the loss times the squares of the columns. */
  function diagonal(): Float64Array {
    const squares = new Float64Array(d + 1);
    for (let i = 0, at = 0; i < n; i++) {
      for (let j = 0; j < d; j++, at++) squares[j]! += (weight(i) * rows.data[at]! * rows.data[at]!) / n;
      squares[d]! += weight(i) / n;
    }
    const bound = largestCurvature(spec) ?? 1 / spec.width!;
    const c =
      bound < Infinity
        ? bound
        : Math.max(
            1e-300,
            mean((i) => targets[i * k]!),
          );
    return Float64Array.from(
      { length: k * (d + 1) },
      (_, at) => c * (at < k * d ? squares[at % d]! : squares[d]!) + (at < k * d ? l2 : 0) || 1,
    );
  }

  return {
    ...{ parts, spec, loss, n, d, k, mean, penalty, slopes, back, interceptSlopes, curve, hessian, diagonal },
    value: (z: Float64Array, params: Float64Array): number => mean((i) => loss.value(z, i)) + penalty(params),
  };
}

/** An objective of a linear model. */
export type LinearProblem = ReturnType<typeof linearProblem>;
