// The threads of a training run. The results are the same with any number of threads, so the number is not recorded.
import { availableParallelism } from "node:os";
import { type AnyMatrix, type ThreadPool, threads } from "downhill";
import { countOf, type Rows } from "../model/rows.ts";
import type { ModelName } from "../options/modelNames.ts";
import type { TrainOptions } from "../options/trainOptions.ts";

const MAX_THREADS = 8; // a batch has at most 8 lanes
const WORTH = 2 ** 22; // multiply-adds in a pass, which take about 5 ms; starting the threads takes about 50 ms, once

/**
 * The number of threads without --threads: the number of processors, at most 8, if one pass over the training rows has at
 * least 2^22 multiply-adds; otherwise 1. A pass has rows × columns of them, times the widest hidden layer in a network, or
 * ratings × rank. Implicit feedback has one thread, because threads cannot share its updates.
 */
export function defaultThreads(
  rows: Rows,
  model: ModelName,
  {
    hidden = [32],
    rank = 10,
    processors = availableParallelism(),
  }: Pick<TrainOptions, "hidden" | "rank"> & { readonly processors?: number },
): number {
  if (rows.task === "ratings" && rows.ratings === null) return 1;
  const products = rows.task === "ratings" ? countOf(rows) * rank : numbersOf(rows.X, countOf(rows));
  const width = model === "network" ? Math.max(...hidden) : 1;
  return products * width >= WORTH ? Math.min(MAX_THREADS, processors) : 1;
}

/** The numbers of the rows; of sparse rows those that are stored. */
const numbersOf = (X: AnyMatrix, rows: number): number => ("indptr" in X ? X.values.length : rows * X.columns);

/** Whether the run may use the table where it is, on several threads: they then need it in memory that they can share. */
export const readsShared = ({ threads = availableParallelism(), standardize }: TrainOptions): boolean =>
  threads > 1 && standardize === false;

/** Runs `work` with a thread pool, and always closes the pool; one thread needs no pool. */
export async function withThreads<T>(count: number, work: (pool: ThreadPool | undefined) => Promise<T>): Promise<T> {
  if (count === 1) return work(undefined);
  const pool = await threads(count);
  try {
    return await work(pool);
  } finally {
    pool.close();
  }
}
