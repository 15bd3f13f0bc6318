// What the machine can do at most, measured on the spot and within WebAssembly.
import { Worker } from "node:worker_threads";
import type { Element, Size } from "../workload.ts";
import { openFloors } from "./lowerBoundsModule.ts";

export interface Floors {
  /** Streaming numbers from memory and summing them, over 400 MB, on one thread. */
  readonly bytesPerSecond: number;
  /** On two threads at once, each over its half. */
  readonly bytesPerSecondOnTwo: number;
  /** In registers, on one thread. */
  readonly multiplyAddsPerSecond: Readonly<Record<Element, number>>;
}

const REPEATS = 7;

/** The best of several runs of each. */
export async function measureFloors(size: Size): Promise<Floors> {
  const bytes = size === "quick" ? 40_000_000 : 400_000_000;
  const turns = size === "quick" ? 2_000_000 : 20_000_000;
  const bytesPerSecondOnTwo = bytes / (await leastSecondsOnTwo(bytes / 2));
  const { sumAll, multiplyAdds64, multiplyAdds32 } = openFloors(bytes);
  return {
    bytesPerSecond: bytes / leastSeconds(sumAll),
    bytesPerSecondOnTwo,
    multiplyAddsPerSecond: {
      float64: (16 * turns) / leastSeconds(() => multiplyAdds64(turns, 0.5)),
      float32: (32 * turns) / leastSeconds(() => multiplyAdds32(turns, 0.5)),
    },
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

/** Two workers sum their bytes when the round's number changes, and count themselves when they are done. */
async function leastSecondsOnTwo(bytesEach: number): Promise<number> {
  const [round, done] = [new Int32Array(new SharedArrayBuffer(4)), new Int32Array(new SharedArrayBuffer(4))];
  const url = new URL("./lowerBoundsWorker.js", import.meta.url);
  const workers = [0, 1].map(() => new Worker(url, { workerData: { round, done, bytes: bytesEach } }));
  await Promise.all(workers.map((worker) => new Promise((ready) => worker.once("message", ready))));
  const least = leastSeconds(() => {
    Atomics.store(done, 0, 0);
    Atomics.add(round, 0, 1);
    Atomics.notify(round, 0);
    for (let count = 0; count < 2; count = Atomics.load(done, 0)) Atomics.wait(done, 0, count);
  });
  await Promise.all(workers.map((worker) => worker.terminate()));
  return least;
}
