import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "vitest";
import type { Lab } from "../../src/machine/lab.ts";
import { countInPage } from "../../src/machine/labCounts.ts";
import { labRows } from "../../src/report/labRows.ts";
import { labText } from "../../src/report/terminal.ts";

const lab: Lab = {
  gzipBytes: 123_456,
  firstCharts: 0.5,
  frames: { mainThread: 0.003, bytes: 20_000 },
  longHistory: { mainThread: 0.0035, bytes: 21_000 },
  historyUpdates: 1_000_000,
  training: { seconds: 10, longTasks: 2, workerTurn: 0.007, slowWorkerTurn: 0.012 },
};

test("the lab's costs are shown with their limits, in the terminal too", () => {
  const rows = labRows(lab);
  deepEqual(rows[0], ["scripts and styles of the first picture (gzip)", "123 kB", "90.0 kB"]);
  deepEqual(rows[3], ["main thread per frame, after 1,000,000 updates", "3.50 ms", "4.00 ms"]);
  deepEqual(rows.at(-1), ["tasks of the main thread over 50 ms in 10 s of training", "2", "0"]);
  ok(labText(lab).includes("20.0 kB"));
  ok(labText(null).includes("not run"));
});

test("the script of the page counts frames and their bytes", () => {
  class FakeWorker {
    receive: (event: object) => void = () => {};
    addEventListener(_: string, receive: (event: object) => void): void {
      this.receive = receive;
    }
    postMessage(): void {}
  }
  const page = { counts: { frames: 0, bytes: 0 } };
  const noObserver = class {
    observe(): void {}
  };
  const run = new Function("window", "Worker", "PerformanceObserver", "requestAnimationFrame", countInPage);
  run(page, FakeWorker, noObserver, () => 0);
  const worker = new FakeWorker();
  worker.postMessage();
  worker.receive({ data: { type: "ready" } });
  worker.receive({
    data: { type: "frame", frame: { points: new Float64Array(4), text: "∑bc", size: 5, isDone: true } },
  });
  equal(page.counts.frames, 1);
  equal(page.counts.bytes, "frame".length + 32 + 6 + 8 + 1);
});
