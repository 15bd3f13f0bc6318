// A worker of a thread pool. It shares the memory of each run that joins the pool, and does tasks of the run: lanes of batches,
// and parts of sweeps.
import { viewOf } from "../../core/vector.ts";
import { arenaAt } from "../../kernels/arena.ts";
import type { Address, BindKernels } from "../../kernels/kernels.ts";
import { kernelsOf } from "../../kernels/wasm.ts";
import { riskFromSpec } from "../../training/objective/boundRisk.ts";
import { laneFrom } from "../../training/objective/evaluate.ts";
import {
  type Job,
  type LaneJob,
  MAX_TASKS,
  type PieceJob,
  type RowPart,
  type SharedRun,
  type SweepJob,
} from "../../training/threads/threadPool.ts";
import { port } from "../engine/port.ts";
import {
  type ControlBlock,
  claimTask,
  controlBlockIn,
  DONE,
  FAILED,
  MESSAGES,
  RUN,
  readJob,
  SIGNAL,
} from "./controlBlock.ts";
import { doMapPart } from "./mapParts.ts";

/** A message of a pool to its workers. */
export type PoolMessage =
  | {
      readonly kind: "begin";
      readonly worker: number;
      /** The number of threads, with the caller's own. */
      readonly threads: number;
      readonly module: string;
      readonly control: SharedArrayBuffer;
    }
  | { readonly kind: "join"; readonly id: number; readonly run: SharedRun }
  | { readonly kind: "leave"; readonly id: number };

type DoTask = (task: number, job: Job) => void;

const SPINS = 20000; // reads of the control block before a worker sleeps: about 20 µs

const runs = new Map<number, DoTask>();
let control: ControlBlock;
let kernels: BindKernels;
let worker = 0; // this worker's index
let threads = 0;
let messagesRead = 0;
let lastSignal = 0;

port.onmessage = ({ data }) => {
  const message = data as PoolMessage;
  if (message.kind === "begin") {
    control = controlBlockIn(message.control);
    kernels = kernelsOf(message.module);
    ({ worker, threads } = message);
    port.postMessage("ready");
  } else if (message.kind === "join") runs.set(message.id, bindRun(message.run));
  else runs.delete(message.id);
  messagesRead++;
  doJobsUntilMessage();
};

/** Does tasks, and returns when a message is waiting. */
function doJobsUntilMessage(): void {
  const { integers } = control;
  for (let spins = 0; Atomics.load(integers, MESSAGES) === messagesRead; spins++) {
    const signal = Atomics.load(integers, SIGNAL);
    if (signal !== lastSignal) {
      if (Atomics.load(integers, MESSAGES) !== messagesRead) return; // the message may be about the job's run
      lastSignal = signal;
      spins = 0;
      doTasks();
    } else if (spins > SPINS) {
      Atomics.wait(integers, SIGNAL, signal);
      spins = 0;
    }
  }
}

/** Takes tasks of the current job until none is left. */
function doTasks(): void {
  const { integers } = control;
  const claim = (): number => claimTask(control, lastSignal, worker + 1, threads);
  let job: Job | undefined; // it stays the same until all of its tasks are done
  for (let task = claim(); task >= 0; task = claim()) {
    try {
      job ??= readJob(control);
      runs.get(Atomics.load(integers, RUN))!(task, job);
    } catch {
      Atomics.add(integers, FAILED, 1);
    }
    Atomics.add(integers, DONE, 1);
    Atomics.notify(integers, DONE);
  }
}

/** Makes the function that does a run's tasks. */
function bindRun({ memory, elementType, size, objective: spec, scratch, results: at, gradients }: SharedRun): DoTask {
  const arena = arenaAt(memory, kernels(memory, elementType), elementType, scratch[worker]!);
  const objective = riskFromSpec(arena, spec);
  const results = new Float64Array(memory.buffer, at, MAX_TASKS);
  const vectorAt = (address: Address) => viewOf(elementType, memory.buffer, address, size);
  const gradientOf = (lane: number, job: LaneJob | PieceJob) =>
    vectorAt(lane === 0 ? job.gradient : gradients[lane - 1]!);

  function addLane(lane: number, job: LaneJob): number {
    const gradient = gradientOf(lane, job).fill(0);
    const order = job.order === 0 ? null : new Uint32Array(memory.buffer, job.order);
    const rows = { order, from: laneFrom(job, lane), to: laneFrom(job, lane + 1) };
    return objective.add(vectorAt(job.params), rows, gradient);
  }

  function addPiece({ from, to, at }: RowPart, job: PieceJob): void {
    const rows = { order: null, from, to };
    results[at] = objective.add(vectorAt(job.params), rows, gradientOf(at, job), results[at]);
  }

  function sweepPart({ from, to, at }: RowPart, job: SweepJob): number {
    const listAt = (address: Address) => new Float64Array(memory.buffer, address + 8 * at, to - from);
    const rates = listAt(job.rates);
    const [params, gradient] = [vectorAt(job.params), vectorAt(job.gradient)];
    const rows = { order: null, from, to };
    const values = listAt(job.values);
    return objective.sweep!({ params, gradient, average: null, rows, batchRows: 1, rates, fractions: rates, values });
  }

  return (task, job) => {
    if (job.kind === "lanes") results[job.first + task] = addLane(job.first + task, job);
    else if (job.kind === "pieces") addPiece(job.parts[task]!, job);
    else if (job.kind === "map") doMapPart(arena.kernels, arena.bytes, arena.affineScratch(), job, task);
    else results[task] = sweepPart(job.parts[task]!, job);
  };
}
