// The losses of the library as functions of the scores of one row, with their convex conjugates.
import { exp, log, log1p, sigmoid } from "../../core/elementary.ts";
import type { Vector } from "../../core/vector.ts";
import { slopeLimits } from "../../losses/limitedSlope.ts";
import type { LossSpec } from "../../losses/loss.ts";

/** A loss of n rows with k scores each. Scores and slopes are row-major. */
export interface RowLoss {
  /** The loss of row i. */
  value(z: Float64Array, i: number): number;
  /** Writes the slopes dloss/dz of row i. */
  slopes(z: Float64Array, i: number, s: Float64Array): void;
  /**
   * loss(z) + loss*(s) − s · z of row i, with the conjugate loss*(s) = max over z of s · z − loss(z). It is at least 0, and 0
   * where s is the slope at z. It is computed without a difference of large numbers.
   */
  excess(z: Float64Array, i: number, s: Float64Array): number;
  /** Moves s to slopes that the loss of row i can have: where loss* is finite. */
  limit(s: Float64Array, i: number): void;
  /** t ← the second derivatives of the loss, at the scores of row i where the slopes are s, times t. */
  bend(s: Float64Array, i: number, t: Float64Array): void;
}

/** A loss of one score z and one target y. Its slopes are between `low` and `high`. */
export interface ScalarLoss {
  value(z: number, y: number): number;
  slope(z: number, y: number): number;
  excess(z: number, y: number, s: number): number;
  low(y: number): number;
  high(y: number): number;
  /** The second derivative where the slope is s. */
  bend(s: number, y: number): number;
}

const softplus = (z: number): number => Math.max(z, 0) + log1p(exp(-Math.abs(z)));

/** a ln(a/q) − a + q ≥ 0: with the power series of (1 + t) ln(1 + t) − t for a close to q, where the terms would cancel. */
export function divergence(a: number, q: number): number {
  if (a === 0) return q;
  const t = (a - q) / q;
  if (!(Math.abs(t) < 0.02)) return Math.max(0, a * log(a / q) - a + q);
  return q * t * t * (1 / 2 - t * (1 / 6 - t * (1 / 12 - t * (1 / 20 - t * (1 / 30 - t * (1 / 42 - t / 56))))));
}

const HIGHEST = 40; // the score from which the loss poisson continues as its tangent
const meanAt = (z: number): number => exp(Math.min(z, HIGHEST));

const halfSquared: ScalarLoss = {
  value: (z, y) => 0.5 * (z - y) * (z - y),
  slope: (z, y) => z - y,
  excess: (z, y, s) => 0.5 * (s - (z - y)) * (s - (z - y)),
  low: () => -Infinity,
  high: () => Infinity,
  bend: () => 1,
};

const logistic: ScalarLoss = {
  value: (z, y) => softplus(-y * z),
  slope: (z, y) => -y * sigmoid(-y * z),
  excess: (z, y, s) => divergence(-y * s, sigmoid(-y * z)) + divergence(1 + y * s, sigmoid(y * z)),
  low: (y) => Math.min(-y, 0),
  high: (y) => Math.max(-y, 0),
  bend: (s, y) => -y * s * (1 + y * s),
};

const squaredHinge: ScalarLoss = {
  value: (z, y) => Math.max(0, 1 - y * z) * Math.max(0, 1 - y * z),
  slope: (z, y) => -2 * y * Math.max(0, 1 - y * z),
  excess(z, y, s) {
    const half = (-y * s) / 2;
    const below = 1 - y * z;
    return below > 0 ? (below - half) * (below - half) : half * half - 2 * half * below;
  },
  low: (y) => (y > 0 ? -Infinity : 0),
  high: (y) => (y > 0 ? 0 : Infinity),
  bend: (s) => (s === 0 ? 0 : 2),
};

/** The hinge, smoothed to width · ln(1 + e^((1 − y z)/width)). `excess` is that of the hinge itself. */
const hingeOf = (width: number): ScalarLoss => ({
  value: (z, y) => width * softplus((1 - y * z) / width),
  slope: (z, y) => -y * sigmoid((1 - y * z) / width),
  excess(z, y, s) {
    const below = 1 - y * z;
    return below > 0 ? (1 + y * s) * below : y * s * below;
  },
  low: (y) => Math.min(-y, 0),
  high: (y) => Math.max(-y, 0),
  bend: (s, y) => (-y * s * (1 + y * s)) / width,
});

const poisson: ScalarLoss = {
  value(z, y) {
    const mean = meanAt(z);
    return divergence(y, mean) + Math.max(0, z - HIGHEST) * (mean - y);
  },
  slope: (z, y) => meanAt(z) - y,
  excess(z, y, s) {
    const mean = meanAt(z);
    return divergence(Math.max(0, s + y), mean) + Math.max(0, z - HIGHEST) * (mean - (s + y));
  },
  low: (y) => -y,
  high: (y) => meanAt(HIGHEST) - y,
  bend: (s, y) => s + y,
};

