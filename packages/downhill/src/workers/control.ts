// The block of shared memory over which a team agrees who does what. Whole numbers first, then the job's numbers.
import type { LaneJob } from "../training/team.ts";

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
const NUMBERS = 16;

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

export function writeJob({ numbers }: Control, job: LaneJob): void {
  numbers[0] = job.params;
  numbers[1] = job.gradient;
  numbers[2] = job.order;
  numbers[3] = job.from;
  numbers[4] = job.to;
  numbers[5] = job.laneRows;
}

export const readJob = ({ numbers }: Control): LaneJob => ({
  params: numbers[0]!,
  gradient: numbers[1]!,
  order: numbers[2]!,
  from: numbers[3]!,
  to: numbers[4]!,
  laneRows: numbers[5]!,
});
