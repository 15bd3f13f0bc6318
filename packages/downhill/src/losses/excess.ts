// The excess of slopes: loss(z) + loss*(s) − s z without a difference of large numbers.
import { exp, log, sigmoid } from "../core/elementary.ts";
import type { Vector } from "../core/vector.ts";
import { lossCodes, type SlopeLimits } from "../kernels/kernels.ts";
import { exponentiate } from "../kernels/reference/activations.ts";
import { kernelLimits } from "./limitedSlope.ts";
import type { LossSpec } from "./loss.ts";

/** a ln(a/q) − a + q ≥ 0: with the power series of (1 + t) ln(1 + t) − t for a close to q, where the terms would cancel. */
function divergence(a: number, q: number): number {
  if (a === 0) return q;
  const t = (a - q) / q;
  if (!(Math.abs(t) < 0.02)) return Math.max(0, a * log(a / q) - a + q);
  const t2 = t * t;
  const low = 0.5 - t * (1 / 6);
  const middle = 1 / 12 - t * (1 / 20);
  return q * t2 * (low + t2 * (middle + t2 * (1 / 30 - t * (1 / 42) + t2 * (1 / 56))));
}

/** The excess of a loss with a target for each score; `loss` is a number of lossCodes. */
export function scalarExcess(loss: number, z: number, y: number, s: number, limits: SlopeLimits): number {
  if (loss === lossCodes.halfSquared) return 0.5 * (s - (z - y)) * (s - (z - y));
  if (loss === lossCodes.huber) {
    const { curvature, low, high } = limits;
    const own = Math.min(Math.max(curvature * (z - y), -low), high);
    const apart = own - s;
    return apart * (0.5 / curvature) * apart + apart * (z - y - own / curvature);
  }
  if (loss === lossCodes.poisson) {
    const limited = Math.min(z, 40);
    const mean = exp(limited);
    return divergence(Math.max(0, s + y), mean) + (z - limited) * (mean - (s + y));
  }
  if (loss === lossCodes.logistic) return divergence(-(y * s), sigmoid(-y * z)) + divergence(1 + y * s, sigmoid(y * z));
  const below = 1 - y * z;
  if (loss === lossCodes.hinge) return (below > 0 ? 1 + y * s : y * s) * below;
  const half = -(y * s) * 0.5;
  return below > 0 ? (below - half) * (below - half) : half * half - 2 * half * below;
}

/**
 * Σ weight · (loss(z) + loss*(s) − s z) over the first rows of the scores z: those of which there are slopes s. loss* is the conjugate of
 * the loss. Each term is at least 0, and 0 where s is the slope at z. A row with the weight 0 is left out.
 */
export function excess(
  spec: LossSpec,
  z: Float64Array,
  s: Float64Array,
  { targets, weights }: { readonly targets: Vector; readonly weights: Vector | null },
): number {
  const { loss, outputs: k } = spec;
  const code = lossCodes[loss];
  const limits = kernelLimits(spec);
  const q = loss === "crossEntropy" ? new Float64Array(k) : null; // the probabilities of a row
  let total = 0;
  for (let i = 0, at = 0; at < s.length; i++) {
    const weight = weights ? weights[i]! : 1;
    if (q) q.set(z.subarray(at, at + k));
    const sum = q && exponentiate(q).sum;
    for (let c = 0; c < k; c++, at++) {
      if (weight === 0) continue;
      const own = s[at]!;
      const each = q
        ? divergence(Math.max(0, own + (c === targets[i] ? 1 : 0)), q[c]! / sum!)
        : scalarExcess(code, z[at]!, targets[at]!, own, limits);
      total += weight * each;
    }
  }
  return total;
}
