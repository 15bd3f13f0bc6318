import type { Vector } from "../core/vector.ts";
import type { Arena } from "../kernels/arena.ts";
import type { Schedule } from "../optimizers/schedules.ts";
import type { Run } from "./run.ts";

const LONGEST = 1024; // updates in one call: enough that calls cost nothing, few enough that the lists stay in cache

/** The memory of a sweep: a number per update, and where to go back to. */
export interface SweepMemory {
  readonly rates: Float64Array;
  readonly fractions: Float64Array;
  readonly values: Float64Array;
  readonly params: Vector;
  readonly average: Vector | null;
}

export const sweepMemory = (arena: Arena, size: number, averaged: boolean): SweepMemory => ({
  rates: arena.doubles(LONGEST),
  fractions: arena.doubles(LONGEST),
  values: arena.doubles(LONGEST),
  params: arena.vector(size),
  average: averaged ? arena.vector(size) : null,
});

export interface SweepOptions {
  readonly examples: number;
  readonly rowsPerBatch: number;
  readonly rate: Schedule;
  /** How far the average moves towards the j-th parameters, j = 1, 2, … */
  readonly fraction: (j: number) => number;
}

/**
 * Moves a run's parameters and average by at most `most` updates in one call, with the bits of one after another, and
 * returns how many: 0 when the next is to be done by itself, because its rate or its value, or the one after it, is not
 * finite. Rates and values then stand in the memory; the clock is the caller's.
 */
export function bindSweep(run: Run, memory: SweepMemory, { examples, rowsPerBatch, rate, fraction }: SweepOptions) {
  const { objective, params, gradient, progress } = run;
  const { rates, fractions, values } = memory;
  const rows = { order: run.order, from: 0, to: 0 };
  const stretch = { params, gradient, average: run.average, rows, batchRows: rowsPerBatch, rates, fractions, values };

  function sweep(updates: number): number {
    rows.from = progress.position;
    rows.to = Math.min(rows.from + updates * rowsPerBatch, examples);
    return objective.sweep!(stretch);
  }

  return (most: number, averaging: boolean): number => {
    const longest = Math.min(most, LONGEST);
    let updates = 0;
    for (; updates < longest; updates++) {
      const next = rate(progress.t + updates + 1);
      if (!(next > 0 && next < Infinity)) break;
      rates[updates] = next;
      if (averaging) fractions[updates] = fraction(progress.averaged + updates + 1);
    }
    if (updates === 0) return 0;
    stretch.average = averaging ? run.average : null;
    memory.params.set(params);
    if (averaging) memory.average!.set(run.average!);
    const done = sweep(updates);
    if (done === updates) return done;
    params.set(memory.params); // back, and no further than to where the last parameters can be kept
    if (averaging) run.average!.set(memory.average!);
    return done > 1 ? sweep(done - 1) : 0;
  };
}
