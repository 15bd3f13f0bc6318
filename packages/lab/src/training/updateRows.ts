// The training rows of an update.

import { random } from "downhill";
import type { LiveRun } from "./liveRun.ts";

/** The rows that an update used, by its number from 1; null where they are not known, as with validation rows. */
export function updateRows({ options, problem, updatesPerEpoch }: LiveRun, update: number): number[] | null {
  const rows = problem.examples;
  const { batchSize = rows, order = "shuffled", seed = 0, stop } = options;
  const size = typeof batchSize === "number" ? batchSize : rows;
  if (stop?.validation !== undefined || typeof order !== "string" || order === "grid") return null;
  const epoch = Math.floor((update - 1) / updatesPerEpoch);
  const from = ((update - 1) % updatesPerEpoch) * size;
  const all = Array.from({ length: Math.min(size, rows - from) }, (_, k) => from + k);
  if (size >= rows || order === "sequential") return all;
  const stream = random(seed).fork("order").fork(epoch);
  const drawn = order === "shuffled" ? stream.permutation(rows) : stream.integers(rows, new Uint32Array(rows));
  return all.map((at) => drawn[at]!);
}
