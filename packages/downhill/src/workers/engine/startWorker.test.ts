import { describe, expect, it } from "vitest";
import { startWorker, type WorkerHandle } from "./startWorker.ts";

const port = 'const { parentPort: port } = process.getBuiltinModule("node:worker_threads");';

/** Runs a worker until it posts "done" or fails; returns its messages and its error. */
function runWorker(
  source: string,
  begin: (worker: WorkerHandle) => void = () => {},
): Promise<readonly [unknown[], Error?]> {
  return new Promise((resolve) => {
    const messages: unknown[] = [];
    const worker = startWorker(`${port} ${source}`, {
      onMessage(message) {
        messages.push(message);
        if (message === "done") end();
      },
      onError: (error) => end(error),
    });
    function end(error?: Error) {
      worker.terminate();
      resolve([messages, error]);
    }
    begin(worker);
  });
}

describe("startWorker", () => {
  it("copies data, moves buffers in `transfer`, and shares shared memory", async () => {
    const echo = 'port.onmessage = ({ data }) => { port.postMessage(data); port.postMessage("done"); };';
    const [copied, moved] = [Float64Array.of(1, 2), Float64Array.of(3)];
    const [messages] = await runWorker(echo, (worker) => worker.post({ copied, moved }, [moved.buffer]));
    expect(messages).toEqual([{ copied: Float64Array.of(1, 2), moved: Float64Array.of(3) }, "done"]);
    expect([copied.length, moved.length]).toEqual([2, 0]);
    const shared = new Int32Array(new SharedArrayBuffer(4));
    await runWorker('port.onmessage = ({ data }) => { data[0] = 7; port.postMessage("done"); };', (worker) =>
      worker.post(shared),
    );
    expect(shared[0]).toBe(7);
  });

  it("passes an uncaught error of the worker to onError", async () => {
    const [, error] = await runWorker('throw new RangeError("no such thing");');
    expect(error).toBeInstanceOf(Error);
    expect(error!.message).toBe("no such thing");
    const [, unreadable] = await runWorker("const = 1;");
    expect(unreadable!.name).toBe("SyntaxError");
  });

  it("ends a worker in the middle of a loop", async () => {
    const counter = new Int32Array(new SharedArrayBuffer(4));
    const count = "port.onmessage = ({ data }) => { for (;;) data[0]++; };";
    const worker = startWorker(`${port} ${count}`, { onMessage: () => {}, onError: () => {} });
    worker.post(counter);
    const later = () => new Promise<number>((resolve) => setTimeout(() => resolve(counter[0]!), 20));
    while ((await later()) === 0);
    worker.terminate();
    let [before, now] = [await later(), await later()];
    while (before !== now) [before, now] = [now, await later()]; // never ends if the worker lives
  });
});
