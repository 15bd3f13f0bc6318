import { factorize, solveFactorized } from "../../core/cholesky.ts";

const ROUNDS = 100;
const SWEEPS = 10; // of the entries in a round
const ACCURACY = 1e-10; // a round that lowers the function by less than this share of the first round is the last
const MAX_FACE = 400; // the most weights other than 0 for which a system of equations is solved

/**
 * Overwrites z by about the minimum of f(z) = g·(z − w) + ½ (z − w)ᵀ P (z − w) + l1 Σ |z_j|, without the last entry in the sum of
 * l1. Returns f(w) − f(z).
 *
 * Each round minimises f in the entries that are not 0, with their signs kept, up to the first of them that becomes 0; and then in
 * one entry after the other.
 *
 * @param P  p × p numbers, row by row, symmetric and positive definite
 * @param z  w at the start
 *
 * Source: Friedman, Hastie and Tibshirani, 2010 (one entry after the other).
 */
export function lowestWithL1(P: Float64Array, g: Float64Array, w: Float64Array, l1: number, z: Float64Array): number {
  const p = g.length;
  const last = p - 1;
  const slope = g.slice(); // of the quadratic part, at z
  const free: number[] = [];
  let decrease = 0;

  function move(j: number, to: number): void {
    const by = to - z[j]!;
    z[j] = to;
    for (let l = 0; l < p; l++) slope[l]! += by * P[j * p + l]!;
  }

  /** Minimises f in each entry; returns about twice the decrease. */
  function oneByOne(): number {
    let change = 0;
    for (let j = 0; j < p; j++) {
      const curved = P[j * p + j]!;
      let to = z[j]! - slope[j]! / curved;
      if (j < last) to = to > l1 / curved ? to - l1 / curved : to < -l1 / curved ? to + l1 / curved : 0;
      if (to === z[j]) continue;
      const by = to - z[j]!;
      change += curved * by * by;
      move(j, to);
    }
    return change;
  }

  function onFace(): void {
    free.length = 0;
    for (let j = 0; j < p; j++) if (j === last || z[j] !== 0) free.push(j);
    const size = free.length;
    if (size > MAX_FACE) return;
    const A = new Float64Array(size * size);
    const step = new Float64Array(size);
    for (const [a, j] of free.entries()) {
      for (let c = 0; c <= a; c++) A[a * size + c] = P[j * p + free[c]!]!;
      step[a] = slope[j]! + (j === last ? 0 : z[j]! > 0 ? l1 : -l1);
    }
    if (!factorize(A, size)) return;
    solveFactorized(A, step);
    let share = 1;
    let zero = -1;
    for (const [a, j] of free.entries()) {
      if (j === last || !(z[j]! > 0 ? z[j]! < share * step[a]! : z[j]! > share * step[a]!)) continue;
      share = z[j]! / step[a]!;
      zero = j;
    }
    for (const [a, j] of free.entries()) move(j, j === zero ? 0 : z[j]! - share * step[a]!);
  }

  const first = oneByOne();
  for (let round = 1, change = first; round < ROUNDS && change > ACCURACY * first; round++) {
    onFace();
    for (let sweep = 0; sweep < SWEEPS && (sweep === 0 || change > ACCURACY * first); sweep++) change = oneByOne();
  }
  for (let j = 0; j < p; j++) {
    decrease += 0.5 * (g[j]! + slope[j]!) * (w[j]! - z[j]!);
    if (j < last) decrease += l1 * (Math.abs(w[j]!) - Math.abs(z[j]!));
  }
  return decrease;
}
