import { requireSize, requireWithin } from "./check.ts";
import { log } from "./elementary.ts";

/** A stream of random numbers. `random(seed)` makes one. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Standard normal: mean 0, variance 1. */
  normal(): number;
  /** The integers 0 … n − 1 in a random order; n is at most 2^31. Overwrites and returns `out`, if it is passed; it must have length n. */
  permutation(n: number, out?: Uint32Array): Uint32Array;
  /**
   * Overwrites and returns `out`: independent numbers, each uniform on the integers 0 … n − 1.
   *
   * @param n  whole number from 1 to 2^31
   * @throws RangeError for any other n
   */
  integers(n: number, out: Uint32Array): Uint32Array;
  /** A new stream. It depends on the seed of this stream and on the label (as text), not on the numbers drawn so far. */
  fork(label: string | number): Random;
}

/** The 128-bit key of a stream: so long that two streams of a project never have the same key. */
type Key = readonly [number, number, number, number];

const ROOT: Key = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]; // the first binary digits of π after the point

/**
 * Makes a stream of random numbers with the generator xoshiro128**. It needs integers only, so every engine draws the same
 * numbers. Uniform numbers have 53 random bits; normal numbers come from Marsaglia's polar method; permutations come from the
 * Fisher–Yates shuffle. Integers, also those of the shuffle, are unbiased: bits that give too large a number are drawn again.
 *
 * @param seed  whole number from 0 to 2^53 − 1
 * @throws RangeError for any other seed
 *
 * @example
 * ```ts
 * import { random } from "downhill";
 *
 * const stream = random(7);
 * const [u, z] = [stream.uniform(), stream.normal()];
 * stream.permutation(5).toSorted(); // [0, 1, 2, 3, 4]
 * ```
 *
 * Source: Blackman and Vigna, “Scrambled Linear Pseudorandom Number Generators”, 2021.
 */
export function random(seed: number): Random {
  requireSize("random", "seed", seed, 0);
  requireWithin("random", "seed", seed, 0, 9007199254740992);
  return stream(absorb(absorb(ROOT, seed >>> 0), Math.floor(seed / 4294967296)));
}

function stream(key: Key): Random {
  let [a, b, c, d] = key;
  if (d === 0) d = 1; // the generator cannot leave a state of four zeros
  let spare: number | undefined;

  function next(): number {
    const scrambled = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return scrambled;
  }

  function uniform(): number {
    const high = next() >>> 5;
    const low = next() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  return {
    uniform,
    normal() {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      for (;;) {
        const x = 2 * uniform() - 1;
        const y = 2 * uniform() - 1;
        const square = x * x + y * y;
        if (square >= 1 || square === 0) continue;
        const factor = Math.sqrt((-2 * log(square)) / square);
        spare = y * factor;
        return x * factor;
      }
    },
    permutation(n, order = new Uint32Array(n)) {
      const state = Int32Array.of(a, b, c, d);
      const drawn = new Int32Array(DRAWS);
      for (let i = 0; i < n; i++) order[i] = i;
      for (let i = n - 1; i > 0; i -= DRAWS) {
        const count = Math.min(DRAWS, i);
        draw(state, i, drawn, count);
        swap(order, i, drawn, count);
      }
      [a, b, c, d] = state as unknown as Key;
      return order;
    },
    integers(n, out) {
      requireSize("integers", "n", n);
      requireWithin("integers", "n", n, 1, 2147483649);
      const bits = -1 >>> Math.clz32((n - 1) | 1); // as many bits as n − 1 has
      for (let i = 0; i < out.length; ) {
        const drawn = next() & bits;
        out[i] = drawn;
        i += drawn < n ? 1 : 0; // a draw of n or more is repeated
      }
      return out;
    },
    fork(label) {
      const text = String(label);
      let child = absorb(key, text.length); // so that fork("a").fork("b") differs from fork("ab")
      for (let i = 0; i < text.length; i++) child = absorb(child, text.charCodeAt(i));
      return stream(child);
    },
  };
}

const DRAWS = 512; // of a permutation, before their swaps: the swaps then wait for the memory at the same time

/** Draws a number from 0 to i, one from 0 to i − 1, and so on. */
function draw(state: Int32Array, i: number, drawn: Int32Array, count: number): void {
  let [a, b, c, d] = state as unknown as Key;
  for (let k = 0; k < count; ) {
    const last = i - k;
    const j = Math.imul(rotate(Math.imul(b, 5), 7), 9) & (-1 >>> Math.clz32(last)); // as many bits as `last` has
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    drawn[k] = j;
    k += 1 - ((last - j) >>> 31); // a draw above `last` is repeated
  }
  state.set([a, b, c, d]);
}

/** Swaps entry i with the entry that was drawn for it, then entry i − 1, and so on. */
function swap(order: Uint32Array, i: number, drawn: Int32Array, count: number): void {
  for (let k = 0; k < count; k++) {
    const j = drawn[k]!;
    const kept = order[i - k]!;
    order[i - k] = order[j]!;
    order[j] = kept;
  }
}

const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

/** A 32-bit hash of two 32-bit numbers (the finalizer of MurmurHash3 on their combination). */
function mix(x: number, y: number): number {
  let h = Math.imul(x ^ Math.imul(y, 0xcc9e2d51), 0x1b873593) + 0x9e3779b9;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The key of a stream and one more 32-bit word: each number of the key is hashed with the word. */
const absorb = ([a, b, c, d]: Key, word: number): Key => [mix(a, word), mix(b, word), mix(c, word), mix(d, word)];
