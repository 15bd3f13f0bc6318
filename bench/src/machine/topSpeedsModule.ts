import { readFileSync } from "node:fs";

export interface TopSpeedsModule {
  /** Sum of all float64 numbers in memory; each is 1. */
  sumAll(): number;
  /** One turn makes 24 multiply-adds in float64, or 48 in float32. */
  multiplyAdds64(turns: number, factor: number): number;
  multiplyAdds32(turns: number, factor: number): number;
}

interface Exports extends TopSpeedsModule {
  readonly memory: WebAssembly.Memory;
  sum(from: number, n: number): number;
}

const PAGE = 65536;

/** Loads the module compiled from assembly/topSpeeds.ts, with `bytes` bytes of numbers (a multiple of 64) to add up. */
export function openTopSpeeds(bytes: number, wasm = new URL("../../topSpeeds.wasm", import.meta.url)): TopSpeedsModule {
  const module = new WebAssembly.Module(readFileSync(wasm));
  const exports = new WebAssembly.Instance(module).exports as unknown as Exports;
  const from = exports.memory.grow(Math.ceil(bytes / PAGE)) * PAGE;
  // The system reserves a page of memory only when the process first writes to it.
  new Float64Array(exports.memory.buffer, from, bytes / 8).fill(1);
  return { ...exports, sumAll: () => exports.sum(from, bytes / 8) };
}
