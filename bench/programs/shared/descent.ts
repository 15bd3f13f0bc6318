// What several of Downhill's contestants share: numbers in the entrant's element, its threads, and a plain descent.
import {
  type Matrix,
  matrix,
  type Pool,
  type Problem,
  plain,
  type Step,
  type TrainOptions,
  threads,
  train,
  type Vector,
} from "downhill";
import { numberOf, readFloats, readSingles } from "../../src/data/tables.ts";
import type { Contestant, Job } from "../../src/job.ts";
import { versionOf } from "./version.ts";

/** A table of the job in the entrant's element. */
export function matrixOf(job: Job, name: string): Matrix {
  const { rows, columns } = job.tables[name]!;
  const numbers = job.settings["element"] === "float32" ? readSingles(job, name) : readFloats(job, name);
  return matrix(numbers, rows, columns);
}

/** Plain descent at the job's rate, watched once an epoch, of which the first epochs are not timed. */
export async function descending(
  job: Job,
  problem: Problem,
  untimedEpochs: number,
  options: TrainOptions,
): Promise<Contestant> {
  const all: TrainOptions = { ...options, trace: "running", every: "epoch", ...(await threadsOf(job)) };
  const descent = () => train(problem, plain(numberOf(job, "rate")), all);
  let steps = descent();
  let last: Step;
  return {
    version: versionOf("downhill"),
    reset() {
      steps = descent();
      for (let epoch = 0; epoch < untimedEpochs; epoch++) last = steps.next().value as Step;
    },
    run() {
      for (const step of steps) last = step;
    },
    result() {
      requireElement(job, last.params);
      return { params: last.params, updates: last.t };
    },
  };
}

/** The option that gives a run its threads: none for one thread. They start once, before anything is timed. */
export async function threadsOf(job: Job): Promise<{ readonly threads?: Pool }> {
  const count = numberOf(job, "threads");
  return count === 1 ? {} : { threads: await threads(count) };
}

/** @throws Error when a run did not compute in the entrant's element */
function requireElement(job: Job, params: Vector): void {
  const element = params instanceof Float32Array ? "float32" : "float64";
  if (element !== job.settings["element"]) throw new Error(`it computes in ${element}`);
}
