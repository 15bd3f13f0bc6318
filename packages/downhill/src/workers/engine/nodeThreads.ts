// What we use of Node's worker_threads; TypeScript ships its types only with those of Node.

export interface NodeThreads {
  readonly Worker: new (source: string, options: { eval: true; execArgv: readonly string[] }) => NodeWorker;
  /** The way to whoever started this thread; null in the main one. */
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

/** One end of a channel, as browsers and Node both have it. */
export interface Port {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;
}

/** Asked of the process and not imported: bundlers for browsers then find nothing to resolve. Undefined in browsers. */
export const nodeThreads = (): NodeThreads | undefined =>
  (
    globalThis as unknown as { process?: { getBuiltinModule?(name: string): NodeThreads | undefined } }
  ).process?.getBuiltinModule?.("node:worker_threads");
