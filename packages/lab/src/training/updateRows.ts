// The training rows of an update.

import { random } from "downhill";
import type { LiveRun } from "./liveRun.ts";

/** The rows that an update used, by its number from 1; null where they are not known, as with validation rows. */
export function updateRows({ options, problem, updatesPerEpoch }: LiveRun, update: number): number[] | null {
  const rows = problem.examples;
  const { batchSize = rows, order = "shuffled", seed = 0, stop } = options;
  const size = typeof batchSize === "number" ? batchSize : rows;
  if (stop?.validation !== undefined || (order !== "shuffled" && order !== "sequential")) return null;
  const epoch = Math.floor((update - 1) / updatesPerEpoch);
  const from = ((update - 1) % updatesPerEpoch) * size;
  const all = Array.from({ length: Math.min(size, rows - from) }, (_, k) => from + k);
  if (size >= rows || order === "sequential") return all;
  const shuffled = random(seed).fork("order").fork(epoch).permutation(rows);
  return all.map((at) => shuffled[at]!);
}
