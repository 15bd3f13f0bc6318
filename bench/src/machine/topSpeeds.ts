// The highest speeds of this machine within WebAssembly. They turn the work of a case into a lower bound of its time.
import { Worker } from "node:worker_threads";
import type { ElementType } from "../program.ts";
import type { Size } from "../workload.ts";
import { openTopSpeeds } from "./topSpeedsModule.ts";

export interface TopSpeeds {
  /** Reading and summing 400 MB, on one thread. */
  readonly bytesPerSecond: number;
  /** Two threads at once, each with half of the 400 MB. */
  readonly bytesPerSecondOnTwoThreads: number;
  /** Multiply-adds in registers, on one thread. */
  readonly multiplyAddsPerSecond: Readonly<Record<ElementType, number>>;
}

const REPEATS = 7;

/** Measures each speed several times and returns the highest. */
export async function measureTopSpeeds(size: Size): Promise<TopSpeeds> {
  const bytes = size === "quick" ? 40_000_000 : 400_000_000;
  const turns = size === "quick" ? 2_000_000 : 20_000_000;
  const bytesPerSecondOnTwoThreads = bytes / (await lowestSecondsOnTwoThreads(bytes / 2));
  const { sumAll, multiplyAdds64, multiplyAdds32 } = openTopSpeeds(bytes);
  return {
    bytesPerSecond: bytes / lowestSeconds(sumAll),
    bytesPerSecondOnTwoThreads,
    multiplyAddsPerSecond: {
      float64: (24 * turns) / lowestSeconds(() => multiplyAdds64(turns, 0.5)),
      float32: (48 * turns) / lowestSeconds(() => multiplyAdds32(turns, 0.5)),
    },
  };
}

function lowestSeconds(work: () => void): number {
  let lowest = Infinity;
  for (let i = 0; i < REPEATS; i++) {
    const began = performance.now();
    work();
    lowest = Math.min(lowest, (performance.now() - began) / 1000);
  }
  return lowest;
}

/** Two workers sum their bytes whenever `round` changes, and then increase `done`. */
async function lowestSecondsOnTwoThreads(bytesEach: number): Promise<number> {
  const [round, done] = [new Int32Array(new SharedArrayBuffer(4)), new Int32Array(new SharedArrayBuffer(4))];
  const url = new URL("./topSpeedsWorker.js", import.meta.url);
  const workers = [0, 1].map(() => new Worker(url, { workerData: { round, done, bytes: bytesEach } }));
  await Promise.all(workers.map((worker) => new Promise((ready) => worker.once("message", ready))));
  const lowest = lowestSeconds(() => {
    Atomics.store(done, 0, 0);
    Atomics.add(round, 0, 1);
    Atomics.notify(round, 0);
    for (let count = 0; count < 2; count = Atomics.load(done, 0)) Atomics.wait(done, 0, count);
  });
  await Promise.all(workers.map((worker) => worker.terminate()));
  return lowest;
}
