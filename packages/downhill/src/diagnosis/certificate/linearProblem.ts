// The objective of a linear model in float64, and the sums over its rows that a certificate needs.
import type { LossSpec } from "../../losses/loss.ts";
import type { LinearRows } from "./linearRows.ts";
import { rowLoss } from "./rowLosses.ts";

/** The parts of (1/n) Σ weightᵢ loss(W xᵢ + b, yᵢ) + l2/2 ‖W‖² + l1 ‖W‖₁. The intercepts b are not penalised. */
export interface LinearParts {
  readonly rows: LinearRows;
  readonly loss: LossSpec;
  /** One per row, with mean 1; null when all are 1. */
  readonly weights: Float64Array | null;
  readonly l2: number;
  readonly l1: number;
}

/** Parameters with the scores of the rows, the slopes of the loss there, and the objective. */
export interface Point {
  readonly params: Float64Array;
  readonly z: Float64Array;
  readonly s: Float64Array;
  readonly value: number;
}

/** The objective with the loss `spec`, which may be a smoothed one, in place of the loss of the parts. */
export function linearProblem(parts: LinearParts, spec = parts.loss) {
  const { rows, weights, l2, l1 } = parts;
  const { rows: n, columns: d, outputs: k, targets } = rows;
  const loss = rowLoss(spec, targets);
  const t = new Float64Array(n * k);

  /**
   * The weighted mean of a number of each row, added with compensation: its error is about that of one addition. With `every`
   * the other rows count as 0.
   */
  function mean(term: (i: number) => number, every = 1): number {
    let total = 0;
    let lost = 0;
    for (let i = 0; i < n; i += every) {
      if (weights !== null && weights[i] === 0) continue;
      const x = weights === null ? term(i) : weights[i]! * term(i);
      const next = total + x;
      lost += Math.abs(total) >= Math.abs(x) ? total - next + x : x - next + total;
      total = next;
    }
    return (total + lost) / n;
  }

  function penalty(params: Float64Array): number {
    let sum = 0;
    for (let j = 0; j < k * d; j++) sum += 0.5 * l2 * params[j]! * params[j]! + l1 * Math.abs(params[j]!);
    return sum;
  }

  /** The point at these parameters. */
  function pointAt(params: Float64Array): Point {
    const z = new Float64Array(n * k);
    const s = new Float64Array(n * k);
    rows.scores(params, z);
    const smoothed = spec !== parts.loss;
    const sum = smoothed ? 0 : rows.slopes(spec, s);
    if (smoothed) for (let i = 0; i < n; i++) loss.slopes(z, i, s);
    const ofRows = smoothed || weights !== null ? mean((i) => loss.value(z, i)) : sum / n;
    return { params, z, s, value: ofRows + penalty(params) };
  }

  /** out ← (1/n) Σ weight · s (x, 1): the gradient of the mean loss if s are the slopes. */
  function back(s: Float64Array, out: Float64Array): void {
    if (weights === null) return void rows.back(s, out);
    for (let i = 0, at = 0; i < n; i++) for (let c = 0; c < k; c++, at++) t[at] = weights[i]! * s[at]!;
    rows.back(t, out);
  }

  /** The weighted mean of the slopes of each score: the gradient of the intercepts, computed with compensation. */
  const interceptSlopes = (s: Float64Array): Float64Array =>
    Float64Array.from({ length: k }, (_, c) => mean((i) => s[i * k + c]!));

  /** change ← the change of the slopes, without weights, if the scores change by `change` from where the slopes are s. */
  function bend(s: Float64Array, change: Float64Array): void {
    for (let i = 0; i < n; i++) loss.bend(s, i, change);
  }

  /** out ← the second derivatives of the mean loss where the slopes are s, times v. */
  function hessian(s: Float64Array, v: Float64Array, out: Float64Array): void {
    rows.scores(v, t);
    bend(s, t);
    back(t, out);
  }

  return { parts, spec, loss, n, d, k, mean, penalty, pointAt, back, interceptSlopes, bend, hessian };
}

/** An objective of a linear model. */
export type LinearProblem = ReturnType<typeof linearProblem>;
