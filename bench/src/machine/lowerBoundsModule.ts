import { readFileSync } from "node:fs";

export interface FloorModule {
  /** Sums all bytes, as numbers of double precision. */
  sumAll(): void;
  multiplyAdds64(turns: number, factor: number): number;
  multiplyAdds32(turns: number, factor: number): number;
}

interface Exports extends FloorModule {
  readonly memory: WebAssembly.Memory;
  sum(from: number, n: number): number;
}

const PAGE = 65536;

/** The compiled assembly/lowerBounds.ts, with so many bytes in memory. */
export function openFloors(bytes: number): FloorModule {
  const code = readFileSync(new URL("../../lowerBounds.wasm", import.meta.url));
  const module = new WebAssembly.Instance(new WebAssembly.Module(code)).exports as unknown as Exports;
  const from = module.memory.grow(Math.ceil(bytes / PAGE)) * PAGE;
  new Float64Array(module.memory.buffer, from, bytes / 8).fill(1); // pages that nobody wrote to are not in memory
  return { ...module, sumAll: () => module.sum(from, bytes / 8) };
}
