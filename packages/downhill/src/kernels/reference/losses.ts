// Z scores n × k, overwritten by the slopes; Y targets, y the target or label of one score; w weights, one per row;
// i row, c output, m margin; a name with `At` is the address of the one without it.

import { exp, expm1, log, log1p, sigmoid } from "../../core/elementary.ts";
import type { Address, Kernels } from "../kernels.ts";
import { exponentiate } from "./activations.ts";
import type { Views } from "./views.ts";

type Names = "halfSquared" | "logistic" | "crossEntropy" | "hinge" | "squaredHinge" | "huber" | "poisson";

/** Σ w ℓ(z, y) over n rows of k scores; each score is overwritten by w ℓ′(z, y). */
function each(
  numbers: Views["numbers"],
  [ZAt, YAt, wAt]: readonly [Address, Address, Address],
  n: number,
  k: number,
  loss: (z: number, y: number) => number,
  slope: (z: number, y: number) => number,
): number {
  const Z = numbers(ZAt, n * k);
  const Y = numbers(YAt, n * k);
  const w = wAt === 0 ? null : numbers(wAt, n);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const weight = w?.[i] ?? 1;
    for (let at = i * k; at < (i + 1) * k; at++) {
      const z = Z[at]!;
      const y = Y[at]!;
      sum += weight * loss(z, y);
      Z[at] = weight * slope(z, y);
    }
  }
  return sum;
}

/** max(0, m), NaN for NaN. */
const positive = (m: number): number => Math.max(0, m);

/** m = y where y > 0, else 1; its logarithm; e^z − m for a score of at most 40, and otherwise for 40. */
function poissonParts(z: number, y: number) {
  const m = y > 0 ? y : 1;
  const logM = log(m);
  const limited = Math.min(z, 40);
  return { m, logM, limited, p: m * expm1(Math.min(Math.max(limited - logM, -50), 709)) };
}

export const losses = ({ numbers }: Views): Pick<Kernels, Names> => ({
  halfSquared: (Z, Y, w, n, k) =>
    each(
      numbers,
      [Z, Y, w],
      n,
      k,
      (z, y) => 0.5 * (z - y) * (z - y),
      (z, y) => z - y,
    ),

  logistic: (Z, Y, w, n) =>
    each(
      numbers,
      [Z, Y, w],
      n,
      1,
      (z, y) => positive(-y * z) + log1p(exp(-Math.abs(y * z))),
      (z, y) => -y * sigmoid(-y * z),
    ),

  hinge: (Z, Y, w, n, k) =>
    each(
      numbers,
      [Z, Y, w],
      n,
      k,
      (z, y) => positive(1 - y * z),
      (z, y) => (y * z < 1 ? -y : 0),
    ),

  squaredHinge: (Z, Y, w, n, k) =>
    each(
      numbers,
      [Z, Y, w],
      n,
      k,
      (z, y) => positive(1 - y * z) * positive(1 - y * z),
      (z, y) => -2 * y * positive(1 - y * z),
    ),

  huber(Z, Y, w, n, k, c, low, high) {
    const slope = (z: number, y: number): number => Math.min(Math.max(c * (z - y), -low), high);
    return each(numbers, [Z, Y, w], n, k, (z, y) => slope(z, y) * (z - y - (0.5 / c) * slope(z, y)), slope);
  },

  poisson: (Z, Y, w, n, k) =>
    each(
      numbers,
      [Z, Y, w],
      n,
      k,
      (z, y) => {
        const { m, logM, limited, p } = poissonParts(z, y);
        return p + (m - y) - y * (z - logM) + (p + m) * (z - limited);
      },
      (z, y) => {
        const { m, p } = poissonParts(z, y);
        return p + (m - y);
      },
    ),

  crossEntropy(ZAt, yAt, wAt, n, k) {
    const Z = numbers(ZAt, n * k);
    const y = numbers(yAt, n);
    const w = wAt === 0 ? null : numbers(wAt, n);
    let total = 0;
    for (let i = 0; i < n; i++) {
      const weight = w?.[i] ?? 1;
      const row = Z.subarray(i * k, (i + 1) * k);
      const score = row[y[i]!]!;
      const { maximum, sum } = exponentiate(row);
      total += weight * (log(sum) - (score - maximum));
      for (let c = 0; c < k; c++) row[c] = weight * (row[c]! / sum - (c === y[i] ? 1 : 0));
    }
    return total;
  },
});
