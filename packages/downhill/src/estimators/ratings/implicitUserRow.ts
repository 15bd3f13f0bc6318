// The parameters of a new user with implicit feedback, from the factors of the items.

import { solvePositiveDefinite } from "../../core/cholesky.ts";
import { dot } from "../../core/dot.ts";
import { exp, log1p } from "../../core/elementary.ts";
import type { FactorizationData } from "./factorization.ts";
import { userPenalty } from "./userRow.ts";

/** A term of the objective: weight · ln(1 + e^−(offset + θ · x)). */
interface Term {
  readonly x: Float64Array;
  readonly offset: number;
  readonly weight: number;
}

const MAX_STEPS = 100;
const SMALLEST_DECREASE = 1e-12; // of the objective, relative to its value

/**
 * The parameters θ = (p, b) of a user that minimise the objective of the training that the user changes, with its expectation over
 * the negative items instead of a sample. For n positive items i, the m other items j and k negative items for each pair:
 *
 * - "bpr": k/m Σ_i Σ_j ln(1 + e^−(z_i − z_j)) + 2kn · l2/2 ‖θ‖². The bias of the user cancels, so b = 0.
 * - "logistic": Σ_i ln(1 + e^−z_i) + kn/m Σ_j ln(1 + e^z_j) + (1 + k) n · l2/2 ‖θ‖².
 *
 * Both are convex. Newton's method with halved steps finds the minimum; its last step begins where at most
 * 1e-12 of the objective can still be gained.
 *
 * @param positive  the positive items, in ascending order
 * @returns null if l2 is 0, because the minimum may then not exist
 */
export function implicitUserRow(data: FactorizationData, positive: Uint32Array): Float64Array | null {
  const { rank, biases } = data.settings;
  const width = rank + (biases ? 1 : 0);
  const isBpr = data.settings.loss === "bpr";
  const negatives = data.options["negatives"] as number;
  const count = positive.length * negatives * (isBpr ? 2 : 1) + (isBpr ? 0 : positive.length);
  const penalties = Float64Array.from({ length: width }, (_, f) => count * userPenalty(data.options, f === rank));
  if (penalties.some((penalty) => penalty === 0)) return null;
  const terms = (isBpr ? comparisons : classifications)(data, positive, negatives);
  const theta = new Float64Array(width);
  let value = valueAt(terms, penalties, theta);
  for (let step = 0; step < MAX_STEPS; step++) {
    const { gradient, hessian } = derivatives(terms, penalties, theta);
    const direction = gradient.slice();
    if (!solvePositiveDefinite(hessian, direction)) return null;
    const decrease = gradient.reduce((sum, slope, f) => sum + slope * direction[f]!, 0); // twice the decrease that remains
    if (decrease <= SMALLEST_DECREASE * value) return theta.map((own, f) => own - direction[f]!);
    let next = theta;
    let nextValue = value;
    for (let length = 1; length > 1e-9; length /= 2) {
      next = theta.map((own, f) => own - length * direction[f]!);
      nextValue = valueAt(terms, penalties, next);
      if (nextValue <= value - 0.25 * length * decrease) break;
    }
    theta.set(next);
    value = nextValue;
  }
  return theta;
}

/** The factors of an item, with 1 for the bias of the user, and the bias of the item. */
function itemRow({ settings, users, params }: FactorizationData, item: number): { q: Float64Array; bias: number } {
  const { rank, biases } = settings;
  const width = rank + (biases ? 1 : 0);
  const q = params.slice((users.length + item) * width, (users.length + item + 1) * width);
  const bias = biases ? q[rank]! : 0;
  if (biases) q[rank] = 1;
  return { q, bias };
}

const otherItems = ({ items }: FactorizationData, positive: Uint32Array): number[] => {
  const own = new Set(positive);
  return items.map((_, item) => item).filter((item) => !own.has(item));
};

function comparisons(data: FactorizationData, positive: Uint32Array, negatives: number): Term[] {
  const others = otherItems(data, positive).map((item) => itemRow(data, item));
  return Array.from(positive).flatMap((item) => {
    const own = itemRow(data, item);
    return others.map((other) => ({
      x: own.q.map((each, f) => each - other.q[f]!),
      offset: own.bias - other.bias,
      weight: negatives / others.length,
    }));
  });
}

function classifications(data: FactorizationData, positive: Uint32Array, negatives: number): Term[] {
  const others = otherItems(data, positive);
  const of = (item: number, sign: number, weight: number): Term => {
    const { q, bias } = itemRow(data, item);
    return { x: q.map((each) => sign * each), offset: sign * bias, weight };
  };
  return [
    ...Array.from(positive, (item) => of(item, 1, 1)),
    ...others.map((item) => of(item, -1, (negatives * positive.length) / others.length)),
  ];
}

/** ln(1 + e^−z), without overflow. */
const logLoss = (z: number): number => (z > 0 ? log1p(exp(-z)) : log1p(exp(z)) - z);

function valueAt(terms: readonly Term[], penalties: Float64Array, theta: Float64Array): number {
  let value = 0;
  for (const { x, offset, weight } of terms) value += weight * logLoss(offset + dot(x, theta));
  for (let f = 0; f < theta.length; f++) value += 0.5 * penalties[f]! * theta[f]! * theta[f]!;
  return value;
}

function derivatives(terms: readonly Term[], penalties: Float64Array, theta: Float64Array) {
  const n = theta.length;
  const gradient = theta.map((own, f) => penalties[f]! * own);
  const hessian = new Float64Array(n * n);
  for (let f = 0; f < n; f++) hessian[f * n + f] = penalties[f]!;
  for (const { x, offset, weight } of terms) {
    const z = offset + dot(x, theta);
    const small = exp(-Math.abs(z)); // e^−|z|, without overflow
    const share = (z > 0 ? small : 1) / (1 + small); // 1 / (1 + e^z)
    const curvature = (weight * small) / ((1 + small) * (1 + small));
    for (let f = 0; f < n; f++) {
      gradient[f]! -= weight * share * x[f]!;
      for (let g = 0; g <= f; g++) hessian[f * n + g]! += curvature * x[f]! * x[g]!;
    }
  }
  return { gradient, hessian };
}
