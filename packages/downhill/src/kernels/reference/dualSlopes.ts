// Slopes S of a loss, without weights, all float64; y targets or class indices; c output.
import { type Kernels, lossCodes, type SlopeLimits } from "../kernels.ts";
import type { Views } from "./views.ts";

const HIGHEST = 2.3538526683701997e17; // e^40, the largest mean of poisson

/** The lowest and the highest slope of a loss with a target for each score. */
export function slopeRange(loss: number, y: number, { low, high }: SlopeLimits): readonly [low: number, high: number] {
  if (loss === lossCodes.halfSquared) return [-Infinity, Infinity];
  if (loss === lossCodes.huber) return [-low, high];
  if (loss === lossCodes.poisson) return [-y, HIGHEST - y];
  const [least, most] = loss === lossCodes.squaredHinge ? [-Infinity, Infinity] : [-1, 1];
  return y > 0 ? [least, 0] : [0, most];
}

/** The second derivative of such a loss where the slope is s; `curvature` multiplies that of logistic and hinge. */
export function secondDerivative(loss: number, y: number, s: number, { curvature, low, high }: SlopeLimits): number {
  if (loss === lossCodes.halfSquared) return 1;
  if (loss === lossCodes.huber) return -low < s && s < high ? curvature : 0;
  if (loss === lossCodes.poisson) return s + y;
  if (loss === lossCodes.squaredHinge) return s === 0 ? 0 : 2;
  return -y * s * (1 - -y * s) * curvature;
}

type Names = "limitSlopes" | "bendSlopes" | "slopeSums" | "widen";

export const dualSlopes = ({ doubles, everything }: Views): Pick<Kernels, Names> => ({
  limitSlopes(loss, YAt, SAt, n, k, low, high, openAt) {
    const S = doubles(SAt, n * k);
    if (loss !== lossCodes.crossEntropy) {
      const Y = doubles(YAt, n * k);
      for (let at = 0; at < n * k; at++) {
        const [least, most] = slopeRange(loss, Y[at]!, { curvature: 1, low, high });
        S[at] = Math.min(Math.max(S[at]!, least), most);
      }
      return;
    }
    const y = doubles(YAt, n);
    const open = doubles(openAt, k);
    for (let i = 0; i < n; i++) {
      const row = S.subarray(i * k, (i + 1) * k);
      let total = 0;
      for (let c = 0; c < k; c++) {
        if (c === y[i]) continue;
        if (!(row[c]! > 0 && open[c]! > 0)) row[c] = 0;
        total += row[c]!;
      }
      if (total > 1) for (let c = 0; c < k; c++) row[c]! /= total;
      row[y[i]!] = -Math.min(total, 1);
    }
  },

  bendSlopes(loss, YAt, SAt, TAt, n, k, curvature, low, high) {
    const S = doubles(SAt, n * k);
    const T = doubles(TAt, n * k);
    if (loss !== lossCodes.crossEntropy) {
      const Y = doubles(YAt, n * k);
      for (let at = 0; at < n * k; at++) T[at]! *= secondDerivative(loss, Y[at]!, S[at]!, { curvature, low, high });
      return;
    }
    const y = doubles(YAt, n);
    for (let i = 0, at = 0; i < n; i++, at += k) {
      const p = (c: number): number => S[at + c]! + (c === y[i] ? 1 : 0);
      let mean = 0;
      for (let c = 0; c < k; c++) mean += p(c) * T[at + c]!;
      for (let c = 0; c < k; c++) T[at + c] = p(c) * (T[at + c]! - mean);
    }
  },

  slopeSums(SAt, wAt, outAt, n, k) {
    const S = doubles(SAt, n * k);
    const w = wAt === 0 ? null : doubles(wAt, n);
    const out = doubles(outAt, 2 * k + 1);
    for (let c = 0; c < k; c++) {
      for (let i = 0; i < n; i++) {
        const s = S[i * k + c]!;
        const x = w ? w[i]! * s : s;
        const total = out[c]!;
        const next = total + x;
        const back = next - total;
        out[k + c]! += total - (next - back) + (x - back);
        out[c] = next;
        out[2 * k]! += x * s;
      }
    }
  },

  widen(x, out, n) {
    const { buffer } = everything();
    new Float64Array(buffer, out, n).set(new Float32Array(buffer, x, n));
  },
});
