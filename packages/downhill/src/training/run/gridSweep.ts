import { examplesIn, type Grid } from "../../core/grid.ts";
import type { Schedule } from "../../optimizers/schedules.ts";
import type { Run, SweepMemory } from "../state/run.ts";
import type { SweepPart } from "../threads/threadPool.ts";
import { LONGEST, writeRates } from "./sweep.ts";

const FEWEST = 4096; // updates worth sharing: a hundred microseconds or more

/**
 * Moves a run of single updates by the rest of a diagonal of its grid, at most `most` updates, and returns how many it
 * did: 0 when the next is to be done by itself. Rows are read as they lie. Parts have no parameter in common, so helpers
 * may take some of them: values stand as if the parts had followed one another, up to the first that is not finite.
 *
 * @returns  given the diagonals of the epoch under way, in the order of their visits
 */
export function bindGridSweep(
  run: Run,
  { rates, values }: SweepMemory,
  rate: Schedule,
): (most: number, diagonals: Grid["diagonals"]) => number {
  const { objective, params, gradient, results, progress } = run;
  const { order, diagonals: all } = run.grid!;
  const shares = order.length >= FEWEST * all.length; // whether diagonals are worth it, on average
  const parts: SweepPart[] = [];
  const job = {
    kind: "sweep" as const,
    params: params.byteOffset,
    gradient: gradient.byteOffset,
    rates: rates.byteOffset,
    values: values.byteOffset,
    parts,
  };

  function own(task: number): void {
    const { from, to, at } = parts[task]!;
    const rows = { order: null, from, to };
    const rest = rates.subarray(at);
    const lists = { rates: rest, fractions: rest, values: values.subarray(at) };
    results[task] = objective.sweep!({ params, gradient, average: null, rows, batchRows: 1, ...lists });
  }

  return (most, diagonals) => {
    const crew = shares && most >= FEWEST ? run.crew() : null;
    const updates = cut(diagonals, progress.position, crew ? most : Math.min(most, LONGEST), parts);
    if (writeRates(rates, rate, progress.t, updates) < updates) return 0;
    if (crew) crew.share(parts.length, job, own);
    else for (let task = 0; task < parts.length; task++) own(task);
    const short = parts.findIndex(({ from, to }, task) => results[task]! < to - from);
    return short < 0 ? updates : parts[short]!.at + results[short]!;
  };
}

/** Writes what is left of the diagonal at a place among the visits, at most so much, into `parts`; returns how much. */
function cut(diagonals: Grid["diagonals"], position: number, most: number, parts: SweepPart[]): number {
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
    const count = Math.min(to - from - skipped, most - done);
    if (count > 0) parts.push({ from: from + skipped, to: from + skipped + count, at: done });
    start += to - from;
    done += count;
  }
  return done;
}
