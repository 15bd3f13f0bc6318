import { type Element, elementBytes, type Vector, viewOf } from "../../core/vector.ts";
import type { Address } from "../kernels.ts";
import type { Memory } from "../webassembly.ts";

/** A memory read at an address. Views are made per call, since a memory detaches them when it grows. */
export interface Views {
  /** `length` numbers. */
  numbers(at: Address, length: number): Vector;
  /** `length` float64 numbers, whatever the element. */
  doubles(at: Address, length: number): Float64Array;
  /** `length` whole numbers of 32 bits. */
  wholes(at: Address, length: number): Uint32Array;
  /** All bytes. */
  everything(): Uint8Array;
  /** Bytes of one number. */
  readonly bytes: number;
  /** 0 in place of what is smaller than a parameter, or a number that an optimizer remembers, can be; NaN stays. */
  withoutTiny(x: number): number;
}

/** 2^−960 and 2^−100: 0 to any use, yet a product with a rate or a penalty is no subnormal number. */
const LEAST = { float64: 1.0261342003245941e-289, float32: 7.888609052210118e-31 };

export const viewsOf = (memory: Memory, element: Element): Views => ({
  numbers: (at, length) => viewOf(element, memory.buffer, at, length),
  doubles: (at, length) => new Float64Array(memory.buffer, at, length),
  wholes: (at, length) => new Uint32Array(memory.buffer, at, length),
  everything: () => new Uint8Array(memory.buffer),
  bytes: elementBytes(element),
  withoutTiny: (x) => (Math.abs(x) < LEAST[element] ? 0 : x),
});
