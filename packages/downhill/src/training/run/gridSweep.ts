import { examplesIn, type Grid } from "../../core/grid.ts";
import type { Schedule } from "../../optimizers/schedules.ts";
import type { Run, SweepMemory } from "../state/run.ts";
import type { SweepPart } from "../threads/threadPool.ts";
import { MAX_UPDATES, writeRates } from "./sweep.ts";

const MIN_SHARED_UPDATES = 4096; // fewer updates take less than about 100 µs and are not shared

/**
 * Makes a function that does the rest of a diagonal of the grid, at most `limit` updates on single pairs, and returns the
 * number of updates: 0 when the next update must be done alone. The rows are read in the order in which they are stored. The
 * parts of a diagonal share no parameter, so threads can share them: the result is the same as if the parts had followed
 * one another, up to the first value that is not finite.
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
  const shares = order.length >= MIN_SHARED_UPDATES * all.length; // whether an average diagonal is large enough
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

/** Writes the rest of the diagonal at `position` of the epoch, at most `limit` rows, into `parts`; returns the rows. */
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
