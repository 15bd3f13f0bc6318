// Memory that contains a table, and free memory after it. A run on this table can store its own numbers there, and needs no copy of
// the table.
import type { Memory } from "./webassembly.ts";

export interface LentMemory {
  readonly memory: Memory;
  /** The first free byte; all bytes from here are 0. */
  readonly free: number;
  /** Whether threads can share the memory. */
  readonly shared: boolean;
}

const lent = new WeakMap<object, LentMemory>();

/** Lends memory to the next run on its table. It must not grow afterwards, and nothing else may use the free part. */
export function lendMemory(own: LentMemory): void {
  lent.set(own.memory.buffer, own);
}

/** The memory of a buffer that was lent and that no run has taken. */
export const lentMemory = (buffer: ArrayBufferLike): LentMemory | undefined => lent.get(buffer);

/** Makes the memory unavailable to other runs. */
export function takeMemory({ memory }: LentMemory): void {
  lent.delete(memory.buffer);
}
