// Z scores, S slopes, Y targets, q probabilities, all float64: loss(z) + loss*(s) − s z without a difference of large numbers.
import { exp, log, sigmoid } from "../../core/elementary.ts";
import { type Kernels, lossCodes, type SlopeLimits } from "../kernels.ts";
import { exponentiate } from "./activations.ts";
import type { Views } from "./views.ts";

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

export const excesses = ({ doubles, everything }: Views): Pick<Kernels, "excess" | "widen"> => ({
  excess(loss, ZAt, YAt, SAt, wAt, n, k, curvature, low, high) {
    const Z = doubles(ZAt, n * k);
    const S = doubles(SAt, n * k);
    const ofClasses = loss === lossCodes.crossEntropy;
    const Y = doubles(YAt, ofClasses ? n : n * k);
    const w = wAt === 0 ? null : doubles(wAt, n);
    let total = 0;
    for (let i = 0; i < n; i++) {
      const row = Z.subarray(i * k, (i + 1) * k);
      const sum = ofClasses ? exponentiate(row).sum : 1;
      if (w?.[i] === 0) continue;
      for (let c = 0; c < k; c++) {
        const s = S[i * k + c]!;
        if (ofClasses) row[c] = row[c]! / sum;
        const excess = ofClasses
          ? divergence(Math.max(0, s + (c === Y[i] ? 1 : 0)), row[c]!)
          : scalarExcess(loss, row[c]!, Y[i * k + c]!, s, { curvature, low, high });
        total += (w?.[i] ?? 1) * excess;
      }
    }
    return total;
  },

  widen(x, out, n) {
    const { buffer } = everything();
    new Float64Array(buffer, out, n).set(new Float32Array(buffer, x, n));
  },
});
