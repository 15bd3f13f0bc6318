// One kernel called on the same fields by the reference and, in several places of memory, by the compiled module.

import { expect } from "vitest";
import { type Random, random } from "../src/core/random.ts";
import type { Kernels } from "../src/kernels/kernels.ts";
import { referenceKernels } from "../src/kernels/reference.ts";
import { wasmKernels } from "../src/kernels/wasm.ts";
import { newMemory } from "../src/kernels/webassembly.ts";

/** An argument that lies in memory; null is the address 0, none. */
export type Field = Float64Array | Uint32Array | null;

export interface Trial {
  readonly kernel: keyof Kernels;
  readonly fields: readonly Field[];
  /** Positions among the fields of those that the kernel may write. */
  readonly writes: readonly number[];
  /** Positions among the fields of those whose contents mean nothing. */
  readonly scratch?: readonly number[];
  /** The arguments of the call, given the addresses of the fields. */
  readonly call: (at: readonly number[]) => readonly number[];
}

/** What a call left: its value, and the written fields in the order of `writes`. */
export interface Outcome {
  readonly value: number | undefined;
  readonly written: readonly Float64Array[];
}

const PAGES = 2;
const GUARD = 40; // bytes between fields, of a pattern that is a number when read as one
const PATTERN = 0x41;
const PLACES = [64, 200, 65536 - 24, 65536 - 32] as const; // 200 and 65512 are multiples of 8, not of 16
const referenceMemory = new newMemory({ initial: PAGES });
const moduleMemory = new newMemory({ initial: PAGES });
const reference = referenceKernels(referenceMemory);
const compiled = wasmKernels(moduleMemory);

/** Lays the fields from `place` on, calls, and checks that nothing but the fields to be written changed. */
function outcome(kernels: Kernels, memory: { buffer: ArrayBuffer }, trial: Trial, place: number): Outcome {
  const all = new Uint8Array(memory.buffer).fill(PATTERN);
  let top = place;
  const addresses = trial.fields.map((field) => {
    if (field === null) return 0;
    const at = top;
    all.set(new Uint8Array(field.buffer, field.byteOffset, field.byteLength), at);
    top += Math.ceil(field.byteLength / 8) * 8 + GUARD;
    return at;
  });
  expect(top).toBeLessThan(all.length);
  const expected = all.slice();
  const kernel = kernels[trial.kernel] as (...args: readonly number[]) => number | undefined;
  const value = kernel(...trial.call(addresses));
  const written = trial.writes.map((which) => {
    const at = addresses[which]!;
    const { byteLength } = trial.fields[which]!;
    expected.set(all.subarray(at, at + byteLength), at);
    return new Float64Array(memory.buffer, at, byteLength / 8).slice();
  });
  for (const which of trial.scratch ?? []) {
    const at = addresses[which]!;
    expected.set(all.subarray(at, at + trial.fields[which]!.byteLength), at);
  }
  if (Buffer.compare(all, expected) !== 0) {
    const at = all.findIndex((byte, i) => byte !== expected[i]);
    throw new Error(`${trial.kernel} wrote at ${at}, outside ${addresses} of lengths ${trial.fields.map(lengthOf)}`);
  }
  return { value, written };
}

const lengthOf = (field: Field): number => field?.length ?? 0;

/** The outcomes of both; that of the module must have the same bits in every place and when repeated. */
export function tryKernel(trial: Trial): { reference: Outcome; module: Outcome } {
  const module = outcome(compiled, moduleMemory, trial, PLACES[0]);
  for (const place of PLACES) expectSame(outcome(compiled, moduleMemory, trial, place), module, trial);
  return { reference: outcome(reference, referenceMemory, trial, PLACES[1]), module };
}

/** The module's outcome must have the bits of the reference, its value too. */
export function expectBits(trial: Trial): void {
  const { reference, module } = tryKernel(trial);
  expectSame(module, reference, trial);
}

function expectSame(actual: Outcome, expected: Outcome, trial: Trial): void {
  const about = `${String(trial.kernel)}(${trial.fields.map(lengthOf)})`;
  if (!Object.is(actual.value, expected.value)) expect(actual.value, about).toBe(expected.value);
  for (const [which, numbers] of expected.written.entries()) expectSameBits(actual.written[which]!, numbers, about);
}

/** Equal bit by bit; any NaN equals any other. */
export function expectSameBits(actual: Float64Array, expected: Float64Array, about: string): void {
  expect(actual.length, about).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    if (!Object.is(actual[i], expected[i])) expect(actual[i], `${about} at ${i}`).toBe(expected[i]);
  }
}

/** |actual − expected| ≤ (4 + length) · ε · Σ |terms|. */
export function expectSum(actual: number, expected: number, terms: readonly number[], about = ""): void {
  const absolute = terms.reduce((sum, term) => sum + Math.abs(term), 0);
  const allowed = (4 + terms.length) * Number.EPSILON * absolute;
  expect(Number.isFinite(expected), about).toBe(true);
  if (!(Math.abs(actual - expected) <= allowed)) {
    expect.fail(`${about}: got ${actual}, expected ${expected} ± ${allowed}`);
  }
}

/** Every length 0 … 33, so that whole groups, whole vectors and single numbers are all left over, and a long one. */
export const LENGTHS = [...Array.from({ length: 34 }, (_, n) => n), 1001];

const SPECIAL = [
  ...[0, -0, 1, -1, 0.5, 2, NaN, Infinity, -Infinity, Number.MIN_VALUE, -Number.MIN_VALUE, Number.MAX_VALUE],
  ...[-Number.MAX_VALUE, 2.2250738585072014e-308, -2.225073858507201e-308, 1e-310, 1e154, -1e154, 1e300, 1e-300],
  ...[36.5, -37.5, 22, -22, 709.782712893384, 709.8, -745.1332191019412, -745.2, -708.4, 1e-17],
];

/** Normal numbers. */
export const tame = (n: number, stream: Random): Float64Array =>
  Float64Array.from({ length: n }, () => stream.normal());

/** Every kind of number: special ones, random bits, and normal ones. */
export function wild(n: number, stream: Random): Float64Array {
  const bits = new Uint32Array(2);
  const number = new Float64Array(bits.buffer);
  return Float64Array.from({ length: n }, () => {
    const kind = stream.uniform();
    if (kind < 0.3) return SPECIAL[Math.floor(stream.uniform() * SPECIAL.length)]!;
    if (kind < 0.7) return stream.normal() * 10;
    bits[0] = Math.floor(stream.uniform() * 4294967296);
    bits[1] = Math.floor(stream.uniform() * 4294967296);
    return number[0]!;
  });
}

/** Both kinds of numbers for each length, with a stream of its own. */
export function eachLength(use: (n: number, numbers: (length?: number) => Float64Array, stream: Random) => void): void {
  for (const n of LENGTHS) {
    for (const kind of [tame, wild]) {
      for (let seed = 0; seed < (kind === wild && n < 34 ? 5 : 1); seed++) {
        const stream = random(1000 * n + seed);
        use(n, (length = n) => kind(length, stream), stream);
      }
    }
  }
}
