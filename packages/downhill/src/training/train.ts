import { InputRangeError } from "../core/check.ts";
import type { Vector } from "../core/vector.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { BoundRun, Problem } from "./objective/objective.ts";
import { problemInOrder, writeEpochOrder } from "./order/epochOrder.ts";
import { blockEnds } from "./order/rowOrder.ts";
import { bindRun } from "./run/bindRun.ts";
import { bindBulkUpdates } from "./run/bulkUpdates.ts";
import { bindEndEpoch } from "./run/endEpoch.ts";
import { bindFullObjective } from "./run/fullObjective.ts";
import { bindLocalEpochs } from "./run/localEpochs.ts";
import { bindUpdate } from "./run/update.ts";
import type { History } from "./state/history.ts";
import { endBlock } from "./state/progress.ts";
import { solutionOf } from "./state/run.ts";
import { begin } from "./state/start.ts";
import { type State, stateOf } from "./state/state.ts";
import { bindRise } from "./stopping/rise.ts";
import type { StopReason } from "./stopping/stopRules.ts";
import { settingsOf, type TrainOptions } from "./trainOptions.ts";

/** An update that `train` has just done. Its vectors are views of the run's memory, which the next update overwrites. */
export interface Step {
  /** The number of the update, from 1. */
  readonly t: number;
  /** The epoch of the update, from 1. */
  readonly epoch: number;
  /** Whether the update is the last one of its epoch. */
  readonly endOfEpoch: boolean;
  /** The objective on this update's batch, before the update; with `localEpochs` the last batch of this rank. */
  readonly batchLoss: number;
  /** The learning rate of this update. */
  readonly learningRate: number;
  /** The parameters after the update. */
  readonly params: Vector;
  /**
   * The result if the run ended here: the average of the parameters with `average`, the parameters of the lowest objective
   * for an optimizer that may take steps back, and otherwise the parameters.
   */
  readonly solution: Vector;
  /** With `stop.validation`, the solution with the lowest validation loss so far; else null. */
  readonly best: Vector | null;
  /** The record of the run; later epochs add to the same object. */
  readonly history: History;
  /** The reason why the run ends with this step; null when it goes on. */
  readonly stopped: StopReason | null;
  /** Returns the objective in the memory of the run, at the result of this step. `certificate` uses it. */
  bound(): BoundRun;
  /** Returns the objective over all examples at `solution`. Throws DivergenceError when it is not finite. */
  objective(): number;
  /** Returns a copy of everything that a run needs to continue from here; pass it as `resume`. */
  state(): State;
}

/**
 * Minimises a problem by gradient descent: params −= learning rate · direction, batch by batch. It is a generator that
 * yields a step after each update; `break` ends the run.
 *
 * @param problem  the function to minimise: a `risk`, or `problemOf` a function of your own
 * @param optimizer  makes the direction and the learning rate from the gradient: `plain(0.1)`, `adam(0.01)`, …
 * @throws RangeError or TypeError for invalid options; DivergenceError when a loss is not finite, and after
 *   the last step of a run that ended far above its start (that step has `stopped: "diverged"`)
 *
 * @example
 * ```ts
 * import { column, dense, halfSquared, linear, plain, risk, train } from "downhill";
 *
 * const inputs = dense({ data: Float64Array.of(-1, 0, 1), rows: 3, columns: 1 });
 * const targets = column(Float64Array.of(1, 3, 5)); // 2 x + 3
 * const problem = risk({ predictor: linear(1), loss: halfSquared(), inputs, targets });
 * let line: number[] = [];
 * for (const step of train(problem, plain(0.5), { epochs: 100 })) line = Array.from(step.solution, Math.round);
 * line; // [2, 3]
 * ```
 */
export function* train(problem: Problem, optimizer: Optimizer, options: TrainOptions = {}): Generator<Step, void> {
  const settings = settingsOf(problem, optimizer, options);
  const { rowsPerEpoch, epochs, every } = settings;
  const ordered = problemInOrder(problem, settings);
  const run = bindRun(ordered.problem, optimizer, settings, ordered.grid);
  const { params, progress } = run;
  const fullObjective = bindFullObjective(run, settings);

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
    bound() {
      requireLatest("bound", t, progress.t);
      const { objective, memory, kernels, remains, metric } = run;
      const best = progress.validation.best < Infinity ? run.best : null;
      const params = best ?? solutionOf(run);
      const newtonStep = stopped === "converged" && best === null ? (remains?.newtonStep() ?? null) : null;
      return {
        ...{ problem, objective, memory, kernels, newtonStep },
        hingeSlopes: run.hingeSteps?.slopes ?? null,
        solve: (metric?.measured ? metric.inverse?.solve : null) ?? null,
        bindKernels: settings.pool?.kernels ?? settings.kernels,
        params,
        value: newtonStep && best === null && params instanceof Float64Array ? fullObjective.atSolution().value : null,
      };
    },
    objective() {
      requireLatest("objective", t, progress.t);
      return fullObjective.atSolution().value;
    },
    state() {
      requireLatest("state", t, progress.t);
      return stateOf(run, settings);
    },
  });

  try {
    const update = bindUpdate(run, optimizer, settings, fullObjective);
    const bulkUpdates = bindBulkUpdates(run, optimizer, settings);
    const endEpoch = bindEndEpoch(run, settings, fullObjective);
    const rise = bindRise(run, problem, optimizer, settings, fullObjective);
    const localEpochs = bindLocalEpochs(run, settings);
    begin(run, problem, settings);
    if (run.lowest) fullObjective.atSolution(); // the start may have the lowest objective; the first update uses the gradient there
    while (progress.epoch < epochs) {
      run.objective.beginEpoch?.(progress.epoch);
      const diagonals = writeEpochOrder(run, settings);
      const ends = run.grid && settings.rowsPerBatch === 1 ? blockEnds(diagonals) : null;
      const isEnd = ends && new Set(ends);
      const updates = (): number => {
        bulkUpdates?.(diagonals, ends);
        const value = update();
        if (isEnd?.has(progress.position)) endBlock(progress);
        return value;
      };
      while (progress.position < rowsPerEpoch) {
        const value = localEpochs ? localEpochs.update(updates) : updates();
        if (progress.position === rowsPerEpoch) {
          localEpochs?.average();
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
    run.releaseWorkers();
  }
}

/** @throws RangeError for a step that is not the latest, because the run's memory then holds a later update */
export function requireLatest(name: string, t: number, latest: number): void {
  if (t === latest) return;
  throw new InputRangeError(
    `step.${name}: the run has gone on since this step (update ${t}) and is now at update ${latest}. ` +
      `Call ${name}() before you take the next step.`,
  );
}
