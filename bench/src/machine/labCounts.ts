// Scripts that count in the page and in its worker.
import type { Page } from "playwright-core";

/** What the page has counted since its start. */
export interface PageCounts {
  /** Seconds from the request of the page until its charts were drawn; null before. */
  readonly firstCharts: number | null;
  /** The addresses of the files that the page had loaded when its worker sent the first charts. */
  readonly firstFiles: readonly string[] | null;
  readonly frames: number;
  /** Bytes of all frames: numbers have 8, letters 1 or 2, and binary data have their length. */
  readonly bytes: number;
  /** Tasks of more than 50 ms. */
  readonly longTasks: number;
}

/** Runs before the scripts of the page. */
export const countInPage = `{
  const counts = (window.counts = { firstCharts: null, firstFiles: null, frames: 0, bytes: 0, longTasks: 0 });
  new PerformanceObserver((list) => { counts.longTasks += list.getEntries().length; }).observe({ type: "longtask" });
  const sizeOf = (value) => {
    if (typeof value === "number") return 8;
    if (typeof value === "string") return (/^[\\0-\\xff]*$/.test(value) ? 1 : 2) * value.length;
    if (typeof value !== "object" || value === null) return 1;
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength;
    return Object.values(value).reduce((sum, each) => sum + sizeOf(each), 0);
  };
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (...message) {
    if (!this.isCounted) this.addEventListener("message", ({ data }) => {
      if (data.type !== "frame") return;
      counts.firstFiles ??= performance.getEntriesByType("resource").map(({ name }) => name);
      counts.frames++;
      counts.bytes += sizeOf(data);
      // The page draws a frame when it receives it.
      requestAnimationFrame(() => { counts.firstCharts ??= performance.now() / 1000; });
    });
    this.isCounted = true;
    return post.apply(this, message);
  };
}`;

/** The counts of the page. */
export const pageCounts = (page: Page): Promise<PageCounts> => page.evaluate("window.counts") as Promise<PageCounts>;

/**
 * Measures the turns of the worker's event loop: a message that the worker sends itself waits for one turn. These messages keep a
 * processor busy until `workerTurns` ends them.
 */
export const countInWorker = `{
  const turns = [];
  let last = performance.now();
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    const now = performance.now();
    if (now - last > 0.1) turns.push(now - last); // shorter turns did nothing
    last = now;
    port2.postMessage(null);
  };
  port2.postMessage(null);
  self.endTurns = () => {
    port1.close();
    return turns;
  };
}`;

/** The turns since `countInWorker`, in milliseconds. Their measurement ends. */
export const workerTurns = (page: Page): Promise<number[]> =>
  page.workers()[0]!.evaluate("self.endTurns()") as Promise<number[]>;
