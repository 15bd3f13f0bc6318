import { examplesIn, type Grid } from "../../core/grid.ts";
import type { Arena } from "../../kernels/arena.ts";
import type { Schedule } from "../../optimizers/schedules.ts";
import type { Objective } from "../objective/objective.ts";
import { averagingFraction } from "../state/averaging.ts";
import type { Run, SweepMemory } from "../state/run.ts";
import type { Settings } from "../trainOptions.ts";

/** The maximum number of updates in one call: large enough that calls cost little; the lists still fit the cache. */
export const MAX_UPDATES = 8192;

/**
 * @param size  the number of parameters; vectors are empty while the memory is measured
 * @param grid  a grid whose diagonals threads or ranks sweep together, one diagonal at a time; else null
 */
export function sweepMemory(
  arena: Arena,
  objective: Objective,
  size: number,
  averaged: boolean,
  grid: Grid | null,
): SweepMemory {
  const diagonal = Math.max(0, ...(grid?.diagonals.map(examplesIn) ?? []));
  const most = objective.writesAll ? Math.max(MAX_UPDATES, size) : MAX_UPDATES;
  return {
    rates: arena.doubles(Math.max(most, diagonal)),
    fractions: arena.doubles(most),
    values: arena.doubles(Math.max(most, 2 * diagonal)),
    back: objective.touched ? null : { params: arena.vector(size), average: averaged ? arena.vector(size) : null },
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
  writeRates: WriteRates,
  { rowsPerEpoch, rowsPerBatch, average: averaged }: Settings,
): (limit: number, averaging: boolean) => number {
  const { objective, params, gradient, average, order, progress } = run;
  const { rates, fractions, values, back } = memory;
  const rows = { order, from: 0, to: 0 };
  const bulk = { params, gradient, average, rows, batchRows: rowsPerBatch, rates, fractions, values };

  function sweep(updates: number): number {
    rows.from = progress.position;
    rows.to = Math.min(rows.from + updates * rowsPerBatch, rowsPerEpoch);
    return objective.sweep!(bulk);
  }

  return (limit, averaging) => {
    const updates = writeRates(Math.min(limit, fractions.length));
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

/** Writes the learning rates of the next `limit` updates up to the first invalid one; returns their number. */
export type WriteRates = (limit: number) => number;

export function bindRates(
  { progress }: Run,
  { rates }: SweepMemory,
  rate: Schedule,
  countOfUpdate: number,
): WriteRates {
  const constant = rate.spec?.schedule === "constant";
  let written = 0; // with a constant rate, the list stays as it is
  return (limit) => {
    for (let i = written; i < limit; i++) {
      const next = rate(progress.t + i * countOfUpdate + 1);
      if (!(next > 0 && next < Infinity)) return i;
      rates[i] = next;
    }
    if (constant && limit > written) written = limit;
    return limit;
  };
}
