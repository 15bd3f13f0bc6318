// Threads for a run. Its bits do not depend on them, so nothing that is written tells how many there were.
import { availableParallelism } from "node:os";
import { type Pool, threads } from "downhill";
import type { ModelName } from "../model/names.ts";
import { countOf, type Rows } from "../model/part.ts";
import type { Chosen, Raw } from "../options/chosen.ts";
import { type NumberRule, reader } from "../options/values.ts";

const MOST = 64; // tasks that the library shares at a time
const LANES = 8; // of a batch at most: more threads start longer and help a large factorization alone
const WORTH = 2 ** 22;

const upToMost: NumberRule = {
  words: `a whole number from 1 to ${MOST}`,
  test: (value) => Number.isInteger(value) && value >= 1 && value <= MOST,
};

/**
 * How many threads were asked for; undefined leaves it to the work.
 *
 * @throws UsageError unless it is a number of threads that can help
 */
export const readThreads = ({ threads: text }: Raw): number | undefined =>
  typeof text === "string" ? reader("train").number("--threads", text, upToMost) : undefined;

/**
 * Threads for a run when none were asked for: the processors there are, at most 8, once a pass over the training rows is
 * worth it, else 1. A pass counts rows × columns, in a network times its widest hidden layer, or ratings × rank. Four
 * million of these take some five milliseconds and are gone through ten to hundreds of times; a start takes fifty.
 */
export function usualThreads(rows: Rows, model: ModelName, { hidden = [32], rank = 10 }: Chosen): number {
  const columns = rows.task === "ratings" ? rank : rows.X.columns;
  const width = model === "network" ? Math.max(...hidden) : 1;
  return countOf(rows) * columns * width >= WORTH ? Math.min(LANES, availableParallelism()) : 1;
}

/** The descent with so many threads, which are gone when it ends, however it ends. */
export async function withThreads<T>(count: number, descend: (pool: Pool | undefined) => Promise<T>): Promise<T> {
  if (count === 1) return descend(undefined);
  const pool = await threads(count);
  try {
    return await descend(pool);
  } finally {
    pool.close();
  }
}
