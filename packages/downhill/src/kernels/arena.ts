import { InputRangeError } from "../core/check.ts";
import { type ElementType, elementBytes, type Vector, viewOf } from "../core/vector.ts";
import { idleMemory, memoryFor } from "./keptMemory.ts";
import { type Address, AFFINE_SCRATCH, type BindKernels, type Kernels } from "./kernels.ts";
import { lentMemory, takeMemory } from "./lentMemory.ts";
import type { Ranks } from "./ranks.ts";
import { type Memory, MOST_PAGES, PAGE } from "./webassembly.ts";

/** The memory of one run: parameters, gradients, data and scratch buffers side by side, with the kernels for them. */
export interface Arena {
  /** The element type of the run's numbers. */
  readonly elementType: ElementType;
  /** Bytes of one number of this type. */
  readonly bytes: number;
  /** The functions that work on this memory. */
  readonly kernels: Kernels;
  /** The memory. */
  readonly memory: Memory;
  /** The processes that share the sums of the run; absent if there is one. */
  readonly ranks?: Ranks | undefined;
  /** Reserves a vector of zeros, or of the numbers that `write` sets: it must set all. */
  vector(length: number, write?: (view: Vector) => void): Vector;
  /** Reserves a list of zeros, float64 for both element types, or of the numbers that `write` sets. */
  doubles(length: number, write?: (view: Float64Array) => void): Float64Array;
  /** Reserves a list of unsigned 32-bit zeros, or of the numbers that `write` sets. */
  indices(length: number, write?: (view: Uint32Array) => void): Uint32Array;
  /** Reserves `bytes` bytes, which may contain any numbers. */
  reserve(bytes: number): Address;
  /** The address of the AFFINE_SCRATCH bytes that all affine maps of this arena share, because each call overwrites them. */
  affineScratch(): Address;
  /** Reserves the memory in which another thread will run `plan`, on the arena that `arenaAt` returns. */
  reserveFor(plan: (arena: Arena) => unknown): Address;
}

const GIB = 1073741824;
const ALIGNMENT = 64; // a cache line; nothing is stored at address 0, because 0 means "none"

interface AllocateOptions {
  readonly shared?: boolean;
  readonly buffer?: ArrayBufferLike | undefined;
  readonly ranks?: Ranks | undefined;
}

/**
 * Makes an arena that is just large enough for `plan`, and returns the result of `plan`.
 *
 * The plan runs twice: first to add up the sizes, then to store the data in a memory of this size. The memory never grows while it
 * is in use, so its views stay valid.
 *
 * @param plan  reserves memory in an arena, and returns the objects that use it. It must reserve the same memory each time,
 *   and must have no other effect
 * @param shared  whether other threads will use the memory [false]
 * @param buffer  the buffer that contains the run's inputs. If it was lent, can be shared if it must be, and has enough free memory, it
 *   is the arena's memory
 * @param ranks  the processes that share the sums of the run
 * @throws RangeError when the plan needs more memory than 32-bit addresses can reach (4 GiB)
 */
export function allocate<T>(
  bind: BindKernels,
  elementType: ElementType,
  plan: (arena: Arena) => T,
  { shared = false, buffer, ranks }: AllocateOptions = {},
): T {
  const lent = buffer && lentMemory(buffer);
  if (lent?.shared === shared) {
    const { memory } = lent;
    const kernels = bind(memory, elementType);
    const from = aligned(lent.free);
    const measuring = arenaOver(memory, kernels, elementType, { measuring: true, from, ranks });
    plan(measuring);
    if (measuring.used() <= memory.buffer.byteLength) {
      takeMemory(lent);
      return plan(arenaOver(memory, kernels, elementType, { from, ranks }));
    }
  }
  const unused = idleMemory(bind, elementType, shared);
  const measuring = arenaOver(unused.memory, unused.kernels, elementType, { measuring: true, ranks });
  plan(measuring);
  if (measuring.used() > MOST_PAGES * PAGE) {
    throw new InputRangeError(
      `train: data and parameters must fit into 4 GiB of memory, got ` +
        `${(measuring.used() / GIB).toFixed(1)} GiB. Use fewer rows or columns, or Float32Array data, which need half.`,
    );
  }
  const { memory, kernels, isUsed } = memoryFor(bind, elementType, measuring.used(), shared);
  return plan(arenaOver(memory, kernels, elementType, { clear: isUsed, ranks }));
}

const aligned = (size: number): number => Math.ceil(size / ALIGNMENT) * ALIGNMENT;

/** The result of a plan in an arena without data: its views are empty. For facts that need no data and no kernels. */
export function planOnly<T>(bind: BindKernels, elementType: ElementType, plan: (arena: Arena) => T): T {
  const { memory, kernels } = idleMemory(bind, elementType, false);
  return plan(arenaOver(memory, kernels, elementType, { measuring: true }));
}

/** The arena in the memory that `reserveFor` reserved for a plan, for the thread that runs the plan. */
export const arenaAt = (memory: Memory, kernels: Kernels, elementType: ElementType, from: Address): Arena =>
  arenaOver(memory, kernels, elementType, { from });

interface ArenaOptions {
  readonly measuring?: boolean;
  readonly clear?: boolean;
  readonly from?: Address;
  readonly ranks?: Ranks | undefined;
}

/** While `measuring`, views are empty and nothing is written. With `clear` the memory may contain numbers. */
function arenaOver(
  memory: Memory,
  kernels: Kernels,
  elementType: ElementType,
  { measuring = false, clear = false, from = ALIGNMENT, ranks }: ArenaOptions,
): Arena & { used(): number } {
  let used = from;
  let affine: Address | undefined;
  const bytes = elementBytes(elementType);
  const reserve = (size: number): Address => {
    const address = used;
    used += aligned(size);
    return address;
  };
  const start = (size: number): Address => {
    const address = reserve(size);
    return measuring ? 0 : address;
  };
  function filled<V extends Vector | Uint32Array>(view: V, write: ((view: V) => void) | undefined): V {
    if (write === undefined && clear) view.fill(0);
    if (!measuring) write?.(view);
    return view;
  }
  return {
    elementType,
    bytes,
    kernels,
    memory,
    ranks,
    reserve,
    affineScratch: () => (affine ??= reserve(AFFINE_SCRATCH)),
    reserveFor(plan) {
      const start = used;
      const inner = arenaOver(memory, kernels, elementType, { measuring: true, from: start });
      plan(inner);
      used = inner.used();
      return start;
    },
    used: () => used,
    vector: (length, write) =>
      filled(viewOf(elementType, memory.buffer, start(length * bytes), measuring ? 0 : length), write),
    doubles: (length, write) =>
      filled(new Float64Array(memory.buffer, start(length * 8), measuring ? 0 : length), write),
    indices: (length, write) =>
      filled(new Uint32Array(memory.buffer, start(length * 4), measuring ? 0 : length), write),
  };
}
