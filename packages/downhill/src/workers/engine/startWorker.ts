// The one place that knows how engines start workers.
import { nodeThreads } from "./nodeThreads.ts";

/** A worker, as its starter sees it. */
export interface Started {
  /** Sends a copy; the buffers in `transfer` are moved instead. Shared buffers are neither: both sides then see one. */
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  /** Ends it at once, whatever it is doing. */
  terminate(): void;
  /** Lets the process end although the worker lives, where there is a process. */
  unref(): void;
}

export interface Listeners {
  onMessage(message: unknown): void;
  /** What the worker threw and did not catch, why it did not start, or that it ended by itself. */
  onError(error: Error): void;
}

/**
 * A worker that runs a self-contained source: in Node a thread, elsewhere a module worker from a blob.
 * Where a page's policy forbids such workers, `onError` says so.
 */
export function startWorker(source: string, listeners: Listeners): Started {
  const { Worker, Blob, URL } = globalThis as unknown as Browser;
  return Worker === undefined ? startThread(source, listeners) : startWebWorker(Worker, Blob, URL, source, listeners);
}

function startThread(source: string, { onMessage, onError }: Listeners): Started {
  const threads = nodeThreads();
  if (threads === undefined) {
    throw new Error("startWorker: engine must have workers, got one with none. Train on the caller's thread here.");
  }
  // Without the process's own arguments: those that say how to load its first file do not hold for this source.
  const worker = new threads.Worker(source, { eval: true, execArgv: [] });
  worker.on("message", onMessage);
  worker.on("error", onError);
  worker.on("messageerror", onError);
  worker.on("exit", (code) =>
    onError(
      new Error(
        `worker: the thread ended before its work was done (exit code ${code}). ` +
          "Look for a call of process.exit, or a memory limit, in what this process loads into its threads.",
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
): Started {
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = new Worker(address, { type: "module" });
  worker.onmessage = ({ data }) => onMessage(data);
  worker.onerror = ({ message }) =>
    onError(
      new Error(
        message || "startWorker: page must allow workers from blobs, got none. Add blob: to its worker-src policy.",
      ),
    );
  worker.onmessageerror = () => onError(new Error("startWorker: message must be readable, got one that is not."));
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    terminate() {
      worker.terminate();
      URL.revokeObjectURL(address);
    },
    unref: () => worker.unref?.(),
  };
}

/** What we use of browsers; TypeScript ships its types with those of the DOM. */
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
  /** Where a process would wait for it: Deno and Bun. */
  unref?(): void;
}
