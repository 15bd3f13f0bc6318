// The memory of a fit that has ended, with the kernels for it, is kept for the next fit. A new one takes about 0.1 ms, and an
// engine calls the functions of a new instance slowly at first.
import type { ElementType } from "../core/vector.ts";
import type { BindKernels, Kernels } from "./kernels.ts";
import { wasmKernels } from "./wasm.ts";
import { Memory, MOST_PAGES, PAGE } from "./webassembly.ts";

/** A memory, and the kernels that work on it. */
export interface KernelMemory {
  readonly memory: Memory;
  readonly kernels: Kernels;
  readonly elementType: ElementType;
  /** Whether it may contain numbers of an earlier run. */
  isUsed: boolean;
}

/** A run that needs more than this works in a memory of its own kind, so that a small fit does not keep a large memory alive. */
const SMALL = 1 << 22;

/** A memory that is larger than this is not kept. */
const MAX_BYTES = 1 << 28;

/** The last small and the last large memory of each element type that no fit uses. A garbage collection may free it. */
const kept = new Map<string, WeakRef<KernelMemory>>();

/**
 * Holds the large memories until the next garbage collection, so that only the one after it frees them: a new large memory often causes a
 * garbage collection right after its fit.
 */
const held = new FinalizationRegistry<KernelMemory>(() => {});

const keyOf = (elementType: ElementType, bytes: number): string => `${elementType} ${bytes > SMALL}`;

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
      const bytes = each.memory.buffer.byteLength;
      each.isUsed = true;
      if (bytes > MAX_BYTES) continue;
      kept.set(keyOf(each.elementType, bytes), new WeakRef(each));
      if (bytes > SMALL) held.register({}, each);
    }
  }
}

/** One memory of a page for each element type and these kernels. */
const idle = new WeakMap<BindKernels, Partial<Record<ElementType, Pick<KernelMemory, "memory" | "kernels">>>>();

/** A memory for plans that only add up sizes, with its kernels. No run uses it. */
export function idleMemory(bind: BindKernels, elementType: ElementType, shared: boolean) {
  const own = inUse.has(bind) ? wasmKernels : bind;
  const all = idle.get(own) ?? {};
  idle.set(own, all);
  all[elementType] ??= newMemory(own, elementType, 1, shared);
  return all[elementType];
}

/**
 * A memory of at least so many bytes for these kernels: a kept one, which holds the numbers of an earlier run, or a new one.
 *
 * @param shared  whether threads can share it; such a memory is never kept
 */
export function memoryFor(bind: BindKernels, elementType: ElementType, bytes: number, shared: boolean): KernelMemory {
  const pages = Math.ceil(bytes / PAGE);
  const memories = inUse.get(bind);
  const found = memories && keptMemory(elementType, bytes);
  const missing = found ? pages - found.memory.buffer.byteLength / PAGE : 0;
  if (missing > 0) found!.memory.grow(missing);
  const memory = found ?? newMemory(bind, elementType, pages, shared);
  memories?.push(memory);
  return memory;
}

function newMemory(bind: BindKernels, elementType: ElementType, pages: number, shared: boolean): KernelMemory {
  const memory = new Memory({ initial: pages, ...(shared && { maximum: MOST_PAGES, shared }) });
  return { memory, kernels: bind(memory, elementType), elementType, isUsed: false };
}

/** The kept memory for a run that needs so many bytes; undefined if there is none. A large one of more than twice the bytes is no longer kept. */
function keptMemory(elementType: ElementType, bytes: number): KernelMemory | undefined {
  const key = keyOf(elementType, bytes);
  const last = kept.get(key)?.deref();
  kept.delete(key);
  return last && last.memory.buffer.byteLength <= Math.max(SMALL, 2 * bytes) ? last : undefined;
}
