// A baseline for a run: the loss that is reached without the inputs.
import { log } from "../../core/elementary.ts";
import type { Vector } from "../../core/vector.ts";
import { slopeLimits } from "../../losses/limitedSlope.ts";
import type { LossSpec } from "../../losses/loss.ts";

const BISECTIONS = 60; // the interval becomes 1e-18 of the range of the targets

/**
 * The mean loss of scores that are the same for all n examples: of the best constant scores, and of scores that are 0. It
 * is a sum over the outputs.
 *
 * | loss | best | zero |
 * |---|---|---|
 * | halfSquared | half the variance | half the mean square |
 * | logistic | the entropy of the shares of the two labels | ln 2 |
 * | crossEntropy | the entropy of the shares of the classes | ln of the number of classes |
 * | poisson | half the deviance of the mean target | half the deviance of the mean 1 |
 * | huber, absolute, pinball | the lowest loss of a constant | the loss of 0 |
 * | hinge, p the share of +1 | 2 min(p, 1 − p) | 1 |
 * | squaredHinge | 4 p (1 − p) | 1 |
 *
 * @param targets  as the loss expects them, row-major
 * @param weights  one per example, with mean 1; null when all are 1
 */
export function constantLoss(spec: LossSpec, targets: Vector, weights: Vector | null): { best: number; zero: number } {
  const { loss, outputs } = spec;
  if (loss === "crossEntropy") return { best: entropy(sharesOf(targets, weights, outputs)), zero: log(outputs) };
  const sum = { best: 0, zero: 0 };
  for (let c = 0; c < outputs; c++) {
    const { best, zero } = lossOfOutput(spec, targets, weights, c, outputs);
    sum.best += best;
    sum.zero += zero;
  }
  return sum;
}

/** The same for output c alone. */
function lossOfOutput(
  spec: LossSpec,
  targets: Vector,
  weights: Vector | null,
  c: number,
  outputs: number,
): { best: number; zero: number } {
  const n = targets.length / outputs;
  const weighted = (term: (y: number) => number): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (weights ? weights[i]! : 1) * term(targets[i * outputs + c]!);
    return sum / n;
  };
  const { loss } = spec;
  const limits = slopeLimits(spec);
  if (limits) {
    const { curvature, low, high } = limits;
    const slope = (u: number): number => Math.min(Math.max(curvature * u, -low), high);
    const lossAt = (m: number): number => weighted((y) => slope(m - y) * (m - y - (0.5 / curvature) * slope(m - y)));
    return { best: lossAt(rootOf((m) => weighted((y) => slope(m - y)), targets)), zero: lossAt(0) };
  }
  if (loss === "poisson") {
    const mean = weighted((y) => y);
    const half = (y: number, m: number): number => (y > 0 ? y * (log(y) - log(m)) : 0) + (m - y);
    return { best: mean > 0 ? weighted((y) => half(y, mean)) : 0, zero: weighted((y) => half(y, 1)) };
  }
  if (loss === "halfSquared") {
    // loops without a function per target, because these calls would take most of the time
    let [sum, best, zero] = [0, 0, 0];
    for (let i = 0; i < n; i++) sum += (weights ? weights[i]! : 1) * targets[i * outputs + c]!;
    const mean = sum / n;
    for (let i = 0; i < n; i++) {
      const y = targets[i * outputs + c]!;
      const w = weights ? weights[i]! : 1;
      best += w * (0.5 * (y - mean) * (y - mean));
      zero += w * (0.5 * y * y);
    }
    return { best: best / n, zero: zero / n };
  }
  const p = weighted((y) => (y > 0 ? 1 : 0));
  if (loss === "logistic") return { best: entropy([p, 1 - p]), zero: log(2) };
  return { best: loss === "hinge" ? 2 * Math.min(p, 1 - p) : 4 * p * (1 - p), zero: 1 };
}

/** The weighted share of each class index. */
function sharesOf(indices: Vector, weights: Vector | null, classes: number): Float64Array {
  const shares = new Float64Array(classes);
  for (let i = 0; i < indices.length; i++) shares[indices[i]!]! += (weights ? weights[i]! : 1) / indices.length;
  return shares;
}

/** −Σ p ln p [nats]. */
function entropy(shares: ArrayLike<number>): number {
  let sum = 0;
  for (let c = 0; c < shares.length; c++) if (shares[c]! > 0) sum -= shares[c]! * log(shares[c]!);
  return sum;
}

/** The m at which a function that does not fall changes its sign, between the lowest and the highest target, by bisection. */
function rootOf(rising: (m: number) => number, targets: Vector): number {
  let [low, high] = [Infinity, -Infinity];
  for (const y of targets) {
    low = Math.min(low, y);
    high = Math.max(high, y);
  }
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = low + (high - low) / 2;
    if (rising(middle) < 0) low = middle;
    else high = middle;
  }
  return high;
}
