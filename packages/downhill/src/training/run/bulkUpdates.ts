import type { Grid } from "../../core/grid.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import { averagingFrom } from "../state/averaging.ts";
import { recordBatches } from "../state/progress.ts";
import type { Run } from "../state/run.ts";
import type { Settings } from "../trainOptions.ts";
import { bindGridSweep } from "./gridSweep.ts";
import { bindSweep } from "./sweep.ts";

/**
 * Makes a function that does many updates per call. It stops before an update that ends an epoch or whose step is yielded;
 * the function of bindUpdate does that update. Returns null if the run does no bulk updates.
 *
 * @returns  a function of the epoch's diagonals, which only the order "grid" has
 */
export function bindBulkUpdates(
  run: Run,
  { rate }: Optimizer,
  settings: Settings,
): ((diagonals: Grid["diagonals"]) => void) | null {
  const { sparse, grid, progress } = run;
  if (run.sweep === null) return null;
  const { rates, values } = run.sweep;
  const { examples, rowsPerBatch, every, average } = settings;
  const sweep = bindSweep(run, run.sweep, rate!, settings);
  const sweepGrid = grid && rowsPerBatch === 1 ? bindGridSweep(run, run.sweep, rate!) : null;
  const averageFrom = averagingFrom(average);

  return (diagonals) => {
    if (sparse && progress.position === 0) return; // the first update of an epoch copies the parameters to `kept`
    const averaging = progress.epoch >= averageFrom;
    for (;;) {
      const untilYield = every === "epoch" ? examples : every - 1 - (progress.t % every);
      const limit = Math.min(untilYield, Math.ceil((examples - progress.position) / rowsPerBatch) - 1);
      if (limit <= 0) return;
      const done = (!averaging && sweepGrid?.(limit, diagonals)) || sweep(limit, averaging);
      if (done === 0) return;
      recordBatches(progress, values, done, rowsPerBatch);
      progress.t += done;
      if (averaging) progress.averaged += done;
      progress.learningRate = rates[done - 1]!;
    }
  };
}
