import { readFileSync } from "node:fs";

export interface TopSpeedsModule {
  /** Sum of all float64 numbers in memory; each is 1. */
  sumAll(): number;
  /** Each turn makes 16 multiply-adds; the 32-bit function makes 32. */
  multiplyAdds64(turns: number, factor: number): number;
  multiplyAdds32(turns: number, factor: number): number;
}

interface Exports extends TopSpeedsModule {
  readonly memory: WebAssembly.Memory;
  sum(from: number, n: number): number;
}

const PAGE = 65536;

/** Opens the compiled assembly/topSpeeds.ts with this many bytes (a multiple of 64) in its memory. */
export function openTopSpeeds(bytes: number, wasm = new URL("../../topSpeeds.wasm", import.meta.url)): TopSpeedsModule {
  const module = new WebAssembly.Module(readFileSync(wasm));
  const exports = new WebAssembly.Instance(module).exports as unknown as Exports;
  const from = exports.memory.grow(Math.ceil(bytes / PAGE)) * PAGE;
  // The system gives a page of memory to a process when it is first written.
  new Float64Array(exports.memory.buffer, from, bytes / 8).fill(1);
  return { ...exports, sumAll: () => exports.sum(from, bytes / 8) };
}
