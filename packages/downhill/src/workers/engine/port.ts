// Runs in workers only.
import { nodeThreads, type Port } from "./nodeThreads.ts";

const own = globalThis as unknown as Port;

/** A worker's way to its starter: the worker itself where it is a web worker, Node's port otherwise. */
export const port: Port = typeof own.postMessage === "function" ? own : nodeThreads()!.parentPort!;
