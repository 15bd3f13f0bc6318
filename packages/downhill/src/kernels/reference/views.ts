import type { Address } from "../kernels.ts";
import type { Memory } from "../webassembly.ts";

/** `length` float64 numbers at an address. Views are made per call, since a memory detaches them when it grows. */
export const numbers = (memory: Memory, at: Address, length: number): Float64Array =>
  new Float64Array(memory.buffer, at, length);

/** `length` whole numbers of 32 bits at an address. */
export const wholes = (memory: Memory, at: Address, length: number): Uint32Array =>
  new Uint32Array(memory.buffer, at, length);

/** The numbers at an address, or null when it is 0: none. */
export const numbersOrNone = (memory: Memory, at: Address, length: number): Float64Array | null =>
  at === 0 ? null : numbers(memory, at, length);
