// Threads for a run. Its bits do not depend on them, so nothing that is written tells how many there were.
import { availableParallelism } from "node:os";
import { type Pool, threads } from "downhill";
import { countOf, type Rows } from "../model/rows.ts";
import type { ModelName } from "../options/modelNames.ts";
import type { TrainOptions } from "../options/trainOptions.ts";

const LANES = 8; // of a batch at most: more threads start longer and help a large factorization alone
const WORTH = 2 ** 22;

/**
 * Threads for a run without --threads: as many as there are processors, at most 8, once a pass over the training rows is
 * worth it, else 1. A pass counts rows × columns, in a network times its widest hidden layer, or ratings × rank. Four
 * million of these take some five milliseconds and are gone through ten to hundreds of times; a start takes fifty.
 */
export function defaultThreads(
  rows: Rows,
  model: ModelName,
  { hidden = [32], rank = 10 }: Pick<TrainOptions, "hidden" | "rank">,
  processors = availableParallelism(),
): number {
  const columns = rows.task === "ratings" ? rank : rows.X.columns;
  const width = model === "network" ? Math.max(...hidden) : 1;
  return countOf(rows) * columns * width >= WORTH ? Math.min(LANES, processors) : 1;
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
