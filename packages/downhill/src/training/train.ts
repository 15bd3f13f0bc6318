// The trainer: the clock, the subtraction and the stopping. It never mentions a model.
import { InputRangeError } from "../core/check.ts";
import type { Vector } from "../core/vector.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { Problem } from "./objective/objective.ts";
import { laidOut, writeVisits } from "./order/epochOrder.ts";
import { bindRun } from "./run/bindRun.ts";
import { bindAhead } from "./run/bulkUpdates.ts";
import { bindEndEpoch } from "./run/endEpoch.ts";
import { bindExact } from "./run/fullObjective.ts";
import { bindUpdate } from "./run/update.ts";
import type { History } from "./state/history.ts";
import { solutionOf } from "./state/run.ts";
import { begin } from "./state/start.ts";
import { type State, saveState } from "./state/state.ts";
import { bindRise } from "./stopping/rise.ts";
import type { StopReason } from "./stopping/stopRules.ts";
import { settingsOf, type TrainOptions } from "./trainOptions.ts";

/** One update, just done. Vectors are live views, which the next update changes. */
export interface Step {
  /** Number of the update, from 1. */
  readonly t: number;
  /** The epoch it belongs to, from 1. */
  readonly epoch: number;
  readonly endOfEpoch: boolean;
  /** The objective on this update's batch, before the update. */
  readonly batchLoss: number;
  /** The rate used. */
  readonly learningRate: number;
  readonly params: Vector;
  /** What the run would return now: the parameters, their average, or where steps may be taken back the least met. */
  readonly solution: Vector;
  /** The solution with the best validation loss so far, where validation rows are set. */
  readonly best: Vector | null;
  readonly history: History;
  /** Why the run ends with this step; null when it goes on. */
  readonly stopped: StopReason | null;
  /** The exact objective over all examples at `solution`. Throws DivergenceError when it is not finite. */
  objective(): number;
  /** A copy of all that the run needs in order to go on from here. */
  state(): State;
}

/**
 * Descends a problem: params −= rate · direction, batch by batch, as an iteration over the updates. Breaking off stops.
 *
 * @throws RangeError or TypeError for options that cannot be followed; DivergenceError once a loss is not finite,
 *   and after the last step where the run ended far above its start (that step says `stopped: "diverged"`)
 */
export function* train(problem: Problem, optimizer: Optimizer, options: TrainOptions = {}): Generator<Step, void> {
  const settings = settingsOf(problem, optimizer, options);
  const { examples, epochs, every } = settings;
  const laid = laidOut(problem, settings);
  const run = bindRun(laid.problem, optimizer, settings, laid.grid);
  const { params, progress } = run;
  const exact = bindExact(run, settings);

  const step = (batchLoss: number, endOfEpoch: boolean, stopped: StopReason | null, t = progress.t): Step => ({
    t,
    epoch: progress.epoch + (endOfEpoch ? 0 : 1),
    endOfEpoch,
    batchLoss,
    learningRate: progress.learningRate,
    params,
    solution: solutionOf(run),
    best: progress.validation.best < Infinity ? run.best : null,
    history: progress.history,
    stopped,
    objective() {
      requireLatest("objective", t, progress.t);
      return exact.atSolution().value;
    },
    state() {
      requireLatest("state", t, progress.t);
      return saveState(run);
    },
  });

  try {
    const update = bindUpdate(run, optimizer, settings, exact);
    const ahead = bindAhead(run, optimizer, settings);
    const endEpoch = bindEndEpoch(run, settings, exact);
    const rise = bindRise(run, problem, optimizer, settings, exact);
    begin(run, problem, settings);
    if (run.least) exact.atSolution(); // the start may be the least; the first update takes its gradient
    while (progress.epoch < epochs) {
      const diagonals = writeVisits(run, settings);
      while (progress.position < examples) {
        ahead?.(diagonals);
        const value = update();
        if (progress.position === examples) {
          const stopped = endEpoch();
          const error = stopped && rise();
          yield step(value, true, error ? "diverged" : stopped);
          if (error) throw error;
          if (stopped !== null) return;
          break;
        }
        if (every !== "epoch" && progress.t % every === 0) yield step(value, false, null);
      }
    }
  } finally {
    run.leave();
  }
}

/** @throws RangeError for a step after which the run has gone on: the run's memory then holds a later update. */
export function requireLatest(name: string, t: number, latest: number): void {
  if (t === latest) return;
  throw new InputRangeError(
    `step.${name}: the run has gone on since this step (update ${t}) and is now at update ${latest}. ` +
      `Call ${name}() before you take the next step.`,
  );
}