function limited(spec: LossSpec): ScalarLoss {
  const { curvature, low, high } = slopeLimits(spec)!;
  const slope = (z: number, y: number): number => Math.min(Math.max(curvature * (z - y), -low), high);
  return {
    slope,
    value(z, y) {
      const s = slope(z, y);
      return s * (z - y - (0.5 / curvature) * s);
    },
    excess(z, y, s) {
      const own = slope(z, y);
      const apart = own - s;
      return apart * (0.5 / curvature) * apart + apart * (z - y - own / curvature);
    },
    low: () => -low,
    high: () => high,
    bend: (s) => (-low < s && s < high ? curvature : 0),
  };
}

/** The loss of one score; null for crossEntropy. `width` is that of the quadratic interval of the hinge. */
export function scalarLoss(spec: LossSpec): ScalarLoss | null {
  const { loss, width } = spec;
  if (loss === "crossEntropy") return null;
  if (loss === "hinge") return hingeOf(width ?? 1e-200);
  return { halfSquared, logistic, squaredHinge, poisson }[loss as string] ?? limited(spec);
}

/** The loss of the rows with these targets. */
export function rowLoss(spec: LossSpec, targets: Vector): RowLoss {
  const { outputs: k } = spec;
  const scalar = scalarLoss(spec);
  return scalar ? separate(scalar, targets, k) : crossEntropy(targets, k);
}

function separate(loss: ScalarLoss, targets: Vector, k: number): RowLoss {
  return {
    value(z, i) {
      let sum = 0;
      for (let at = i * k; at < (i + 1) * k; at++) sum += loss.value(z[at]!, targets[at]!);
      return sum;
    },
    slopes(z, i, s) {
      for (let at = i * k; at < (i + 1) * k; at++) s[at] = loss.slope(z[at]!, targets[at]!);
    },
    excess(z, i, s) {
      let sum = 0;
      for (let at = i * k; at < (i + 1) * k; at++) sum += loss.excess(z[at]!, targets[at]!, s[at]!);
      return sum;
    },
    limit(s, i) {
      for (let at = i * k; at < (i + 1) * k; at++) {
        s[at] = Math.min(Math.max(s[at]!, loss.low(targets[at]!)), loss.high(targets[at]!));
      }
    },
    bend(s, i, t) {
      for (let at = i * k; at < (i + 1) * k; at++) t[at]! *= loss.bend(s[at]!, targets[at]!);
    },
  };
}

/**
 * The slopes of a row are p − (1 for the class, 0 for the others), with probabilities p; loss* is Σ p ln p. The probability of a class
 * without rows is 0 in a dual point, because its slopes are never below 0 and their mean must be 0.
 */
function crossEntropy(targets: Vector, k: number): RowLoss {
  const hasRows = new Uint8Array(k);
  for (const target of targets) hasRows[target] = 1;
  const p = new Float64Array(k); // probabilities, or the logarithms of their sums
  /** Writes the probabilities of row i; returns −ln p of its class. */
  function read(z: Float64Array, i: number): number {
    let largest = -Infinity;
    for (let c = 0; c < k; c++) largest = Math.max(largest, z[i * k + c]!);
    let total = 0;
    for (let c = 0; c < k; c++) {
      p[c] = exp(z[i * k + c]! - largest);
      total += p[c]!;
    }
    for (let c = 0; c < k; c++) p[c]! /= total;
    const own = targets[i]!;
    if (z[i * k + own]! < largest) return log(total) + (largest - z[i * k + own]!);
    return total < 2 ? log1p(total - 1) : log(total);
  }
  return {
    value: read,
    slopes(z, i, s) {
      read(z, i);
      const own = targets[i]!;
      let others = 0; // the sum of the other classes is more accurate than p − 1
      for (let c = 0; c < k; c++) {
        if (c === own) continue;
        s[i * k + c] = p[c]!;
        others += p[c]!;
      }
      s[i * k + own] = -others;
    },
    excess(z, i, s) {
      read(z, i);
      const own = targets[i]!;
      let sum = 0;
      for (let c = 0; c < k; c++) sum += divergence(Math.max(0, s[i * k + c]! + (c === own ? 1 : 0)), p[c]!);
      return sum;
    },
    limit(s, i) {
      const own = i * k + targets[i]!;
      let total = 0;
      for (let at = i * k; at < (i + 1) * k; at++) {
        if (at === own) continue;
        s[at] = Math.max(0, hasRows[at - i * k]! * s[at]!);
        total += s[at]!;
      }
      if (total > 1) for (let at = i * k; at < (i + 1) * k; at++) s[at]! /= total;
      s[own] = -Math.min(total, 1);
    },
    bend(s, i, t) {
      const own = i * k + targets[i]!;
      let mean = 0;
      for (let at = i * k; at < (i + 1) * k; at++) mean += (s[at]! + (at === own ? 1 : 0)) * t[at]!;
      for (let at = i * k; at < (i + 1) * k; at++) t[at] = (s[at]! + (at === own ? 1 : 0)) * (t[at]! - mean);
    },
  };
}
