// A pool of threads; loaded when `threads` is first called.
import { kernelsOf } from "../../kernels/wasm.ts";
import type { RunWorkers, SharedRun, ThreadPool } from "../../training/threads/threadPool.ts";
import { startWorker, type WorkerHandle } from "../engine/startWorker.ts";
import {
  type ControlBlock,
  claimTask,
  DONE,
  FAILED,
  MESSAGES,
  newControlBlock,
  offerTasks,
  RUN,
  SIGNAL,
  writeJob,
} from "./controlBlock.ts";
import { inPieces } from "./lanePieces.ts";
import { sharedMaps } from "./mapParts.ts";
import type { PoolMessage } from "./poolWorker.ts";

/**
 * Starts a pool of n threads, the caller's thread included.
 *
 * @throws Error when a thread does not start; the others are ended
 */
export async function startPool(n: number): Promise<ThreadPool> {
  const [{ source }, { bytes }] = await Promise.all([
    import("./poolWorker.generated.ts"),
    import("../../kernels/sharedModule.generated.ts"),
  ]);
  const control = newControlBlock();
  const begin = (worker: number): PoolMessage => ({
    kind: "begin",
    worker,
    threads: n,
    module: bytes,
    control: control.buffer,
  });
  const starts = await Promise.allSettled(
    Array.from({ length: n - 1 }, (_, worker) => startedWorker(source, begin(worker))),
  );
  const workers = starts.flatMap((start) => (start.status === "fulfilled" ? [start.value] : []));
  const failed = starts.find((start) => start.status === "rejected");
  if (failed) {
    for (const worker of workers) worker.terminate();
    throw failed.reason;
  }
  Atomics.store(control.integers, MESSAGES, 1);
  return poolOf(control, workers, kernelsOf(bytes));
}

/** Resolves to a worker that has received its first message. */
function startedWorker(source: string, begin: PoolMessage): Promise<WorkerHandle> {
  return new Promise((resolve, reject) => {
    const worker = startWorker(source, {
      onMessage() {
        worker.unref();
        resolve(worker);
      },
      onError: (error) => reject(new Error(`threads: a thread did not start: ${error.message}`)),
    });
    worker.post(begin);
  });
}

const SPINS = 20000; // reads of the control block before the caller's thread sleeps until the last task is done

function poolOf(control: ControlBlock, workers: readonly WorkerHandle[], kernels: ThreadPool["kernels"]): ThreadPool {
  const { integers } = control;
  const sleeps = maySleep(integers);
  let open = true;
  let sharing = false;
  let runs = 0;
  let signals = 0;

  const claim = (job: number): number => claimTask(control, job, 0, workers.length + 1);

  function wakeWorkers(): void {
    Atomics.store(integers, SIGNAL, ++signals | 0);
    Atomics.notify(integers, SIGNAL);
  }

  function send(message: PoolMessage): void {
    if (!open) return;
    // The count comes first: a worker that has read more messages than are counted would do no task until its next message.
    Atomics.add(integers, MESSAGES, 1);
    for (const worker of workers) worker.post(message);
    wakeWorkers();
  }

  function join(run: SharedRun): RunWorkers {
    const id = ++runs;
    send({ kind: "join", id, run });
    return {
      inPieces,
      release: () => send({ kind: "leave", id }),
      share(count, job, ownTask, first) {
        if (!open || sharing) {
          first?.();
          for (let task = 0; task < count; task++) ownTask(task);
          return;
        }
        const jobNumber = (signals + 1) | 0;
        writeJob(control, job);
        integers[RUN] = id;
        integers[DONE] = 0;
        integers[FAILED] = 0;
        offerTasks(control, jobNumber, count);
        wakeWorkers();
        sharing = true;
        let failure: { readonly cause: unknown } | undefined; // thrown when no thread works on the job any more
        try {
          first?.();
        } catch (cause) {
          failure = { cause };
        }
        for (let task = claim(jobNumber); task >= 0; task = claim(jobNumber)) {
          try {
            ownTask(task);
          } catch (cause) {
            failure ??= { cause };
          }
          Atomics.add(integers, DONE, 1);
        }
        for (let spins = 0, done = 0; done < count; spins++) {
          if (spins > SPINS && sleeps) Atomics.wait(integers, DONE, done);
          done = Atomics.load(integers, DONE);
        }
        sharing = false;
        if (failure) throw failure.cause;
        if (integers[FAILED]! > 0)
          throw new Error("threads: a thread failed in its part of the work. Run without threads to see the error.");
      },
    };
  }

  return {
    workers: workers.length,
    kernels,
    sharedMaps: (arena, run) => sharedMaps(arena, workers.length + 1, run),
    join,
    close() {
      open = false;
      for (const worker of workers) worker.terminate();
    },
  };
}

/** Whether this thread may wait for others; the main thread of a page may not. */
function maySleep(integers: Int32Array): boolean {
  try {
    Atomics.wait(integers, SIGNAL, integers[SIGNAL]! + 1, 0);
    return true;
  } catch {
    return false;
  }
}
