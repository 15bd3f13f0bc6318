import type { Grid } from "../../core/grid.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import { writesRowsLazily } from "../order/epochOrder.ts";
import { rowAt } from "../order/rowOrder.ts";
import { averagingFrom } from "../state/averaging.ts";
import { endBlock, recordValues } from "../state/progress.ts";
import type { Run } from "../state/run.ts";
import type { Settings } from "../trainOptions.ts";
import { bindGridSweep } from "./gridSweep.ts";
import { bindRates, bindSweep } from "./sweep.ts";

/**
 * Makes a function that does many updates per call. It stops before an update that ends an epoch or whose step is yielded;
 * the function of bindUpdate does that update. Returns null if the run does no bulk updates.
 *
 * @returns  a function of the epoch's diagonals, which only the order "grid" has, and of the ends of their blocks
 */
export function bindBulkUpdates(
  run: Run,
  { rate }: Optimizer,
  settings: Settings,
): ((diagonals: Grid["diagonals"], ends: readonly number[] | null) => void) | null {
  const { sparse, grid, objective, progress } = run;
  if (run.sweep === null) return null;
  const { rates, values } = run.sweep;
  const { rowsPerEpoch, rowsPerBatch, every, average, countOfUpdate, ranks } = settings;
  const writeRates = bindRates(run, run.sweep, rate!, countOfUpdate);
  const sweep = bindSweep(run, run.sweep, writeRates, settings);
  const sweepGrid = grid && rowsPerBatch === 1 ? bindGridSweep(run, run.sweep, writeRates, ranks) : null;
  const averageFrom = averagingFrom(average);

  function updateMany(diagonals: Grid["diagonals"], ends: readonly number[] | null): void {
    if (sparse && progress.position === 0) return; // the first update of an epoch copies the parameters to `kept`
    const averaging = progress.epoch >= averageFrom;
    for (;;) {
      const untilYield = every === "epoch" ? rowsPerEpoch : every - 1 - (progress.t % every);
      const together = objective.chunks?.together(run.order, progress.position) ?? Infinity;
      const limit = Math.min(
        untilYield,
        Math.ceil((rowsPerEpoch - progress.position) / rowsPerBatch) - 1,
        Math.floor(together / rowsPerBatch),
      );
      if (limit <= 0) return;
      if (!averaging && sweepGrid) {
        if (sweepGrid(limit, diagonals)) continue;
        return;
      }
      const end = ends?.find((each) => each > progress.position) ?? Infinity;
      const done = sweep(Math.min(limit, end - progress.position), averaging);
      if (done === 0) return;
      recordValues(progress, values, done, rowsPerBatch);
      progress.position += done * rowsPerBatch;
      if (progress.position === end) endBlock(progress);
      progress.t += done * countOfUpdate;
      if (averaging) progress.averaged += done;
      progress.learningRate = rates[done - 1]!;
    }
  }

  return (diagonals, ends) => {
    updateMany(diagonals, ends);
    if (writesRowsLazily(run, settings)) run.order![progress.position] = rowAt(diagonals, progress.position);
  };
}
