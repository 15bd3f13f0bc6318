import { type ElementType, elementBytes, type Vector, viewOf } from "../../core/vector.ts";
import type { Address } from "../kernels.ts";
import type { Memory } from "../webassembly.ts";

/** Views of a memory at an address. Every call makes a new view, because a memory detaches its views when it grows. */
export interface Views {
  /** `length` numbers of the element type. */
  numbers(at: Address, length: number): Vector;
  /** `length` numbers in float64, whatever the element type is. */
  doubles(at: Address, length: number): Float64Array;
  /** `length` unsigned 32-bit integers. */
  integers(at: Address, length: number): Uint32Array;
  /** All bytes of the memory. */
  everything(): Uint8Array;
  /** Bytes of one number of the element type. */
  readonly bytes: number;
  /** x, or 0 where |x| is below the smallest size of a stored parameter; NaN stays NaN. */
  withoutTiny(x: number): number;
}

/** 2^−960 and 2^−100: negligible, and yet so large that a product with a rate or a penalty is not subnormal. */
const SMALLEST = { float64: 1.0261342003245941e-289, float32: 7.888609052210118e-31 };

export const viewsOf = (memory: Memory, elementType: ElementType): Views => ({
  numbers: (at, length) => viewOf(elementType, memory.buffer, at, length),
  doubles: (at, length) => new Float64Array(memory.buffer, at, length),
  integers: (at, length) => new Uint32Array(memory.buffer, at, length),
  everything: () => new Uint8Array(memory.buffer),
  bytes: elementBytes(elementType),
  withoutTiny: (x) => (Math.abs(x) < SMALLEST[elementType] ? 0 : x),
});
