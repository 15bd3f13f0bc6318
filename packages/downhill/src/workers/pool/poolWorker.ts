// A helper of a team: binds the runs it is told of in their own memory, walks lanes of their batches and sweeps parts.
import { viewOf } from "../../core/vector.ts";
import { arenaAt } from "../../kernels/arena.ts";
import type { Address, BindKernels } from "../../kernels/kernels.ts";
import { kernelsOf } from "../../kernels/wasm.ts";
import { riskFromSpec } from "../../training/objective/boundRisk.ts";
import { laneFrom } from "../../training/objective/evaluate.ts";
import {
  type Job,
  type LaneJob,
  MOST_TASKS,
  type SharedRun,
  type SweepJob,
  type SweepPart,
} from "../../training/threads/threadPool.ts";
import { port } from "../engine/port.ts";
import { CALL, type Control, claim, controlOf, DONE, FAILED, MAIL, RUN, readJob } from "./controlBlock.ts";

/** What a team sends its helpers. */
export type TeamMessage =
  | { readonly kind: "begin"; readonly helper: number; readonly module: string; readonly control: SharedArrayBuffer }
  | { readonly kind: "join"; readonly id: number; readonly run: SharedRun }
  | { readonly kind: "leave"; readonly id: number };

type Help = (task: number, job: Job) => void;

const PATIENCE = 20000; // looks at the block before a helper goes to sleep, some twenty microseconds

const runs = new Map<number, Help>();
let control: Control;
let kernels: BindKernels;
let helper = 0;
let read = 0; // messages
let call = 0; // the last one seen

port.onmessage = ({ data }) => {
  const message = data as TeamMessage;
  if (message.kind === "begin") {
    control = controlOf(message.control);
    kernels = kernelsOf(message.module);
    helper = message.helper;
    port.postMessage("ready");
  } else if (message.kind === "join") runs.set(message.id, helpOf(message.run));
  else runs.delete(message.id);
  read++;
  serve();
};

/** Until there is a message to be read. */
function serve(): void {
  const { wholes } = control;
  for (let looks = 0; Atomics.load(wholes, MAIL) === read; looks++) {
    const now = Atomics.load(wholes, CALL);
    if (now !== call) {
      if (Atomics.load(wholes, MAIL) !== read) return; // the call may be of a run that is still to be read of
      call = now;
      looks = 0;
      help();
    } else if (looks > PATIENCE) {
      Atomics.wait(wholes, CALL, now);
      looks = 0;
    }
  }
}

/** Takes tasks of the call as long as there are any. */
function help(): void {
  const { wholes } = control;
  for (let task = claim(control, call); task >= 0; task = claim(control, call)) {
    try {
      runs.get(Atomics.load(wholes, RUN))!(task, readJob(control));
    } catch {
      Atomics.add(wholes, FAILED, 1);
    }
    Atomics.add(wholes, DONE, 1);
    Atomics.notify(wholes, DONE);
  }
}

/** What to do for a run. */
function helpOf({ memory, element, size, objective: spec, rooms, results: at, gradients }: SharedRun): Help {
  const objective = riskFromSpec(arenaAt(memory, kernels(memory, element), element, rooms[helper]!), spec);
  const results = new Float64Array(memory.buffer, at, MOST_TASKS);
  const vectorAt = (address: Address) => viewOf(element, memory.buffer, address, size);

  function walk(lane: number, job: LaneJob): number {
    const gradient = vectorAt(lane === 0 ? job.gradient : gradients[lane - 1]!).fill(0);
    const order = job.order === 0 ? null : new Uint32Array(memory.buffer, job.order);
    const rows = { order, from: laneFrom(job, lane), to: laneFrom(job, lane + 1) };
    return objective.add(vectorAt(job.params), rows, gradient);
  }

  function sweep({ from, to, at }: SweepPart, job: SweepJob): number {
    const listAt = (address: Address) => new Float64Array(memory.buffer, address + 8 * at, to - from);
    const rates = listAt(job.rates);
    const [params, gradient] = [vectorAt(job.params), vectorAt(job.gradient)];
    const rows = { order: null, from, to };
    const values = listAt(job.values);
    return objective.sweep!({ params, gradient, average: null, rows, batchRows: 1, rates, fractions: rates, values });
  }

  return (task, job) => {
    results[task] = job.kind === "lanes" ? walk(task, job) : sweep(job.parts[task]!, job);
  };
}
