import { examplesIn, type Grid } from "../../core/grid.ts";
import type { Vector } from "../../core/vector.ts";
import type { Arena } from "../../kernels/arena.ts";
import type { Schedule } from "../../optimizers/schedules.ts";
import type { Objective } from "../objective/objective.ts";
import { averagingFraction } from "../state/averaging.ts";
import type { Run, SweepMemory } from "../state/run.ts";
import type { Settings } from "../trainOptions.ts";

/** The maximum number of updates in one call: large enough that calls cost little; the lists still fit the cache. */
export const MAX_UPDATES = 8192;

/** @param grid  a grid whose diagonals threads sweep together, one diagonal at a time; else null */
export function sweepMemory(
  arena: Arena,
  objective: Objective,
  params: Vector,
  average: Vector | null,
  grid: Grid | null,
): SweepMemory {
  const length = Math.max(MAX_UPDATES, ...(grid?.diagonals.map(examplesIn) ?? []));
  const copy = (vector: Vector): Vector => arena.vector(vector.length);
  return {
    rates: arena.doubles(length),
    fractions: arena.doubles(length),
    values: arena.doubles(length),
    back: objective.touched ? null : { params: copy(params), average: average && copy(average) },
  };
}

/**
 * Makes a function that does at most `limit` updates of the parameters and the average in one call, with the same bits as
 * one update after another, and writes their learning rates and values into the sweep's memory. It returns the number of
 * updates; 0 means that the function of bindUpdate must do the next update, because its learning rate, its value or the
 * value after it is not finite. The caller adds the updates to `progress`.
 */
export function bindSweep(
  run: Run,
  memory: SweepMemory,
  rate: Schedule,
  { examples, rowsPerBatch, average: averaged }: Settings,
): (limit: number, averaging: boolean) => number {
  const { objective, params, gradient, average, order, progress } = run;
  const { rates, fractions, values, back } = memory;
  const rows = { order, from: 0, to: 0 };
  const bulk = { params, gradient, average, rows, batchRows: rowsPerBatch, rates, fractions, values };

  function sweep(updates: number): number {
    rows.from = progress.position;
    rows.to = Math.min(rows.from + updates * rowsPerBatch, examples);
    return objective.sweep!(bulk);
  }

  return (limit, averaging) => {
    const updates = writeRates(rates, rate, progress.t, Math.min(limit, MAX_UPDATES));
    if (updates === 0) return 0;
    if (averaging) {
      for (let i = 0; i < updates; i++) fractions[i] = averagingFraction(averaged!.weight, progress.averaged + i + 1);
    }
    bulk.average = averaging ? average : null;
    back?.params.set(params);
    if (averaging) back?.average?.set(average!);
    const done = sweep(updates);
    if (done === updates || back === null) return done;
    params.set(back.params); // repeat the sweep without its last update; bindUpdate then keeps the parameters before that one
    if (averaging) average!.set(back.average!);
    return done > 1 ? sweep(done - 1) : 0;
  };
}

/** Writes the learning rates of the updates t + 1, …, t + limit up to the first invalid one; returns their number. */
export function writeRates(rates: Float64Array, rate: Schedule, t: number, limit: number): number {
  for (let i = 0; i < limit; i++) {
    const next = rate(t + i + 1);
    if (!(next > 0 && next < Infinity)) return i;
    rates[i] = next;
  }
  return limit;
}
