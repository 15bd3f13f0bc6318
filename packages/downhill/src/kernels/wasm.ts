import { fromBase64 } from "../core/base64.ts";
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

let compiled: object | undefined;

/** The compiled module over a memory: its exports themselves, so that a call costs nothing but the call. */
export function bindModule(memory: Memory): Kernels & Elementary {
  compiled ??= new Module(fromBase64(bytes));
  return new Instance(compiled, { env: { memory } }).exports as unknown as Kernels & Elementary;
}

/** The kernels as compiled from assembly/; the module is compiled once, when they are first bound. */
export const wasmKernels: BindKernels = bindModule;
