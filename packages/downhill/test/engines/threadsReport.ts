// A report about threads, for an engine to run on the thread of a page, which may not sleep.
import {
  linearRegression,
  lowRankRatings,
  matrixFactorization,
  plain,
  regressionWithCondition,
  threads,
} from "../../src/index.ts";
import type { ThreadPool } from "../../src/training/threads/threadPool.ts";
import { counting } from "../counting.ts";
import { digitsOf } from "./report.ts";

const { X, y } = regressionWithCondition({ n: 40_000, features: 20, seed: 1 }); // four lanes
const { users, items, ratings } = lowRankRatings({ users: 500, items: 300, observed: 0.5, seed: 2 }); // eight parts

/** Runs that share their work. */
export const runs = {
  linear: (epochs: number, pool?: ThreadPool) =>
    linearRegression({ optimizer: plain(1e-4), epochs }).train(X, y, {
      every: "epoch",
      ...(pool && { threads: pool }),
    }),
  "linear, halves drawn with replacement": (epochs: number, pool?: ThreadPool) =>
    linearRegression({ optimizer: plain(1e-4), batchSize: 20_000, order: "replacement", epochs }).train(X, y, {
      every: "epoch",
      ...(pool && { threads: pool }),
    }),
  factorization: (epochs: number, pool?: ThreadPool) =>
    matrixFactorization({ optimizer: plain(1e-4), epochs }).train(
      { users, items, ratings },
      { every: "epoch", ...(pool && { threads: pool }) },
    ),
};

type Run = (typeof runs)[keyof typeof runs];

/** The bits of a run of five epochs. */
export function bits(run: Run, pool?: ThreadPool): string {
  let params: ArrayBufferView | undefined;
  for (const step of run(5, pool)) params = step.params;
  return digitsOf(params!);
}

/** Whether a worker does a task. A worker can start late, so the run is long. */
function workerHelps(run: Run, pool: ThreadPool): boolean {
  const counted = counting(pool);
  for (const _step of run(100_000, counted)) if (counted.workerTasks > 0) return true;
  return false;
}

/** The bits of each run alone and with two threads, and whether the worker did a task, as JSON. */
export async function report(): Promise<string> {
  const pool = await threads(2);
  try {
    return JSON.stringify(
      Object.entries(runs).map(([name, run]) => ({
        name,
        alone: bits(run),
        shared: bits(run, pool),
        workerHelped: workerHelps(run, pool),
      })),
    );
  } finally {
    pool.close();
  }
}
