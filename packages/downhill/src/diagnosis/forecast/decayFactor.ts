import { exp, log, log1p } from "../../core/elementary.ts";
import type { UpdateRule } from "./updateRule.ts";

/**
 * The distance to the optimum along one eigenvector of a quadratic objective, as a multiple a_k of the distance at the
 * start. With x = rate · eigenvalue: a_0 = 1, a_1 = 1 − m x, a_{k+1} = τ a_k − δ a_{k−1}, where
 *
 * | rule | m | τ | δ |
 * |---|---|---|---|
 * | plain, momentum | 1 | 1 + decay − x | decay |
 * | nesterov | 1 + decay | 1 + decay − (1 + decay) x | decay (1 − x) |
 *
 * With the roots r₁, r₂ of z² − τ z + δ, a_k = A r₁ᵏ + B r₂ᵏ. Both roots are computed as 1 − y, so a small x loses no digit.
 */
export interface DecayFactor {
  readonly trace: number;
  readonly determinant: number;
  /** a_k for a whole number k ≥ 0. */
  at(k: number): number;
  /**
   * A number b such that |a_j| ≥ b · e^(slowest · j) for all j ≥ k: 0 where the roots are complex or nearly equal. With a
   * larger k it is larger, up to |A|.
   */
  lowerBound(k: number): number;
  /** A number b such that |a_k| ≤ b · e^(slowest · k) for all k. */
  readonly upperBound: number;
  /** ln |r₁| of the root with the larger size, −Infinity for a root of 0. */
  readonly slowest: number;
}

const SEPARATED = 1e-4; // of two real roots; closer roots would lose digits in A and B

export function decayFactor({ name, decay }: UpdateRule, x: number): DecayFactor {
  const m = name === "nesterov" ? 1 + decay : 1;
  const first = 1 - m * x;
  const trace = 1 + decay - m * x;
  const determinant = name === "nesterov" ? decay * (1 - x) : decay;
  const p = 1 - decay + m * x; // y² − p y + x = 0 for the roots 1 − y
  const discriminant = p * p - 4 * x;
  const apart = discriminant > 0 ? Math.sqrt(discriminant) : 0;
  if (apart < SEPARATED * p) {
    const half = 0.5 * trace;
    const size = Math.max(Math.abs(determinant), half * half); // r² of complex roots, and about that of nearly equal ones
    const height = (first - half) / Math.max(Math.sqrt(Math.max(0, determinant - half * half)), 0.5 * SEPARATED * p);
    return {
      trace,
      determinant,
      slowest: 0.5 * log(size),
      lowerBound: () => 0,
      upperBound: Math.sqrt(1 + height * height),
      at: (k) => recurrence(trace, determinant, first, k),
    };
  }
  const ys = [(2 * x) / (p + apart), 0.5 * (p + apart)] as const;
  const parts = [
    { y: ys[0], weight: (ys[1] - m * x) / apart },
    { y: ys[1], weight: (m * x - ys[0]) / apart },
  ].map(({ y, weight }) => ({ weight, sign: y > 1 ? -1 : 1, size: logSize(y) }));
  if (parts[1]!.size > parts[0]!.size) parts.reverse();
  const [slow, fast] = parts as [(typeof parts)[0], (typeof parts)[0]];
  return {
    trace,
    determinant,
    slowest: slow.size,
    upperBound: Math.abs(slow.weight) + Math.abs(fast.weight),
    lowerBound: (k) => Math.max(0, Math.abs(slow.weight) - Math.abs(fast.weight) * power(fast.size - slow.size, k)),
    at: (k) => parts.reduce((sum, part) => sum + part.weight * (k % 2 === 1 ? part.sign : 1) * power(part.size, k), 0),
  };
}

/** ln |1 − y| for y ≥ 0. A small y loses no digit. */
export const logSize = (y: number): number => (y <= 0.5 ? -log1p(y / (1 - y)) : log(Math.abs(1 - y)));

/** e^(size · k), with 0⁰ = 1. */
const power = (size: number, k: number): number => (k === 0 ? 1 : exp(size * k));

/** a_k of the recurrence, by repeated squaring of z modulo z² − τ z + δ: zᵏ = u z + v gives a_k = u a_1 + v. */
function recurrence(trace: number, determinant: number, first: number, k: number): number {
  let [u, v] = [0, 1];
  let bit = 1;
  while (2 * bit <= k) bit *= 2;
  for (; bit >= 1; bit /= 2) {
    [u, v] = [u * (u * trace + 2 * v), v * v - determinant * u * u];
    if (Math.floor(k / bit) % 2 === 1) [u, v] = [u * trace + v, -determinant * u];
  }
  return u * first + v;
}
