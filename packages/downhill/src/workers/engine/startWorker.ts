// How each engine starts a worker.
import { nodeThreads } from "./nodeThreads.ts";

/** A worker, for the thread that started it. */
export interface WorkerHandle {
  /** Sends a copy. Buffers in `transfer` are moved instead. Shared buffers are not copied: both threads use them. */
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  /** Ends the worker at once, also in the middle of its work. */
  terminate(): void;
  /** Lets the process end while the worker is alive, in engines that have processes. */
  unref(): void;
}

export interface Listeners {
  onMessage(message: unknown): void;
  /** Called with an uncaught error of the worker, with the reason why it did not start, or when it ended by itself. */
  onError(error: Error): void;
}

/**
 * Starts a worker with a source that imports nothing: a thread in Node, and elsewhere a module worker from a blob. If a
 * page's policy forbids such workers, the error for `onError` explains it.
 */
export function startWorker(source: string, listeners: Listeners): WorkerHandle {
  const { Worker, Blob, URL } = globalThis as unknown as Browser;
  return Worker === undefined ? startThread(source, listeners) : startWebWorker(Worker, Blob, URL, source, listeners);
}

function startThread(source: string, { onMessage, onError }: Listeners): WorkerHandle {
  const threads = nodeThreads();
  if (threads === undefined) {
    throw new Error(
      "startWorker: this engine has no workers. Train on the caller's thread, with fit and without threads.",
    );
  }
  // Without the options of the process, because some of them load files that are wrong for this source.
  const worker = new threads.Worker(source, { eval: true, execArgv: [] });
  worker.on("message", onMessage);
  worker.on("error", onError);
  worker.on("messageerror", onError);
  worker.on("exit", (code) =>
    onError(
      new Error(
        `worker: the thread ended before its work was done (exit code ${code}). ` +
          "Look for a call of process.exit, or a memory limit, in the code that this process loads into its threads.",
      ),
    ),
  );
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    terminate: () => void worker.terminate(),
    unref: () => worker.unref(),
  };
}

function startWebWorker(
  Worker: NonNullable<Browser["Worker"]>,
  Blob: Browser["Blob"],
  URL: Browser["URL"],
  source: string,
  { onMessage, onError }: Listeners,
): WorkerHandle {
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = new Worker(address, { type: "module" });
  worker.onmessage = ({ data }) => onMessage(data);
  worker.onerror = ({ message }) =>
    onError(
      new Error(
        message ||
          "startWorker: the page did not allow a worker from a blob. " +
            "Add blob: to worker-src in its Content-Security-Policy.",
      ),
    );
  worker.onmessageerror = () => onError(new Error("startWorker: a message of the worker could not be read."));
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    terminate() {
      worker.terminate();
      URL.revokeObjectURL(address);
    },
    unref: () => worker.unref?.(),
  };
}

/** The part of a browser's interface that we use; TypeScript has these types only with those of the DOM. */
interface Browser {
  readonly Worker?: new (address: string, options: { type: "module" }) => WebWorker;
  readonly Blob: new (parts: readonly string[], options: { type: string }) => object;
  readonly URL: { createObjectURL(blob: object): string; revokeObjectURL(address: string): void };
}

interface WebWorker {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
  onmessageerror: (() => void) | null;
  postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
  terminate(): void;
  /** In Deno and Bun, where a process would wait for the worker. */
  unref?(): void;
}
