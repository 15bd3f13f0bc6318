// The training rows of an update.

import { random } from "downhill";
import type { LiveRun } from "./liveRun.ts";

/** The rows that an update used, by its number from 1; null where they are not known, as with validation rows. */
export function updateRows({ options, problem, epochs, order = "shuffled" }: LiveRun, update: number): number[] | null {
  const rows = problem.examples;
  const { seed = 0, stop } = options;
  if (stop?.validation !== undefined || typeof order !== "string" || order === "grid") return null;
  const { epoch, from, to } = epochs.rowsOf(update);
  const all = Array.from({ length: to - from }, (_, k) => from + k);
  if (all.length === rows || order === "sequential") return all;
  const stream = random(seed).fork("order").fork(epoch);
  const drawn = order === "shuffled" ? stream.permutation(rows) : stream.integers(rows, new Uint32Array(rows));
  return all.map((at) => drawn[at]!);
}
