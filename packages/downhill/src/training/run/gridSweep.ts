import { examplesIn, type Grid } from "../../core/grid.ts";
import { recordValues } from "../state/progress.ts";
import type { Run, SweepMemory } from "../state/run.ts";
import type { SweepJob, SweepPart } from "../threads/threadPool.ts";
import type { WriteRates } from "./sweep.ts";

const MIN_SHARED_UPDATES = 4096; // fewer updates take less than about 60 µs and are not shared

/**
 * Makes a function that does and records at most `limit` updates in the order of the grid, one per pair. It returns whether
 * it did any; if not, the function of bindUpdate must do the next update. Two parts of a diagonal have no parameter in
 * common. So threads can do the parts at the same time, and the result is the same as for one part after another, up to the
 * first value that is not finite.
 *
 * @returns  a function of the limit and of the epoch's diagonals, in the order of the epoch
 */
export function bindGridSweep(
  run: Run,
  { rates, values }: SweepMemory,
  writeRates: WriteRates,
): (limit: number, diagonals: Grid["diagonals"]) => boolean {
  const { objective, params, gradient, results, progress } = run;
  const { order, diagonals: all } = run.grid!;
  const shares = order.length >= MIN_SHARED_UPDATES * all.length; // whether the diagonals are large enough on average
  const parts: SweepPart[] = [];
  const half = values.length >> 1;
  let current = values.subarray(0, half); // for the values of the parts
  let waiting = values.subarray(half); // `count` values that are not recorded yet
  let count = 0;

  function record(): void {
    recordValues(progress, waiting, count, 1);
    count = 0;
  }

  function sweepPart(task: number): void {
    record(); // while the other threads do their first parts
    const { from, to, at } = parts[task]!;
    const rows = { order: null, from, to };
    const rest = rates.subarray(at);
    const lists = { rates: rest, fractions: rest, values: current.subarray(at) };
    results[task] = objective.sweep!({ params, gradient, average: null, rows, batchRows: 1, ...lists });
  }

  const jobOf = (): SweepJob => ({
    kind: "sweep",
    params: params.byteOffset,
    gradient: gradient.byteOffset,
    rates: rates.byteOffset,
    values: current.byteOffset,
    parts,
  });

  return (limit, diagonals) => {
    const workers = shares && limit >= MIN_SHARED_UPDATES ? run.workers() : null;
    let left = limit;
    for (let short = -1; left > 0 && short < 0; ) {
      const updates = writeParts(diagonals, progress.position, workers ? left : Math.min(left, half), parts);
      if (writeRates(updates) < updates) break;
      if (workers) workers.share(parts.length, jobOf(), sweepPart);
      else for (let task = 0; task < parts.length; task++) sweepPart(task);
      record();
      short = parts.findIndex(({ from, to }, task) => results[task]! < to - from);
      count = short < 0 ? updates : parts[short]!.at + results[short]!;
      [current, waiting] = [waiting, current];
      progress.position += count;
      progress.t += count;
      if (count > 0) progress.learningRate = rates[count - 1]!;
      left -= count;
    }
    record();
    return left < limit;
  };
}

/** Writes the rows of the current diagonal from `position` on, at most `limit`, into `parts`; returns their number. */
function writeParts(diagonals: Grid["diagonals"], position: number, limit: number, parts: SweepPart[]): number {
  parts.length = 0;
  let start = 0;
  const diagonal = diagonals.find((each) => {
    const end = start + examplesIn(each);
    if (position < end) return true;
    start = end;
    return false;
  });
  let done = 0;
  for (const { from, to } of diagonal!) {
    const skipped = Math.min(Math.max(position - start, 0), to - from);
    const count = Math.min(to - from - skipped, limit - done);
    if (count > 0) parts.push({ from: from + skipped, to: from + skipped + count, at: done });
    start += to - from;
    done += count;
  }
  return done;
}
