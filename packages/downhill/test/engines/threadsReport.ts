// What an engine is asked for about threads, on the thread of a page, which may not sleep.
import {
  linearRegression,
  lowRankRatings,
  matrixFactorization,
  plain,
  regressionWithCondition,
  threads,
} from "../../src/index.ts";
import type { Team } from "../../src/training/threads/threadPool.ts";
import { counting } from "../counting.ts";
import { digitsOf } from "./report.ts";

const { X, y } = regressionWithCondition({ n: 40_000, features: 20, seed: 1 }); // four lanes
const { users, items, ratings } = lowRankRatings({ users: 500, items: 300, observed: 0.5, seed: 2 }); // eight parts

/** Runs whose work is shared. */
export const runs = {
  linear: (epochs: number, team?: Team) =>
    linearRegression({ optimizer: plain(1e-4), epochs }).train(X, y, {
      every: "epoch",
      ...(team && { threads: team }),
    }),
  factorization: (epochs: number, team?: Team) =>
    matrixFactorization({ optimizer: plain(1e-4), epochs }).train(
      { users, items, ratings },
      { every: "epoch", ...(team && { threads: team }) },
    ),
};

type Run = (typeof runs)[keyof typeof runs];

/** The bits of a run of five epochs. */
export function bits(run: Run, team?: Team): string {
  let params: ArrayBufferView | undefined;
  for (const step of run(5, team)) params = step.params;
  return digitsOf(params!);
}

/** Whether another thread takes part: it may wake late, but not for ever. */
function helps(run: Run, pool: Team): boolean {
  const team = counting(pool);
  for (const _step of run(100_000, team)) if (team.helped > 0) return true;
  return false;
}

/** The bits of each run alone and with two threads, and whether both worked, as JSON. */
export async function report(): Promise<string> {
  const pool = await threads(2);
  try {
    return JSON.stringify(
      Object.entries(runs).map(([name, run]) => ({
        name,
        alone: bits(run),
        shared: bits(run, pool),
        helped: helps(run, pool),
      })),
    );
  } finally {
    pool.close();
  }
}
