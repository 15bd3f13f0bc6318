// The threads of a pool and how they are started. Loaded when `threads` is first called.
import { kernelsOf } from "../../kernels/wasm.ts";
import type { Crew, SharedRun, Team } from "../../training/threads/threadPool.ts";
import { type Started, startWorker } from "../engine/startWorker.ts";
import {
  CALL,
  CLAIM,
  type Control,
  claim,
  DONE,
  FAILED,
  MAIL,
  newControl,
  RUN,
  TASKS,
  ticketOf,
  writeJob,
} from "./controlBlock.ts";
import type { TeamMessage } from "./poolWorker.ts";

/** Threads to be passed to `train` or `fit`, again and again. */
export interface Pool extends Team {
  /** Ends the threads; runs that still have them go on alone. */
  close(): void;
}

/**
 * Starts the threads of a pool of n, the caller's among them.
 *
 * @throws Error when a thread does not start; those that did are ended
 */
export async function startPool(n: number): Promise<Pool> {
  const [{ source }, { bytes }] = await Promise.all([
    import("./poolWorker.generated.ts"),
    import("../../kernels/sharedModule.generated.ts"),
  ]);
  const control = newControl();
  const begin = (helper: number): TeamMessage => ({ kind: "begin", helper, module: bytes, control: control.buffer });
  const starts = await Promise.allSettled(Array.from({ length: n - 1 }, (_, helper) => started(source, begin(helper))));
  const helpers = starts.flatMap((start) => (start.status === "fulfilled" ? [start.value] : []));
  const failed = starts.find((start) => start.status === "rejected");
  if (failed) {
    for (const helper of helpers) helper.terminate();
    throw failed.reason;
  }
  Atomics.store(control.wholes, MAIL, 1);
  return poolOf(control, helpers, kernelsOf(bytes));
}

/** A helper that has begun. */
function started(source: string, begin: TeamMessage): Promise<Started> {
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

const LOOKS = 20000; // at the block before the caller sleeps until the last helper is done

function poolOf(control: Control, helpers: readonly Started[], kernels: Pool["kernels"]): Pool {
  const { wholes } = control;
  const sleeps = maySleep(wholes);
  let open = true;
  let runs = 0;
  let calls = 0;

  /** Makes the helpers look. */
  function call(): void {
    Atomics.store(wholes, CALL, ++calls | 0);
    Atomics.notify(wholes, CALL);
  }

  function send(message: TeamMessage): void {
    if (!open) return;
    for (const helper of helpers) helper.post(message);
    Atomics.add(wholes, MAIL, 1);
    call();
  }

  function join(run: SharedRun): Crew {
    const id = ++runs;
    send({ kind: "join", id, run });
    return {
      leave: () => send({ kind: "leave", id }),
      share(count, job, own) {
        if (!open) {
          for (let task = 0; task < count; task++) own(task);
          return;
        }
        const next = (calls + 1) | 0;
        writeJob(control, job);
        wholes[RUN] = id;
        wholes[DONE] = 0;
        wholes[FAILED] = 0;
        Atomics.store(wholes, TASKS, count);
        Atomics.store(wholes, CLAIM, ticketOf(next));
        call();
        for (let task = claim(control, next); task >= 0; task = claim(control, next)) {
          own(task);
          Atomics.add(wholes, DONE, 1);
        }
        for (let looks = 0, done = 0; done < count; looks++) {
          if (looks > LOOKS && sleeps) Atomics.wait(wholes, DONE, done);
          done = Atomics.load(wholes, DONE);
        }
        if (wholes[FAILED]! > 0)
          throw new Error("threads: a thread failed at its part. Run without threads to see why.");
      },
    };
  }

  return {
    helpers: helpers.length,
    kernels,
    join,
    close() {
      open = false;
      for (const helper of helpers) helper.terminate();
    },
  };
}

/** Whether this thread may wait for others: that of a page may not. */
function maySleep(wholes: Int32Array): boolean {
  try {
    Atomics.wait(wholes, CALL, wholes[CALL]! + 1, 0);
    return true;
  } catch {
    return false;
  }
}
