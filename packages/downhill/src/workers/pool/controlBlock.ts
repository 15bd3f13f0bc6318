// The block of shared memory over which a team agrees who does what. Whole numbers first, then the job's numbers.
import { type Job, MOST_TASKS, type SweepPart } from "../../training/threads/threadPool.ts";

// ---- places of the whole numbers
/** Counts up with every job and every message, so that helpers who wait for it look. */
export const CALL = 0;
/** Messages sent to each helper. */
export const MAIL = 1;
/** The job's number (its low 20 bits) · 256 + the next task to be taken. */
export const CLAIM = 2;
export const TASKS = 3;
export const DONE = 4;
/** Tasks in which a helper failed. */
export const FAILED = 5;
/** Which run the job is of. */
export const RUN = 6;

const WHOLES = 16;
const NUMBERS = 8 + 3 * MOST_TASKS; // a job has at most six, and three for each of its parts

export interface Control {
  readonly buffer: SharedArrayBuffer;
  readonly wholes: Int32Array;
  readonly numbers: Float64Array;
}

export const newControl = (): Control => controlOf(new SharedArrayBuffer(4 * WHOLES + 8 * NUMBERS));

export const controlOf = (buffer: SharedArrayBuffer): Control => ({
  buffer,
  wholes: new Int32Array(buffer, 0, WHOLES),
  numbers: new Float64Array(buffer, 4 * WHOLES, NUMBERS),
});

export const ticketOf = (call: number): number => (call & 0xfffff) << 8;

/** The next task of the call, or −1 when there is none left or the call is over. */
export function claim({ wholes }: Control, call: number): number {
  for (;;) {
    const claimed = Atomics.load(wholes, CLAIM);
    const task = claimed - ticketOf(call);
    if (task < 0 || task >= Atomics.load(wholes, TASKS)) return -1;
    if (Atomics.compareExchange(wholes, CLAIM, claimed, claimed + 1) === claimed) return task;
  }
}

export function writeJob({ numbers }: Control, job: Job): void {
  if (job.kind === "lanes") {
    numbers.set([0, job.params, job.gradient, job.order, job.from, job.to, job.laneRows]);
    return;
  }
  numbers.set([1, job.params, job.gradient, job.rates, job.values, job.parts.length]);
  for (const [i, { from, to, at }] of job.parts.entries()) numbers.set([from, to, at], 8 + 3 * i);
}

export function readJob({ numbers }: Control): Job {
  const [kind, params, gradient, ...rest] = numbers.subarray(0, 8) as unknown as readonly number[];
  if (kind === 0) {
    const [order, from, to, laneRows] = rest;
    return {
      kind: "lanes",
      params: params!,
      gradient: gradient!,
      order: order!,
      from: from!,
      to: to!,
      laneRows: laneRows!,
    };
  }
  const [rates, values, count] = rest;
  const parts = Array.from({ length: count! }, (_, i): SweepPart => {
    const [from, to, at] = numbers.subarray(8 + 3 * i);
    return { from: from!, to: to!, at: at! };
  });
  return { kind: "sweep", params: params!, gradient: gradient!, rates: rates!, values: values!, parts };
}
