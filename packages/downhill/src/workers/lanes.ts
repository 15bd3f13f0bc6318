// A helper of a team: binds the runs it is told of in their own memory and walks lanes of their batches.
import { viewOf } from "../core/vector.ts";
import { arenaAt } from "../kernels/arena.ts";
import type { Address, BindKernels } from "../kernels/kernels.ts";
import { kernelsOf } from "../kernels/wasm.ts";
import { riskFromSpec } from "../training/boundRisk.ts";
import { laneFrom } from "../training/evaluate.ts";
import type { LaneJob, SharedRun } from "../training/team.ts";
import { CALL, type Control, claim, controlOf, DONE, FAILED, MAIL, RUN, readJob } from "./control.ts";
import { port } from "./port.ts";

/** What a team sends its helpers. */
export type TeamMessage =
  | { readonly kind: "begin"; readonly helper: number; readonly module: string; readonly control: SharedArrayBuffer }
  | { readonly kind: "join"; readonly id: number; readonly run: SharedRun }
  | { readonly kind: "leave"; readonly id: number };

type Walk = (lane: number, job: LaneJob) => void;

const PATIENCE = 20000; // looks at the block before a helper goes to sleep, some twenty microseconds

const runs = new Map<number, Walk>();
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
  } else if (message.kind === "join") runs.set(message.id, walkOf(message.run));
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

/** How to walk the lanes of a run. */
function walkOf({ memory, element, size, objective: spec, rooms, sums: sumsAt, gradients }: SharedRun): Walk {
  const objective = riskFromSpec(arenaAt(memory, kernels(memory, element), element, rooms[helper]!), spec);
  const sums = new Float64Array(memory.buffer, sumsAt, gradients.length + 1);
  const rows = { order: null as Uint32Array | null, from: 0, to: 0 };
  return (lane, job) => {
    const vectorAt = (at: Address) => viewOf(element, memory.buffer, at, size);
    const gradient = vectorAt(lane === 0 ? job.gradient : gradients[lane - 1]!);
    rows.order = job.order === 0 ? null : new Uint32Array(memory.buffer, job.order);
    rows.from = laneFrom(job, lane);
    rows.to = laneFrom(job, lane + 1);
    sums[lane] = objective.add(vectorAt(job.params), rows, gradient.fill(0));
  };
}
