import type { FittedData } from "../../estimators/fitted/fittedData.ts";
import type { FactorizationData } from "../../estimators/ratings/factorization.ts";
import type { History } from "../../training/state/history.ts";
import { startWorker } from "../engine/startWorker.ts";
import type { BackgroundOptions } from "./backgroundOptions.ts";
import { errorOf } from "./errorData.ts";
import type { Report, Task } from "./messages.ts";

/** Starts a worker, sends it the task, and resolves to the fitted data. `buffers` of the task are moved to the worker. */
export function runTask(
  source: string,
  task: Task,
  buffers: readonly ArrayBuffer[],
  { signal, onEpoch }: BackgroundOptions,
): Promise<FittedData | FactorizationData> {
  return new Promise((resolve, reject) => {
    const history: History = { updates: [], learningRate: [], batchLoss: [] };
    let ended = false;
    let calls: Promise<unknown> = Promise.resolve(); // the calls of onEpoch, one after another

    const worker = startWorker(source, {
      onError: fail,
      onMessage(message) {
        const report = message as Report;
        if (report.kind === "failed") fail(errorOf(report.error));
        else if (report.kind === "fitted") calls = calls.then(() => end(() => resolve(report.fittedData)));
        else calls = calls.then(() => callOnEpoch(report)).catch(fail);
      },
    });
    const abort = (): void => fail(signal!.reason);
    signal?.addEventListener("abort", abort);

    function end(settle: () => void): void {
      if (ended) return;
      ended = true;
      worker.terminate();
      signal?.removeEventListener("abort", abort);
      settle();
    }
    function fail(reason: unknown): void {
      end(() => reject(reason));
    }
    async function callOnEpoch({ epoch, epochs, entries }: Report & { kind: "epochs" }): Promise<void> {
      if (ended) return;
      append(history, entries);
      await onEpoch!({ epoch, epochs, history });
      if (!ended) worker.post("next");
    }

    try {
      worker.post(task, buffers);
    } catch (error) {
      fail(error); // a part of the data cannot be copied
    }
  });
}

/** Appends the entries of later epochs to each list. */
function append(history: History, entries: History): void {
  const lists = history as unknown as Record<string, number[]>;
  for (const [name, more] of Object.entries(entries) as [string, number[]][]) {
    lists[name] ??= [];
    for (const entry of more) lists[name].push(entry);
  }
}
