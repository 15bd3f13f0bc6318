// One of two threads that read memory at the same time.
import { parentPort, workerData } from "node:worker_threads";
import { openTopSpeeds } from "./topSpeedsModule.ts";

const { round, done, bytes } = workerData as { round: Int32Array; done: Int32Array; bytes: number };
const { sumAll } = openTopSpeeds(bytes);
parentPort!.postMessage("ready");
for (let seen = 0; ; seen++) {
  Atomics.wait(round, 0, seen);
  sumAll();
  Atomics.add(done, 0, 1);
  Atomics.notify(done, 0);
}
