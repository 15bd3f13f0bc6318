import { factorize, solveFactorized } from "../../core/cholesky.ts";

const ROUNDS = 100;
const SWEEPS = 20; // of the entries in a round
const ACCURACY = 1e-10; // a round that lowers the function by less than this share of the first round is the last
const MAX_FACE = 400; // the most weights other than 0 for which a system of equations is solved

/**
 * Overwrites z by about the minimum of f(z) = g·(z − w) + ½ (z − w)ᵀ P (z − w) + l1 Σ |z_j|, without the last of each `group` of
 * entries in the sum of l1. Returns f(w) − f(z).
 *
 * Each round minimises f in the entries that are not 0, as if their signs stayed; entries whose signs change become 0. If f rises,
 * it goes only to the first entry that becomes 0. Then each round minimises f in one entry after the other. The end is once more on
 * the entries that are not 0.
 *
 * @param P  p × p numbers, row by row, symmetric and positive definite
 * @param z  w at the start
 *
 * Source: Friedman, Hastie and Tibshirani, 2010 (one entry after the other).
 */
export function lowestWithL1(
  P: Float64Array,
  g: Float64Array,
  w: Float64Array,
  l1: number,
  z: Float64Array,
  group = g.length,
): number {
  const p = g.length;
  const penalties = Float64Array.from(g, (_, j) => ((j + 1) % group === 0 ? 0 : l1));
  const slope = g.slice(); // of the quadratic part, at z
  const face: number[] = [];

  function move(j: number, to: number): void {
    const by = to - z[j]!;
    z[j] = to;
    for (let l = 0; l < p; l++) slope[l]! += by * P[j * p + l]!;
  }

  /** f(from) − f(z), from the slope of the quadratic part at `from`. */
  function decreaseFrom(from: Float64Array, slopeThere: Float64Array): number {
    let decrease = 0;
    for (let j = 0; j < p; j++) {
      decrease += 0.5 * (slopeThere[j]! + slope[j]!) * (from[j]! - z[j]!);
      decrease += penalties[j]! * (Math.abs(from[j]!) - Math.abs(z[j]!));
    }
    return decrease;
  }

  /** Minimises f in each entry; returns about twice the decrease. */
  function oneByOne(): number {
    let change = 0;
    for (let j = 0; j < p; j++) {
      const curved = P[j * p + j]!;
      const free = z[j]! - slope[j]! / curved;
      const less = penalties[j]! / curved;
      const to = free > less ? free - less : free < -less ? free + less : 0;
      if (to === z[j]) continue;
      const by = to - z[j]!;
      change += curved * by * by;
      move(j, to);
    }
    return change;
  }

  function onFace(): void {
    face.length = 0;
    for (let j = 0; j < p; j++) if (penalties[j] === 0 || z[j] !== 0) face.push(j);
    const size = face.length;
    if (size > MAX_FACE) return;
    const A = new Float64Array(size * size);
    const step = new Float64Array(size);
    for (let a = 0; a < size; a++) {
      const j = face[a]!;
      for (let c = 0; c <= a; c++) A[a * size + c] = P[j * p + face[c]!]!;
      step[a] = slope[j]! + Math.sign(z[j]!) * penalties[j]!;
    }
    if (!factorize(A, size)) return;
    solveFactorized(A, step);
    const crosses = (a: number, share: number): boolean =>
      penalties[face[a]!]! > 0 && Math.abs(z[face[a]!]!) < share * step[a]! * Math.sign(z[face[a]!]!);
    let share = 1;
    let first = -1; // of the entries that become 0
    for (let a = 0; a < size; a++) {
      if (!crosses(a, share)) continue;
      share = z[face[a]!]! / step[a]!;
      first = a;
    }
    const [start, slopeThere] = [z.slice(), slope.slice()];
    for (let a = 0; a < size; a++) move(face[a]!, crosses(a, 1) ? 0 : z[face[a]!]! - step[a]!);
    if (first < 0 || decreaseFrom(start, slopeThere) > 0) return;
    z.set(start);
    slope.set(slopeThere);
    for (let a = 0; a < size; a++) move(face[a]!, a === first ? 0 : z[face[a]!]! - share * step[a]!);
  }

  const first = oneByOne();
  for (let round = 1, change = first; round < ROUNDS && change > ACCURACY * first; round++) {
    onFace();
    for (let sweep = 0; sweep < SWEEPS && (sweep === 0 || change > ACCURACY * first); sweep++) change = oneByOne();
  }
  onFace();
  return decreaseFrom(w, g);
}
