// Compares a kernel of the compiled module with that of the reference: calls both with the same fields, the module's kernel at
// several addresses.

import { expect } from "vitest";
import { type Random, random } from "../src/core/random.ts";
import { type ElementType, elementBytes, type Vector, viewOf, zeros } from "../src/core/vector.ts";
import type { Kernels } from "../src/kernels/kernels.ts";
import { referenceKernels } from "../src/kernels/reference.ts";
import { wasmKernels } from "../src/kernels/wasm.ts";
import { Memory } from "../src/kernels/webassembly.ts";

/** An argument in memory; null is the address 0, which means none. */
export type Field = Vector | Uint32Array | null;

export interface Trial {
  readonly kernel: keyof Kernels;
  readonly fields: readonly Field[];
  /** Positions of the fields that the kernel may write. */
  readonly writes: readonly number[];
  /** Positions of the fields that are scratch buffers. */
  readonly scratch?: readonly number[];
  /** The arguments of the call, from the addresses of the fields. */
  readonly call: (at: readonly number[]) => readonly number[];
}

/** The result of a call: its value, and the written fields in the order of `writes`. */
export interface Outcome {
  readonly value: number | undefined;
  readonly written: readonly Vector[];
}

/** Draws n numbers. */
export type Draw = (n: number, stream: Random) => Vector;

const PAGE = 65536;
const GUARD = 40; // bytes between two fields; their pattern is a number, and it must not change
const PATTERN = 0x41;
// Multiples of the bytes of a number; most of them are not multiples of 16, the bytes of a vector.
const ADDRESSES = { float64: [64, 200, PAGE - 24, PAGE - 32], float32: [64, 196, 204, PAGE - 20] } as const;
const EPSILON = { float64: Number.EPSILON, float32: 2 ** -23 } as const;
const SMALLEST_NORMAL = { float64: 2 ** -1022, float32: 2 ** -126 } as const;

export const ELEMENTS = ["float64", "float32"] as const;

const lengthOf = (field: Field): number => field?.length ?? 0;

/** Equal bit by bit; any NaN equals any other. */
export function expectSameBits(actual: Vector, expected: Vector, about: string): void {
  if (actual.length !== expected.length) expect(actual.length, about).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    if (!Object.is(actual[i], expected[i])) expect(actual[i], `${about} at ${i}`).toBe(expected[i]);
  }
}

function expectSame(actual: Outcome, expected: Outcome, trial: Trial): void {
  const about = `${String(trial.kernel)}(${trial.fields.map(lengthOf)})`;
  if (!Object.is(actual.value, expected.value)) expect(actual.value, about).toBe(expected.value);
  for (const [which, numbers] of expected.written.entries()) expectSameBits(actual.written[which]!, numbers, about);
}

/** Every length 0 … 33, so that the rest is groups, vectors or single numbers, and one long length. */
export const LENGTHS = [...Array.from({ length: 34 }, (_, n) => n), 1001];

const COMMON = [0, -0, 1, -1, 0.5, 2, NaN, Infinity, -Infinity, 36.5, -37.5, 22, -22, 1e-17];
const SPECIAL = {
  float64: [
    ...[...COMMON, Number.MIN_VALUE, -Number.MIN_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE],
    ...[2.2250738585072014e-308, -2.225073858507201e-308, 1e-310, 1e154, -1e154, 1e300, 1e-300],
    ...[709.782712893384, 709.8, -745.1332191019412, -745.2, -708.4],
  ],
  float32: [
    ...[...COMMON, 2 ** -149, -(2 ** -149), 3.4028234663852886e38, -3.4028234663852886e38],
    ...[2 ** -126, 2 ** -149 - 2 ** -126, 1e-40, 1.9e19, -1.9e19, 1e38, 1e-38, 88.7, 88.8, -87.4, -103.9, -104],
  ],
} as const;

