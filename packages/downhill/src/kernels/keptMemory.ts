// The memory of a fit that has ended, with the kernels for it, is kept for the next fit. A new one takes about 0.1 ms, and an
// engine calls the functions of a new instance slowly at first.
import type { ElementType } from "../core/vector.ts";
import type { BindKernels, Kernels } from "./kernels.ts";
import { wasmKernels } from "./wasm.ts";
import { Memory } from "./webassembly.ts";

/** A memory, and the kernels that work on it. */
export interface KernelMemory {
  readonly memory: Memory;
  readonly kernels: Kernels;
  readonly elementType: ElementType;
  /** Whether it may contain numbers of an earlier run. */
  readonly isUsed: boolean;
}

/** A memory that is larger than this is not kept. */
const MAX_BYTES = 4194304;

/** The last memory of each element type that no fit uses. The next garbage collection may free it. */
const kept = new Map<ElementType, WeakRef<KernelMemory>>();

/** The memories that a call of `inKeptMemory` uses, by the kernels of the call. */
const inUse = new WeakMap<BindKernels, KernelMemory[]>();

/**
 * Calls a function with kernels whose memories are used again by later calls. The function must not return anything that uses
 * these memories. With other kernels than those of the WebAssembly module, no memory is kept.
 */
export function inKeptMemory<T>(kernels: BindKernels, use: (kernels: BindKernels) => T): T {
  if (kernels !== wasmKernels) return use(kernels);
  const own: BindKernels = (memory, elementType) => wasmKernels(memory, elementType);
  const memories: KernelMemory[] = [];
  inUse.set(own, memories);
  try {
    return use(own);
  } finally {
    inUse.delete(own);
    for (const each of memories) {
      if (each.memory.buffer.byteLength <= MAX_BYTES) kept.set(each.elementType, new WeakRef(each));
    }
  }
}

/** A memory for these kernels: a kept one, which holds the numbers of an earlier run, or a new one of one page. */
export function memoryFor(bind: BindKernels, elementType: ElementType): KernelMemory {
  const memories = inUse.get(bind);
  const last = memories && kept.get(elementType)?.deref();
  if (last) kept.delete(elementType);
  const found = last ? { ...last, isUsed: true } : newMemory(bind, elementType);
  memories?.push(found);
  return found;
}

function newMemory(bind: BindKernels, elementType: ElementType): KernelMemory {
  const memory = new Memory({ initial: 1 });
  return { memory, kernels: bind(memory, elementType), elementType, isUsed: false };
}
