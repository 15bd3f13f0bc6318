// Only for workers.
import { nodeThreads, type Port } from "./nodeThreads.ts";

const self = globalThis as unknown as Port;

/** A worker's connection to the thread that started it: the worker itself if it is a web worker, else Node's port. */
export const port: Port = typeof self.postMessage === "function" ? self : nodeThreads()!.parentPort!;
