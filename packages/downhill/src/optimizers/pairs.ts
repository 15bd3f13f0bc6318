import type { Vector } from "../core/vector.ts";
import type { Run } from "./optimizer.ts";

/** The number of pairs that are kept. */
export const PAIRS = 10;
const SMALLEST = 1e-10; // the smallest cosine of the angle between s and y: without curvature y is a rounding error

// ---- indices in the numbers of the pairs
const COUNT = 0; // number of pairs so far
const CURVED = 1; // s·y of each pair
/** The numbers that the pairs need between updates. */
export const PAIR_SCALARS = CURVED + PAIRS;

/** The last pairs of a step s and a change y of the gradient, which show the curvature along the steps. */
export interface Pairs {
  /** Keeps a pair, in place of the oldest; returns whether it did, which needs s·y above 0. */
  add(s: Vector, y: Vector): boolean;
  /** Forgets all pairs. */
  clear(): void;
  /**
   * v ← H v, with the inverse of the second derivatives that the pairs show, beginning with `initial`, which overwrites v by H₀ v.
   */
  apply(v: Vector, initial: (v: Vector) => void): void;
}

/**
 * Binds the memory of the pairs.
 *
 * Source: Nocedal, 1980; Liu and Nocedal, 1989 (L-BFGS).
 */
export function bindPairs({ kernels }: Run, vectors: readonly Vector[], scalars: Float64Array): Pairs {
  const steps = vectors.slice(0, PAIRS);
  const changes = vectors.slice(PAIRS, 2 * PAIRS);
  const n = steps[0]!.length;
  const shares = new Float64Array(PAIRS);
  const dot = (a: Vector, b: Vector): number => kernels.dot(a.byteOffset, b.byteOffset, n);
  const addTimes = (share: number, a: Vector, out: Vector): void =>
    kernels.axpy(share, a.byteOffset, out.byteOffset, n);
  return {
    add(s, y) {
      const curved = dot(s, y);
      if (!(curved > SMALLEST * Math.sqrt(dot(s, s)) * Math.sqrt(dot(y, y)))) return false;
      const at = scalars[COUNT]! % PAIRS;
      steps[at]!.set(s);
      changes[at]!.set(y);
      scalars[CURVED + at] = curved;
      scalars[COUNT]! += 1;
      return true;
    },
    clear() {
      scalars[COUNT] = 0;
    },
    apply(v, initial) {
      const count = scalars[COUNT]!;
      const first = Math.max(0, count - PAIRS);
      for (let i = count - 1; i >= first; i--) {
        const at = i % PAIRS;
        shares[at] = dot(steps[at]!, v) / scalars[CURVED + at]!;
        addTimes(-shares[at]!, changes[at]!, v);
      }
      initial(v);
      for (let i = first; i < count; i++) {
        const at = i % PAIRS;
        addTimes(shares[at]! - dot(changes[at]!, v) / scalars[CURVED + at]!, steps[at]!, v);
      }
    },
  };
}
