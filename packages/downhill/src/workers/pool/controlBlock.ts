// The control block: shared memory through which the caller and the workers of a pool distribute tasks. It begins with
// integers, which are used by atomic operations, followed by the numbers of the current job.
import { type Job, MAX_TASKS, type RowPart } from "../../training/threads/threadPool.ts";

// ---- indices of the integers
/** Number of signals so far. Every job and every message increments it, and wakes the workers that wait for it. */
export const SIGNAL = 0;
/** Number of messages that were sent to each worker. */
export const MESSAGES = 1;
/** Number of tasks of the job. */
export const TASKS = 2;
/** Number of tasks that are done. */
export const DONE = 3;
/** Number of tasks in which a worker failed. */
export const FAILED = 4;
/** The id of the job's run. */
export const RUN = 5;
/** One integer for each task: 2 · the job's number while no thread has taken the task, then 1 more. */
const CLAIMS = 16;

const INTEGERS = CLAIMS + MAX_TASKS;
const NUMBERS = 8 + 3 * MAX_TASKS; // a job has at most ten numbers, or eight and three for each part

export interface ControlBlock {
  readonly buffer: SharedArrayBuffer;
  readonly integers: Int32Array;
  readonly numbers: Float64Array;
}

export const newControlBlock = (): ControlBlock => controlBlockIn(new SharedArrayBuffer(4 * INTEGERS + 8 * NUMBERS));

export const controlBlockIn = (buffer: SharedArrayBuffer): ControlBlock => ({
  buffer,
  integers: new Int32Array(buffer, 0, INTEGERS),
  numbers: new Float64Array(buffer, 4 * INTEGERS, NUMBERS),
});

/** Offers the tasks 0 … count − 1 of a job to all threads. */
export function offerTasks({ integers }: ControlBlock, job: number, count: number): void {
  Atomics.store(integers, TASKS, count);
  for (let task = 0; task < count; task++) Atomics.store(integers, CLAIMS + task, 2 * job);
}

/**
 * Takes a task of a job for one of the threads; returns −1 when no task is left or the job is over. Each thread takes the tasks
 * of its own share first, which are the same in each job, because their parameters are in its processor's cache.
 *
 * @param thread  the number of the thread, from 0
 */
export function claimTask({ integers }: ControlBlock, job: number, thread: number, threads: number): number {
  const count = Atomics.load(integers, TASKS);
  const first = Math.floor((thread * count) / threads);
  const free = (2 * job) | 0;
  for (let i = 0; i < count; i++) {
    const task = (first + i) % count;
    const at = CLAIMS + task;
    if (Atomics.load(integers, at) === free && Atomics.compareExchange(integers, at, free, free | 1) === free)
      return task;
  }
  return -1;
}

export function writeJob({ numbers }: ControlBlock, job: Job): void {
  if (job.kind === "lanes") {
    numbers.set([0, job.params, job.gradient, job.order, job.from, job.to, job.laneRows, job.first]);
    return;
  }
  if (job.kind === "map") {
    numbers.set([3, ...job.numbers]);
    return;
  }
  const [rates, values] = job.kind === "sweep" ? [job.rates, job.values] : [0, 0];
  numbers.set([job.kind === "sweep" ? 1 : 2, job.params, job.gradient, job.parts.length, rates, values]);
  for (const [i, { from, to, at }] of job.parts.entries()) numbers.set([from, to, at], 8 + 3 * i);
}

export function readJob({ numbers }: ControlBlock): Job {
  const [kind, params, gradient, ...rest] = numbers.subarray(0, 8) as unknown as readonly number[];
  if (kind === 0) {
    const [order, from, to, laneRows, first] = rest;
    return {
      kind: "lanes",
      params: params!,
      gradient: gradient!,
      order: order!,
      from: from!,
      to: to!,
      laneRows: laneRows!,
      first: first!,
    };
  }
  if (kind === 3) return { kind: "map", numbers: [...numbers.subarray(1, 10)] };
  const [count, rates, values] = rest;
  const parts = Array.from({ length: count! }, (_, i): RowPart => {
    const [from, to, at] = numbers.subarray(8 + 3 * i);
    return { from: from!, to: to!, at: at! };
  });
  const both = { params: params!, gradient: gradient!, parts };
  return kind === 2 ? { kind: "pieces", ...both } : { kind: "sweep", ...both, rates: rates!, values: values! };
}
