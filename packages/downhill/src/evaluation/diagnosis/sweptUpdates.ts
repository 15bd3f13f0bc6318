import type { Problem } from "../../training/objective/objective.ts";
import { type BatchSize, batchRows } from "../../training/order/batchSize.ts";

const MOST = 300;
const LEAST = 20;
const WORK = 1 << 29; // multiply-adds of a whole sweep, about half a second

/** The number of updates of each run of a sweep: at most 300, and fewer for large problems, so that the sweep stays short. */
export function sweptUpdates({ size, examples }: Problem, batchSize: BatchSize, rates: number): number {
  const perUpdate = 2 * batchRows(batchSize, examples) * size;
  return Math.max(LEAST, Math.min(MOST, Math.floor(WORK / (rates * perUpdate))));
}
