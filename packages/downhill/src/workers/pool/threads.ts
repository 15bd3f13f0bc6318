import { requireSize } from "../../core/check.ts";
import type { ThreadPool } from "../../training/threads/threadPool.ts";
import { processors } from "./processors.ts";

/**
 * Starts a pool of n threads, the caller's thread included. They share the work of large batches and of large layers, and the results have the
 * same bits as without them. Work that is too small to share stays on the caller's thread. The threads do not keep a process
 * alive; `close` ends them.
 *
 * A page must be served with the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy:
 * require-corp. If it has a Content-Security-Policy, that must allow `worker-src blob:` and `script-src 'wasm-unsafe-eval'`.
 *
 * @param n  number of threads [the number of processors]
 * @throws (as a rejection) RangeError when n is not a whole number of at least 1; Error when memory cannot be shared or a thread
 *   does not start
 *
 * @example
 * ```ts
 * import { linearRegression, threads } from "downhill";
 *
 * const pool = await threads(2);
 * const fitted = linearRegression().fit([[1], [2], [3]], [3, 5, 7], { threads: pool });
 * pool.close();
 * Math.round(fitted.predict([[10]])[0]!); // 21
 * ```
 */
export async function threads(n: number = processors()): Promise<ThreadPool> {
  requireSize("threads", "n", n);
  if (typeof SharedArrayBuffer === "undefined") {
    throw new Error(
      "threads: the page does not allow shared memory, which threads need. Serve it with the headers " +
        "Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp.",
    );
  }
  const { startPool } = await import("./startPool.ts");
  return startPool(n);
}
