// Parts of several programs of Downhill: matrices in the program's element type, its thread pool, and plain descent.
import {
  type Matrix,
  matrix,
  type Problem,
  plain,
  type Step,
  type ThreadPool,
  type TrainOptions,
  threads,
  train,
} from "downhill";
import { numberSetting, readAsFloat32, readFloat64 } from "../../src/data/rawTables.ts";
import type { Job, LoadedProgram } from "../../src/job.ts";
import { versionOf } from "./version.ts";

/** A table of the job in the program's element type. */
export function matrixOf(job: Job, name: string): Matrix {
  const { rows, columns } = job.tables[name]!;
  const numbers = job.settings["elementType"] === "float32" ? readAsFloat32(job, name) : readFloat64(job, name);
  return matrix(numbers, rows, columns);
}

export interface Descent extends TrainOptions {
  /** Epochs before the timed ones, of all `epochs`. */
  readonly untimedEpochs: number;
}

/** Plain gradient descent at the job's learning rate, with one step per epoch. */
export async function plainDescent(
  job: Job,
  problem: Problem,
  { untimedEpochs, ...options }: Descent,
): Promise<LoadedProgram> {
  const all: TrainOptions = { ...options, trace: "running", every: "epoch", ...(await threadsOf(job)) };
  const start = () => train(problem, plain(numberSetting(job, "learningRate")), all);
  let steps = start();
  let last: Step;
  return {
    version: versionOf("downhill"),
    reset() {
      steps = start();
      for (let epoch = 0; epoch < untimedEpochs; epoch++) last = steps.next().value as Step;
    },
    run() {
      for (const step of steps) last = step;
    },
    result() {
      const elementType = last.params instanceof Float32Array ? "float32" : "float64";
      if (elementType !== job.settings["elementType"]) throw new Error(`it computes in ${elementType}`);
      return { params: last.params, updates: last.t };
    },
  };
}

/** The option `threads` of a run; empty for one thread. The pool starts here, before anything is timed. */
export async function threadsOf(job: Job): Promise<{ readonly threads?: ThreadPool }> {
  const count = numberSetting(job, "threads");
  return count === 1 ? {} : { threads: await threads(count) };
}
