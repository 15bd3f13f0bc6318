import { requireSize } from "../../core/check.ts";
import { processors } from "./processors.ts";
import type { Pool } from "./startPool.ts";

/**
 * A pool of n threads, the caller's among them: large batches are split among them, with the bits of one thread. Work
 * that is too small for them is not given to them. They do not keep a process alive, and are gone after `close`.
 *
 * @param n  [the processors there are]
 * @throws RangeError for an n that is no whole number from 1; Error where memory cannot be shared or a thread not start
 */
export async function threads(n: number = processors()): Promise<Pool> {
  requireSize("threads", "n", n);
  if (typeof SharedArrayBuffer === "undefined") {
    throw new Error(
      "threads: memory must be allowed to be shared, and this page's may not. Serve it with the headers " +
        "Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp.",
    );
  }
  const { startPool } = await import("./startPool.ts");
  return startPool(n);
}
