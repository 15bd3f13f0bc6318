// The second derivatives of the losses, times a direction. Only checks between updates need them, so most are plain loops and
// not kernels.
import { exp } from "../core/elementary.ts";
import type { Vector } from "../core/vector.ts";
import { slopeLimits } from "./limitedSlope.ts";
import type { LossSpec } from "./loss.ts";

/** n examples with k scores each, row-major. */
export interface Scored {
  readonly scores: Vector;
  readonly targets: Vector;
  /** One per example; null when all are 1. */
  readonly weights: Vector | null;
  readonly n: number;
}

const largest: Readonly<Partial<Record<LossSpec["loss"], number>>> = {
  halfSquared: 1,
  logistic: 0.25,
  crossEntropy: 0.5,
  squaredHinge: 2,
  poisson: Infinity,
};

/** The largest second derivative of a loss with respect to a score; undefined for the hinge, which has none. */
export const largestCurvature = (spec: LossSpec): number | undefined =>
  largest[spec.loss] ?? slopeLimits(spec)?.curvature;

/**
 * Overwrites a direction t of the scores with the change of the slopes along it, for a loss with a target for each score:
 * t_c ← weight · ∂²loss/∂z_c² · t_c. Without the weight this is t for halfSquared, σ(z) σ(−z) t for logistic, for squaredHinge 2 t where y z < 1, else 0, for poisson e^z t where z < 40, else 0, for losses with
 * limits curvature · t where the slope is not at a limit, else 0, and for hinge 0.
 */
export function slopeChange(spec: LossSpec, { scores, targets, weights, n }: Scored, t: Vector): void {
  const { loss, outputs: k } = spec;
  const limits = slopeLimits(spec);
  if (loss === "logistic") {
    for (let i = 0; i < n; i++) {
      const e = exp(-Math.abs(scores[i]!));
      t[i]! *= e / ((1 + e) * (1 + e));
    }
  } else if (loss === "squaredHinge") {
    for (let i = 0; i < n * k; i++) t[i]! *= targets[i]! * scores[i]! < 1 ? 2 : 0;
  } else if (loss === "poisson") {
    for (let i = 0; i < n * k; i++) t[i]! *= scores[i]! < 40 ? exp(scores[i]!) : 0;
  } else if (loss === "hinge") t.fill(0, 0, n * k);
  else if (limits) {
    for (let i = 0; i < n * k; i++) {
      const slope = limits.curvature * (scores[i]! - targets[i]!);
      t[i]! *= -limits.low < slope && slope < limits.high ? limits.curvature : 0;
    }
  }
  if (weights !== null) timesWeights(weights, k, t);
}

/** Multiplies k numbers of each row by its weight. */
export function timesWeights(weights: Vector, k: number, t: Vector): void {
  for (let i = 0, at = 0; i < weights.length; i++) for (let c = 0; c < k; c++) t[at++]! *= weights[i]!;
}

/**
 * Overwrites `out` by the second derivative of each loss with respect to each of its scores, without the weights: the diagonal
 * of the matrix of second derivatives. For crossEntropy it is p (1 − p). For poisson above z = 40 it is e^40, so that a step from there is
 * not too long.
 */
export function curvatures(spec: LossSpec, scored: Omit<Scored, "weights">, out: Float64Array): void {
  if (spec.loss === "poisson") {
    for (let i = 0; i < scored.n * spec.outputs; i++) out[i] = exp(Math.min(scored.scores[i]!, 40));
    return;
  }
  if (spec.loss !== "crossEntropy") {
    out.fill(1);
    slopeChange(spec, { ...scored, weights: null }, out);
    return;
  }
  softmaxRows(scored, spec.outputs, out);
  for (let at = 0; at < scored.n * spec.outputs; at++) out[at]! *= 1 - out[at]!;
}

/** Overwrites `out` by the probabilities of k classes, row by row. */
export function softmaxRows({ scores, n }: Pick<Scored, "scores" | "n">, k: number, out: Float64Array): void {
  for (let at = 0; at < n * k; at += k) {
    let largest = -Infinity;
    for (let c = at; c < at + k; c++) largest = Math.max(largest, scores[c]!);
    let total = 0;
    for (let c = at; c < at + k; c++) {
      out[c] = exp(scores[c]! - largest);
      total += out[c]!;
    }
    for (let c = at; c < at + k; c++) out[c]! /= total;
  }
}

/**
 * Whether every example with a weight is classified correctly, by more than margin / √weight: y z, or the difference between the score
 * of its class and each other score, is larger.
 */
export function allCorrect(
  { loss, outputs: k }: LossSpec,
  { scores, targets, weights, n }: Scored,
  margin = 0,
): boolean {
  const isClass = loss === "crossEntropy";
  for (let i = 0; i < n; i++) {
    const weight = weights?.[i] ?? 1;
    if (weight === 0) continue;
    for (let c = 0, at = i * k; c < k; c++, at++) {
      if (isClass && c === targets[i]) continue;
      const score = scores[at]!;
      const apart = isClass ? scores[i * k + targets[i]!]! - score : targets[at]! * score;
      if (!(apart > margin / Math.sqrt(weight))) return false;
    }
  }
  return true;
}

/**
 * For a loss with limits: whether no slope that is between its limits would pass one of them if the scores changed by −t, by
 * more than a millionth of the distance of the limits. The loss is then quadratic in all these scores.
 */
export function staysQuadratic(spec: LossSpec, { scores, targets, n }: Scored, t: Vector): boolean {
  const { curvature, low, high } = slopeLimits(spec)!;
  const k = spec.outputs;
  const margin = 1e-6 * (low + high);
  for (let i = 0; i < n * k; i++) {
    const slope = curvature * (scores[i]! - targets[i]!);
    const after = slope - curvature * t[i]!;
    if (-low < slope && slope < high && !(-low - margin <= after && after <= high + margin)) return false;
  }
  return true;
}
