// Watches a run: draws its progress, reports its epochs, and after Ctrl-C ends the run when the current update is done.
import { DivergenceError, type FittedModel } from "downhill";
import type { ModelStep } from "../model/estimator.ts";
import { lossOf, type Progress } from "../reporters/progress.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { Interrupts } from "./interrupts.ts";

/** The result of a run. */
export interface Followed {
  readonly fitted: FittedModel;
  /** The objective of the model over the training rows. */
  readonly loss: number;
  /** Of a run that diverged and whose model is kept. */
  readonly divergence: DivergenceError | null;
}

export interface Watcher {
  /** Once, when the first update is done and the options are resolved. */
  first(step: ModelStep): void;
  /** At the end of each epoch. */
  epoch(step: ModelStep): void;
}

export interface Following {
  readonly terminal: Terminal;
  readonly progress: Progress;
  readonly watcher: Watcher;
  readonly interrupts: Interrupts;
  /** Whether a run that diverges gives the model of the last step that was seen. */
  readonly keepDiverged: boolean;
}

const BREATH = 100; // ms between two chances for Ctrl-C to be heard

/**
 * Runs to the end, or until Ctrl-C is heard.
 *
 * @throws DivergenceError, unless its model is to be kept and there was a step that has one
 */
export async function follow(steps: Iterable<ModelStep>, following: Following): Promise<Followed> {
  const { terminal, progress, watcher, interrupts, keepDiverged } = following;
  let last: ModelStep | undefined;
  let kept: Omit<Followed, "divergence"> | undefined;
  let breathed = terminal.now();
  try {
    for (const step of steps) {
      if (last === undefined) watcher.first(step);
      last = step;
      if (keepDiverged) kept = { fitted: step.fitted(), loss: lossOf(step) };
      if (step.endOfEpoch) watcher.epoch(step);
      progress.step(step);
      if (terminal.now() - breathed >= BREATH) {
        await new Promise((resolve) => setImmediate(resolve));
        breathed = terminal.now();
      }
      if (interrupts.requested()) break;
    }
  } catch (error) {
    if (!(error instanceof DivergenceError) || kept === undefined) throw error;
    return { ...kept, divergence: error };
  } finally {
    progress.end();
  }
  return { fitted: last!.fitted(), loss: lossOfFitted(last!), divergence: null };
}

/** Of the best epoch on the validation rows, where there are any, else of the last update. */
function lossOfFitted(last: ModelStep): number {
  const { validation, objective } = last.history;
  if (!validation || !objective || validation.length === 0) return last.objective();
  const best = validation.reduce((at, loss, epoch) => (loss < validation[at]! ? epoch : at), 0);
  return objective[best]!;
}
