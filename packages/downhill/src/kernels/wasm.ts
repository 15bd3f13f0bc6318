import { fromByteText } from "../core/byteText.ts";
import type { Element } from "../core/vector.ts";
import type { Address, BindKernels, Kernels } from "./kernels.ts";
import { bytes } from "./module.generated.ts";
import { Instance, type Memory, Module } from "./webassembly.ts";

/** The elementary functions of the module over n numbers in place, for the tests; tanh and sigmoid are kernels. */
export interface Elementary {
  expEach(x: Address, n: number): void;
  logEach(x: Address, n: number): void;
  /** For 0 ≤ x ≤ 1. */
  log1pEach(x: Address, n: number): void;
}

let inUse = bytes;
let compiled: object | undefined;

/** The module's bytes as text, to be sent to a worker. As bytes: not every browser can send a compiled module. */
export const moduleText = (): string => inUse;

/** Sets the module's bytes, in a worker: its source leaves them out, so that no library holds them twice. */
export function useModule(text: string): void {
  inUse = text;
}

/**
 * The compiled module over a memory: its exports themselves, so that a call costs nothing but the call. Those for float32
 * are named with a 32 behind.
 */
export function bindModule(memory: Memory, element: "float64"): Kernels & Elementary;
export function bindModule(memory: Memory, element: Element): Kernels;
export function bindModule(memory: Memory, element: Element): Kernels {
  compiled ??= new Module(fromByteText(inUse));
  return exportsOf(compiled, memory, element);
}

/** The kernels as compiled from assembly/; the module is compiled once, when they are first bound. */
export const wasmKernels: BindKernels = bindModule;

/** The kernels of a module's bytes, as text: of the one over shared memory, that threads load. */
export function kernelsOf(text: string): BindKernels {
  const module = new Module(fromByteText(text));
  return (memory, element) => exportsOf(module, memory, element);
}

function exportsOf(module: object, memory: Memory, element: Element): Kernels & Elementary {
  const { exports } = new Instance(module, { env: { memory } });
  if (element === "float64") return exports as unknown as Kernels & Elementary;
  const own = Object.entries(exports).filter(([name]) => name.endsWith("32"));
  return Object.fromEntries(own.map(([name, kernel]) => [name.slice(0, -2), kernel])) as unknown as Kernels &
    Elementary;
}
