import { InputRangeError } from "../core/check.ts";
import { type Element, elementBytes, type Vector, viewOf } from "../core/vector.ts";
import type { Address, BindKernels, Kernels } from "./kernels.ts";
import { type Memory, newMemory } from "./webassembly.ts";

/** The memory of one run: parameters, gradients, slots, scratch and data, side by side, with the kernels over it. */
export interface Arena {
  readonly element: Element;
  /** Bytes of one element. */
  readonly bytes: number;
  readonly kernels: Kernels;
  readonly memory: Memory;
  /** `length` zeros, or what `write` makes of them. */
  vector(length: number, write?: (view: Vector) => void): Vector;
  /** `length` float64 zeros, whatever the element. */
  doubles(length: number): Float64Array;
  /** `length` unsigned 32-bit zeros, or what `write` makes of them. */
  indices(length: number, write?: (view: Uint32Array) => void): Uint32Array;
  /** Room for `bytes` bytes. */
  room(bytes: number): Address;
  /** Room for all that a plan asks for, which another thread will run there; see `arenaAt`. */
  roomFor(plan: (arena: Arena) => unknown): Address;
}

const PAGE = 65536;
const LIMIT = 65536 * PAGE; // what a 32-bit memory can address
const GIB = 1073741824;
const ALIGNMENT = 64; // a cache line; address 0 is never handed out, since it means "none"

/**
 * Runs `plan` on an arena that is just large enough for it.
 *
 * The plan is run twice: once to add up what it asks for, once for good; between the two the memory takes its size and
 * never grows again, so no view is ever detached. It must therefore ask for the same things each time and do nothing
 * else that shows outside.
 *
 * @param shared  whether other threads are to see the memory [false]
 * @throws RangeError when the plan asks for more than a 32-bit memory holds (4 GiB)
 */
export function allocate<T>(
  bind: BindKernels,
  element: Element,
  plan: (arena: Arena) => T,
  { shared = false }: { shared?: boolean } = {},
): T {
  const memory = shared ? new newMemory({ initial: 1, maximum: LIMIT / PAGE, shared }) : new newMemory({ initial: 1 });
  const kernels = bind(memory, element);
  const measuring = arenaOver(memory, kernels, element, { measuring: true });
  plan(measuring);
  const pages = Math.ceil(measuring.used() / PAGE);
  if (pages * PAGE > LIMIT) {
    throw new InputRangeError(
      `train: data and parameters must fit into ${LIMIT / GIB} GiB of memory, got ` +
        `${(measuring.used() / GIB).toFixed(1)} GiB. Use fewer rows or columns.`,
    );
  }
  if (pages > 1) memory.grow(pages - 1);
  return plan(arenaOver(memory, kernels, element, {}));
}

/** The arena of a plan that was given room in a run's memory, for the thread that runs it there. */
export const arenaAt = (memory: Memory, kernels: Kernels, element: Element, from: Address): Arena =>
  arenaOver(memory, kernels, element, { from });

function arenaOver(
  memory: Memory,
  kernels: Kernels,
  element: Element,
  { measuring = false, from = ALIGNMENT }: { measuring?: boolean; from?: Address },
): Arena & { used(): number } {
  let used = from;
  const bytes = elementBytes(element);
  const room = (size: number): Address => {
    const address = used;
    used += Math.ceil(size / ALIGNMENT) * ALIGNMENT;
    return address;
  };
  return {
    element,
    bytes,
    kernels,
    memory,
    room,
    roomFor(plan) {
      const start = used;
      const inner = arenaOver(memory, kernels, element, { measuring: true, from: start });
      plan(inner);
      used = inner.used();
      return start;
    },
    used: () => used,
    vector(length, write) {
      const address = room(length * bytes);
      const view = viewOf(element, memory.buffer, measuring ? 0 : address, measuring ? 0 : length);
      if (!measuring) write?.(view);
      return view;
    },
    doubles(length) {
      const address = room(length * 8);
      return new Float64Array(memory.buffer, measuring ? 0 : address, measuring ? 0 : length);
    },
    indices(length, write) {
      const address = room(length * 4);
      const view = new Uint32Array(memory.buffer, measuring ? 0 : address, measuring ? 0 : length);
      if (!measuring) write?.(view);
      return view;
    },
  };
}
