import { fromByteText } from "../core/byteText.ts";
import type { ElementType } from "../core/vector.ts";
import type { BindKernels, Kernels } from "./kernels.ts";
import { bytes } from "./module.generated.ts";
import { Instance, type Memory, Module } from "./webassembly.ts";

let inUse = bytes;
let compiled: object | undefined;

/** The module's bytes as text, for a worker. A compiled module is not sent, because not every browser can send one. */
export const moduleText = (): string => inUse;

/** Sets the module's bytes, in a worker: the worker's source leaves them out, so that the library contains them once. */
export function useModule(text: string): void {
  inUse = text;
}

/**
 * The kernels of assembly/ for a memory. They are the exports of the module themselves, so a call has no further cost. The
 * module is compiled once, at the first call.
 *
 * @throws Error when the engine does not compile the module
 */
export const wasmKernels: BindKernels = (memory, elementType) => {
  compiled ??= compile(inUse);
  return exportsOf(compiled, memory, elementType);
};

/** The kernels of another module, from its bytes as text: of the module for shared memory. */
export function kernelsOf(text: string): BindKernels {
  const module = compile(text);
  return (memory, elementType) => exportsOf(module, memory, elementType);
}

/** The bytes are the library's own and valid, so a page's policy, or an engine without SIMD, causes every error here. */
function compile(text: string): object {
  try {
    return new Module(fromByteText(text));
  } catch (cause) {
    throw new Error(
      "downhill: the page or the engine did not allow to compile the library's WebAssembly module. If the page has a " +
        "Content-Security-Policy, add 'wasm-unsafe-eval' to its script-src. If it has none, use an engine with " +
        `WebAssembly SIMD. The engine reported: ${(cause as Error).message}`,
      { cause },
    );
  }
}

/** The exports for one element type. The names of those for float32 end in 32; a kernel without one is the same for both types. */
function exportsOf(module: object, memory: Memory, elementType: ElementType): Kernels {
  const { exports } = new Instance(module, { env: { memory } });
  if (elementType === "float64") return exports as unknown as Kernels;
  const names = Object.keys(exports).filter((name) => !name.endsWith("32"));
  return Object.fromEntries(names.map((name) => [name, exports[`${name}32`] ?? exports[name]])) as unknown as Kernels;
}
