// What the machine can do at most, measured on the spot, on one thread and within WebAssembly.
import { readFileSync } from "node:fs";
import type { Size } from "../workload.ts";

export interface Floors {
  /** Streaming numbers from memory and summing them, over 400 MB. */
  readonly bytesPerSecond: number;
  /** Of double precision, in registers, two at a time. */
  readonly multiplyAddsPerSecond: number;
}

interface Module {
  readonly memory: WebAssembly.Memory;
  sum(from: number, n: number): number;
  multiplyAdds(turns: number, factor: number): number;
}

const PAGE = 65536;
const REPEATS = 7;

/** The best of several runs of each. */
export function measureFloors(size: Size): Floors {
  const bytes = readFileSync(new URL("../../floors.wasm", import.meta.url));
  const module = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as Module;
  const length = (size === "quick" ? 40_000_000 : 400_000_000) / 8;
  const from = module.memory.grow(Math.ceil((8 * length) / PAGE)) * PAGE;
  new Float64Array(module.memory.buffer, from, length).fill(1); // pages that nobody wrote to are not in memory
  const turns = size === "quick" ? 2_000_000 : 20_000_000;
  return {
    bytesPerSecond: (8 * length) / leastSeconds(() => module.sum(from, length)),
    multiplyAddsPerSecond: (16 * turns) / leastSeconds(() => module.multiplyAdds(turns, 0.5)),
  };
}

function leastSeconds(work: () => void): number {
  let least = Infinity;
  for (let i = 0; i < REPEATS; i++) {
    const began = performance.now();
    work();
    least = Math.min(least, (performance.now() - began) / 1000);
  }
  return least;
}
