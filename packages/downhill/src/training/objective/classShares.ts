import type { Vector } from "../../core/vector.ts";
import { slopeLimits } from "../../losses/limitedSlope.ts";
import type { LossSpec } from "../../losses/loss.ts";

/** Targets and weights of n rows, part by part. */
export interface LabelledRows {
  readonly n: number;
  each(visit: (part: Labels) => void): void;
}

/** The targets of n rows, and their weights; null when all are 1. */
interface Labels {
  readonly targets: Vector;
  readonly weights: Vector | null;
  readonly n: number;
}

/**
 * The weight of each class, as a share of all rows: for crossEntropy that of each of the k classes; for the losses whose targets are −1 and 1,
 * that of −1 and that of 1, for one score after another. Weights have the mean 1.
 */
export function classShares({ loss, outputs: k }: LossSpec, rows: LabelledRows): Float64Array {
  const shares = new Float64Array(loss === "crossEntropy" ? k : 2 * k);
  rows.each((part) => {
    if (loss === "crossEntropy") addClasses(part, shares);
    else for (let c = 0; c < k; c++) addLabels(part, k, c, shares);
  });
  return shares.map((total) => total / rows.n);
}

function addClasses({ targets, weights, n }: Labels, totals: Float64Array): void {
  if (weights) for (let i = 0; i < n; i++) totals[targets[i]!]! += weights[i]!;
  else for (let i = 0; i < n; i++) totals[targets[i]!]! += 1;
}

/** The labels are −1 and 1, so half of the sum of their weights and of the weighted labels is the weight of the label 1. */
function addLabels({ targets, weights, n }: Labels, k: number, c: number, totals: Float64Array): void {
  let [all, sum] = [0, 0];
  if (weights) {
    for (let i = 0; i < n; i++) {
      all += weights[i]!;
      sum += weights[i]! * targets[i * k + c]!;
    }
  } else {
    all = n;
    for (let at = c; at < n * k; at += k) sum += targets[at]!;
  }
  totals[2 * c]! += (all - sum) / 2;
  totals[2 * c + 1]! += (all + sum) / 2;
}

/**
 * About the curvature of an intercept: the smallest share of the total weight that a class has. For logistic and
 * squaredHinge, the two labels of each score are the classes. Losses without classes: 1 for halfSquared, the mean target for
 * poisson, and 0 for losses with limits, whose slope can be at a limit in every row.
 */
export function smallestShare(spec: LossSpec, rows: LabelledRows): number {
  const { loss, outputs: k } = spec;
  if (loss === "halfSquared") return 1;
  if (slopeLimits(spec)) return 0;
  if (loss !== "poisson") return Math.min(...classShares(spec, rows));
  const means = new Float64Array(k);
  rows.each(({ targets, weights, n }) => {
    for (let i = 0; i < n; i++) {
      const weight = (weights ? weights[i]! : 1) / rows.n;
      for (let c = 0; c < k; c++) means[c]! += weight * targets[i * k + c]!;
    }
  });
  return Math.min(...means);
}
