// The part of Node's worker_threads that we use; TypeScript has these types only in Node's own packages.

export interface NodeThreads {
  readonly Worker: new (source: string, options: { eval: true; execArgv: readonly string[] }) => NodeWorker;
  /** The connection to the thread that started this one; null in the main thread. */
  readonly parentPort: Port | null;
}

export interface NodeWorker {
  on(event: "message", listener: (message: unknown) => void): void;
  on(event: "error" | "messageerror", listener: (error: Error) => void): void;
  on(event: "exit", listener: (code: number) => void): void;
  postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
  terminate(): Promise<number>;
  unref(): void;
}

/** One end of a channel; browsers and Node both have it. */
export interface Port {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;
}

/** Node's module, or undefined in browsers. It is not imported, so that bundlers for browsers have nothing to resolve. */
export const nodeThreads = (): NodeThreads | undefined =>
  (
    globalThis as unknown as { process?: { getBuiltinModule?(name: string): NodeThreads | undefined } }
  ).process?.getBuiltinModule?.("node:worker_threads");
