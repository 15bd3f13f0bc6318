// A baseline for a run: the loss that is reached without the inputs.
import { log } from "../../core/elementary.ts";
import { columnStatistics } from "../../kernels/columnStatistics.ts";
import { slopeLimits } from "../../losses/limitedSlope.ts";
import type { LossSpec } from "../../losses/loss.ts";
import { classShares } from "./classShares.ts";
import type { RowPart, RowParts } from "./rowParts.ts";

const BISECTED = 1 << 14; // the most targets, evenly spaced, whose best constant is searched: its loss is then within about 1e-4 of the lowest
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
 * For huber, absolute and pinball the constant is the best one for at most 2^14 of the examples, evenly spaced.
 */
export function constantLoss(spec: LossSpec, rows: ConstantRows): { best: number; zero: number } {
  const { loss, outputs } = spec;
  if (loss === "crossEntropy") return { best: entropy(classShares(spec, rows)), zero: log(outputs) };
  const sum = { best: 0, zero: 0 };
  if (loss === "halfSquared" && !rows.weighted) return halfSquares(rows, outputs);
  const shares = ["logistic", "hinge", "squaredHinge"].includes(loss) ? classShares(spec, rows) : null; // those of all outputs, in one pass
  for (let c = 0; c < outputs; c++) {
    const { best, zero } = shares ? lossOfLabels(loss, shares[2 * c + 1]!) : lossOfOutput(spec, rows, c);
    sum.best += best;
    sum.zero += zero;
  }
  return sum;
}

/** Targets as the loss expects them, row by row, and weights with mean 1. */
export interface ConstantRows extends Pick<RowParts, "n" | "weighted"> {
  each(visit: (part: Pick<RowPart, "from" | "n" | "targets" | "weights">) => void): void;
}

/** Half the variances and half the mean squares, from kernels: a loop over the targets would take several times as long. */
function halfSquares({ n, each }: ConstantRows, outputs: number): { best: number; zero: number } {
  const statistics = columnStatistics({
    columns: outputs,
    each: (visit) => each(({ targets }) => visit(targets)),
  });
  const zeros = new Float64Array(outputs);
  const ones = zeros.map(() => 1);
  const around = (m: Float64Array): number =>
    statistics.deviations(m, ones).reduce((sum, squares) => sum + (0.5 * squares) / n, 0);
  return { best: around(statistics.ranges().sum.map((sum) => sum / n)), zero: around(zeros) };
}

/** The same for output c alone, whose targets are numbers. */
function lossOfOutput(spec: LossSpec, rows: ConstantRows, c: number): { best: number; zero: number } {
  const { loss, outputs } = spec;
  const weighted = (term: (y: number) => number): number => {
    let total = 0;
    rows.each(({ targets, weights }) => {
      let sum = total; // a variable that functions share is a new object after each row, which takes ten times as long
      for (let i = 0, at = c; at < targets.length; i++, at += outputs)
        sum += (weights ? weights[i]! : 1) * term(targets[at]!);
      total = sum;
    });
    return total / rows.n;
  };
  const limits = slopeLimits(spec);
  if (limits) {
    const { curvature, low, high } = limits;
    const slope = (u: number): number => Math.min(Math.max(curvature * u, -low), high);
    const lossAt = (m: number): number => weighted((y) => slope(m - y) * (m - y - (0.5 / curvature) * slope(m - y)));
    const { y, w } = spaced(rows, c, outputs);
    const risingAt = (m: number): number => {
      let sum = 0;
      for (let i = 0; i < y.length; i++) sum += w[i]! * slope(m - y[i]!);
      return sum;
    };
    return { best: lossAt(rootOf(risingAt, y)), zero: lossAt(0) };
  }
  if (loss === "poisson") {
    const mean = weighted((y) => y);
    const half = (y: number, m: number): number => (y > 0 ? y * (log(y) - log(m)) : 0) + (m - y);
    return { best: mean > 0 ? weighted((y) => half(y, mean)) : 0, zero: weighted((y) => half(y, 1)) };
  }
  const mean = weighted((y) => y);
  return { best: weighted((y) => 0.5 * (y - mean) * (y - mean)), zero: weighted((y) => 0.5 * y * y) };
}

/** The same for an output whose targets are −1 and 1: p is the share of 1. */
function lossOfLabels(loss: LossSpec["loss"], p: number): { best: number; zero: number } {
  if (loss === "logistic") return { best: entropy([p, 1 - p]), zero: log(2) };
  return { best: loss === "hinge" ? 2 * Math.min(p, 1 - p) : 4 * p * (1 - p), zero: 1 };
}

/** −Σ p ln p [nats]. */
function entropy(shares: ArrayLike<number>): number {
  let sum = 0;
  for (let c = 0; c < shares.length; c++) if (shares[c]! > 0) sum -= shares[c]! * log(shares[c]!);
  return sum;
}

/** The targets of output c and the weights of at most `BISECTED` examples, evenly spaced. */
function spaced({ n, each }: ConstantRows, c: number, outputs: number): { y: Float64Array; w: Float64Array } {
  const every = Math.ceil(n / BISECTED);
  const y = new Float64Array(Math.ceil(n / every));
  const w = new Float64Array(y.length).fill(1);
  each((part) => {
    for (let i = Math.ceil(part.from / every); i * every < part.from + part.n; i++) {
      const at = i * every - part.from;
      y[i] = part.targets[at * outputs + c]!;
      if (part.weights) w[i] = part.weights[at]!;
    }
  });
  return { y, w };
}

/** The m at which a function that does not fall changes its sign, between the lowest and the highest target, by bisection. */
function rootOf(rising: (m: number) => number, targets: Float64Array): number {
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
