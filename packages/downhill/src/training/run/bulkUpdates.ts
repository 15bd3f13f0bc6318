import type { Grid } from "../../core/grid.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import { averagingFrom } from "../state/averaging.ts";
import { noteAll, type Run } from "../state/run.ts";
import type { Settings } from "../trainOptions.ts";
import { bindGridSweep } from "./gridSweep.ts";
import { bindSweep } from "./sweep.ts";

/**
 * All updates before the next that ends an epoch or is to be seen, as far as they can be done many at a time; null where
 * none can. It is given the diagonals of the epoch under way, where that goes by a grid.
 */
export function bindAhead(
  run: Run,
  { rate }: Optimizer,
  settings: Settings,
): ((diagonals: Grid["diagonals"]) => void) | null {
  const { local, grid, progress } = run;
  if (run.sweep === null) return null;
  const { rates, values } = run.sweep;
  const { examples, rowsPerBatch, every, average } = settings;
  const sweep = bindSweep(run, run.sweep, rate!, settings);
  const sweepGrid = grid && rowsPerBatch === 1 ? bindGridSweep(run, run.sweep, rate!) : null;
  const averageFrom = averagingFrom(average);

  return (diagonals) => {
    if (local && progress.position === 0) return; // the first decides whether its parameters are kept
    const averaging = progress.epoch >= averageFrom;
    for (;;) {
      const unseen = every === "epoch" ? examples : every - 1 - (progress.t % every);
      const most = Math.min(unseen, Math.ceil((examples - progress.position) / rowsPerBatch) - 1);
      if (most <= 0) return;
      const done = (!averaging && sweepGrid?.(most, diagonals)) || sweep(most, averaging);
      if (done === 0) return;
      noteAll(progress, values, done, rowsPerBatch);
      progress.t += done;
      if (averaging) progress.averaged += done;
      progress.learningRate = rates[done - 1]!;
    }
  };
}
