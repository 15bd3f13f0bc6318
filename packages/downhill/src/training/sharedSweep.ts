import { examplesIn, type Part } from "../core/grid.ts";
import type { Schedule } from "../optimizers/schedules.ts";
import type { Run } from "./run.ts";
import { type SweepMemory, writeRates } from "./sweep.ts";
import type { SweepPart } from "./team.ts";

const FEWEST = 4096; // updates worth sharing: a hundred microseconds or more

/**
 * Moves a run of single updates by the rest of a diagonal, at most `most` updates, its parts shared with the run's
 * helpers; returns how many it did: 0 when they are not worth sharing. The parts have no parameter in common, so their
 * order leaves no trace: values stand as if they had followed one another, up to the first that is not finite.
 *
 * @param diagonals  of the epoch under way, in the order of their visits
 */
export function bindSharedSweep(run: Run, memory: SweepMemory, rate: Schedule, results: Float64Array) {
  const { objective, params, gradient, progress } = run;
  const { rates, values } = memory;
  const parts: SweepPart[] = [];

  function own(task: number): void {
    const { from, to, at } = parts[task]!;
    const [ownRates, ownValues] = [rates.subarray(at), values.subarray(at)];
    const rows = { order: null, from, to };
    const lists = { rates: ownRates, fractions: ownRates, values: ownValues };
    results[task] = objective.sweep!({ params, gradient, average: null, rows, batchRows: 1, ...lists });
  }

  return (most: number, diagonals: readonly (readonly Part[])[]): number => {
    const crew = run.crew();
    if (crew === null) return 0;
    const updates = cut(diagonals, progress.position, most, parts);
    if (parts.length < 2 || updates < FEWEST || writeRates(rates, rate, progress.t, updates) < updates) return 0;
    crew.share(
      parts.length,
      {
        kind: "sweep",
        params: params.byteOffset,
        gradient: gradient.byteOffset,
        rates: rates.byteOffset,
        values: values.byteOffset,
        parts,
      },
      own,
    );
    const short = parts.findIndex(({ from, to }, task) => results[task]! < to - from);
    return short < 0 ? updates : parts[short]!.at + results[short]!;
  };
}

/** Writes what is left of the diagonal at a place among the visits, at most so much, into `parts`; returns how much. */
function cut(diagonals: readonly (readonly Part[])[], position: number, most: number, parts: SweepPart[]): number {
  parts.length = 0;
  let start = 0;
  const diagonal = diagonals.find((each) => {
    if (position < start + examplesIn(each)) return true;
    start += examplesIn(each);
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
