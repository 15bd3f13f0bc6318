import { examplesIn, type Grid } from "../../core/grid.ts";
import type { Vector } from "../../core/vector.ts";
import type { Arena } from "../../kernels/arena.ts";
import type { Schedule } from "../../optimizers/schedules.ts";
import type { Objective } from "../objective/objective.ts";
import { averagingFraction } from "../state/averaging.ts";
import type { Run, SweepMemory } from "../state/run.ts";
import type { Settings } from "../trainOptions.ts";

export const LONGEST = 8192; // updates in one call: enough that calls cost nothing, few enough that the lists stay in cache

/** @param grid  whose diagonals threads sweep together, one at a time */
export function sweepMemory(
  arena: Arena,
  objective: Objective,
  params: Vector,
  average: Vector | null,
  grid: Grid | null,
): SweepMemory {
  const longest = Math.max(LONGEST, ...(grid?.diagonals.map(examplesIn) ?? []));
  const copy = (vector: Vector): Vector => arena.vector(vector.length);
  return {
    rates: arena.doubles(longest),
    fractions: arena.doubles(longest),
    values: arena.doubles(longest),
    back: objective.touched ? null : { params: copy(params), average: average && copy(average) },
  };
}

/**
 * Moves a run's parameters and average by at most `most` updates in one call, with the bits of one after another, and
 * returns how many: 0 when the next is to be done by itself, because its rate or its value, or the one after it, is not
 * finite. Rates and values then stand in the memory; the clock is the caller's.
 */
export function bindSweep(
  run: Run,
  memory: SweepMemory,
  rate: Schedule,
  { examples, rowsPerBatch, average: averaged }: Settings,
): (most: number, averaging: boolean) => number {
  const { objective, params, gradient, average, order, progress } = run;
  const { rates, fractions, values, back } = memory;
  const rows = { order, from: 0, to: 0 };
  const stretch = { params, gradient, average, rows, batchRows: rowsPerBatch, rates, fractions, values };

  function sweep(updates: number): number {
    rows.from = progress.position;
    rows.to = Math.min(rows.from + updates * rowsPerBatch, examples);
    return objective.sweep!(stretch);
  }

  return (most, averaging) => {
    const updates = writeRates(rates, rate, progress.t, Math.min(most, LONGEST));
    if (updates === 0) return 0;
    if (averaging) {
      for (let i = 0; i < updates; i++) fractions[i] = averagingFraction(averaged!.weight, progress.averaged + i + 1);
    }
    stretch.average = averaging ? average : null;
    back?.params.set(params);
    if (averaging) back?.average?.set(average!);
    const done = sweep(updates);
    if (done === updates || back === null) return done;
    params.set(back.params); // and no further than to where the last parameters can be kept
    if (averaging) average!.set(back.average!);
    return done > 1 ? sweep(done - 1) : 0;
  };
}

/** Writes the rates of at most so many updates after the t-th; returns how many there are before one that is none. */
export function writeRates(rates: Float64Array, rate: Schedule, t: number, most: number): number {
  for (let i = 0; i < most; i++) {
    const next = rate(t + i + 1);
    if (!(next > 0 && next < Infinity)) return i;
    rates[i] = next;
  }
  return most;
}