/** The trials of one element type, whose fields fit into `pages` pages of memory. */
export function kernelTrials(elementType: ElementType, pages = 2) {
  const bytes = elementBytes(elementType);
  const epsilon = EPSILON[elementType];
  const smallestNormal = SMALLEST_NORMAL[elementType];
  const referenceMemory = new Memory({ initial: pages });
  const moduleMemory = new Memory({ initial: pages });
  const reference = referenceKernels(referenceMemory, elementType);
  const compiled = wasmKernels(moduleMemory, elementType);
  const bytesOf = new Map([referenceMemory, moduleMemory].map((memory) => [memory, new Uint8Array(memory.buffer)]));
  const expected = new Uint8Array(pages * PAGE); // what a memory contains after a call
  const clear = (from = 0, to = expected.length): void => {
    for (const each of [expected, ...bytesOf.values()]) each.fill(PATTERN, from, to);
  };
  clear();

  const numbers = (values: ArrayLike<number>): Vector => {
    const vector = zeros(elementType, values.length);
    vector.set(values);
    return vector;
  };
  const drawn = (n: number, draw: () => number): Vector => numbers(Array.from({ length: n }, draw));

  /**
   * Stores the fields from `address` on, calls the kernel, and checks that only the fields in `writes` changed. Before and after it,
   * all bytes of the memories have the pattern.
   */
  function outcome(kernels: Kernels, memory: Memory, trial: Trial, address: number): Outcome {
    const all = bytesOf.get(memory)!;
    let top = address;
    const addresses = trial.fields.map((field) => {
      if (field === null) return 0;
      const at = Math.ceil(top / field.BYTES_PER_ELEMENT) * field.BYTES_PER_ELEMENT;
      const own = new Uint8Array(field.buffer, field.byteOffset, field.byteLength);
      all.set(own, at);
      expected.set(own, at);
      top = at + Math.ceil(field.byteLength / bytes) * bytes + GUARD;
      return at;
    });
    expect(top).toBeLessThan(all.length);
    const kernel = kernels[trial.kernel] as (...args: readonly number[]) => number | undefined;
    const value = kernel(...trial.call(addresses));
    const changed = (which: number): Uint8Array => {
      const at = addresses[which]!;
      const own = all.subarray(at, at + trial.fields[which]!.byteLength);
      expected.set(own, at);
      return own;
    };
    const written = trial.writes.map((which) => {
      const { byteOffset, byteLength } = changed(which);
      return viewOf(elementType, memory.buffer, byteOffset, byteLength / bytes).slice();
    });
    trial.scratch?.forEach(changed);
    if (Buffer.compare(all, expected) !== 0) {
      const at = all.findIndex((byte, i) => byte !== expected[i]);
      clear();
      throw new Error(`${trial.kernel} wrote at ${at}, outside ${addresses} of lengths ${trial.fields.map(lengthOf)}`);
    }
    all.fill(PATTERN, address, top);
    expected.fill(PATTERN, address, top);
    return { value, written };
  }

  /** Both outcomes; that of the module must have the same bits at every address, and when repeated. */
  function tryKernel(trial: Trial): { reference: Outcome; module: Outcome } {
    const [first, second] = ADDRESSES[elementType];
    const module = outcome(compiled, moduleMemory, trial, first);
    for (const address of ADDRESSES[elementType])
      expectSame(outcome(compiled, moduleMemory, trial, address), module, trial);
    return { reference: outcome(reference, referenceMemory, trial, second), module };
  }

  /** The module's outcome must have the bits of the reference, its value too. */
  function expectBits(trial: Trial): void {
    const { reference, module } = tryKernel(trial);
    expectSame(module, reference, trial);
  }

  /** |actual − expected| ≤ (4 + length) · ε · Σ |terms|, or as many of the smallest numbers. */
  function expectSum(actual: number, expected: number, terms: readonly number[], about = ""): void {
    const absolute = terms.reduce((sum, term) => sum + Math.abs(term), 0);
    const allowed = (4 + terms.length) * epsilon * Math.max(absolute, smallestNormal);
    if (!(Number.isFinite(expected) && Math.abs(actual - expected) <= allowed)) {
      expect.fail(`${about}: got ${actual}, expected ${expected} ± ${allowed}`);
    }
  }

  /** The written numbers must have the bits of the reference for float64, and be within a sum's bound for float32. */
  function expectRounding(trial: Trial, termsOf: (which: number, i: number) => readonly number[]) {
    const outcomes = tryKernel(trial);
    for (const [which, expected] of outcomes.reference.written.entries()) {
      const actual = outcomes.module.written[which]!;
      const about = (i: number | string) => `${trial.kernel} ${which} at ${i} of ${expected.length}`;
      if (elementType === "float64") expectSameBits(actual, expected, about("some"));
      else for (const [i, x] of expected.entries()) expectSum(actual[i]!, x, termsOf(which, i), about(i));
    }
    return outcomes;
  }

  /** Normal numbers. */
  const tame: Draw = (n, stream) => drawn(n, () => stream.normal());

  /** Numbers from 1e-10 to 1e10, so that products of three neither overflow nor vanish, zeros, and subnormal ones. */
  const broad: Draw = (n, stream) =>
    drawn(n, () => {
      const kind = stream.uniform();
      if (kind < 0.1) return kind < 0.05 ? 0 : -0;
      if (kind < 0.2) return stream.normal() * smallestNormal;
      return stream.normal() * 10 ** Math.floor(20 * stream.uniform() - 10);
    });

  /** All kinds of numbers: special ones, random bits, and normal ones. */
  const wild: Draw = (n, stream) => {
    const bits = new Uint32Array(2);
    const number = viewOf(elementType, bits.buffer, 0, 1);
    return drawn(n, () => {
      const kind = stream.uniform();
      const special = SPECIAL[elementType];
      if (kind < 0.3) return special[Math.floor(stream.uniform() * special.length)]!;
      if (kind < 0.7) return stream.normal() * 10;
      bits[0] = Math.floor(stream.uniform() * 4294967296);
      bits[1] = Math.floor(stream.uniform() * 4294967296);
      return number[0]!;
    });
  };

  /** Runs a trial for each length, with its own random stream. */
  function eachLength(kinds: readonly Draw[], use: (n: number, draw: () => Vector) => void): void {
    for (const n of LENGTHS) {
      for (const kind of kinds) {
        for (let seed = 0; seed < (kind !== tame && n < 34 ? 5 : 1); seed++) {
          const stream = random(1000 * n + seed);
          use(n, () => kind(n, stream));
        }
      }
    }
  }

  return {
    ...{ epsilon, smallestNormal, numbers, tame, broad, wild, eachLength },
    ...{ tryKernel, expectBits, expectRounding, expectSum },
  };
}
