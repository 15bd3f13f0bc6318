import { examplesIn, type Grid } from "../../core/grid.ts";
import type { Schedule } from "../../optimizers/schedules.ts";
import type { Run, SweepMemory } from "../state/run.ts";
import type { SweepPart } from "../threads/threadPool.ts";
import { MAX_UPDATES, writeRates } from "./sweep.ts";

const MIN_SHARED_UPDATES = 4096; // fewer updates take less than about 100 µs and are not shared

/**
 * Makes a function that does the remaining updates of the current diagonal of the grid: one update per pair, at most
 * `limit`, in the order in which the pairs are stored. It returns the number of updates; 0 means that the function of
 * bindUpdate must do the next update. Two parts of a diagonal have no parameter in common. So threads can do the parts at the
 * same time, and the result is the same as for one part after another, up to the first value that is not finite.
 *
 * @returns  a function of the limit and of the epoch's diagonals, in the order of the epoch
 */
export function bindGridSweep(
  run: Run,
  { rates, values }: SweepMemory,
  rate: Schedule,
): (limit: number, diagonals: Grid["diagonals"]) => number {
  const { objective, params, gradient, results, progress } = run;
  const { order, diagonals: all } = run.grid!;
  const shares = order.length >= MIN_SHARED_UPDATES * all.length; // whether the diagonals are large enough on average
  const parts: SweepPart[] = [];
  const job = {
    kind: "sweep" as const,
    params: params.byteOffset,
    gradient: gradient.byteOffset,
    rates: rates.byteOffset,
    values: values.byteOffset,
    parts,
  };

  function sweepPart(task: number): void {
    const { from, to, at } = parts[task]!;
    const rows = { order: null, from, to };
    const rest = rates.subarray(at);
    const lists = { rates: rest, fractions: rest, values: values.subarray(at) };
    results[task] = objective.sweep!({ params, gradient, average: null, rows, batchRows: 1, ...lists });
  }

  return (limit, diagonals) => {
    const workers = shares && limit >= MIN_SHARED_UPDATES ? run.workers() : null;
    const updates = writeParts(diagonals, progress.position, workers ? limit : Math.min(limit, MAX_UPDATES), parts);
    if (writeRates(rates, rate, progress.t, updates) < updates) return 0;
    if (workers) workers.share(parts.length, job, sweepPart);
    else for (let task = 0; task < parts.length; task++) sweepPart(task);
    const short = parts.findIndex(({ from, to }, task) => results[task]! < to - from);
    return short < 0 ? updates : parts[short]!.at + results[short]!;
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
