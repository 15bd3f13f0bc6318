import { InputRangeError, InputTypeError, show } from "../../core/check.ts";
import { elementOf, type Vector } from "../../core/vector.ts";
import { copyHistory } from "./history.ts";
import type { Progress, Run } from "./run.ts";

/** All that a run needs in order to go on as if it had never stopped. Copies: a state does not change. */
export interface State {
  readonly params: Vector;
  readonly kept: Vector;
  readonly slots: readonly Vector[];
  readonly scalars: Float64Array;
  readonly average: Vector | null;
  readonly best: Vector | null;
  readonly least: Vector | null;
  readonly progress: Readonly<Progress>;
}

const copyProgress = (progress: Progress): Progress => ({
  ...progress,
  change: { ...progress.change },
  validation: { ...progress.validation },
  least: { ...progress.least },
  history: copyHistory(progress.history),
});

/** A copy of where a run stands. */
export const saveState = (run: Run): State => ({
  params: run.params.slice(),
  kept: run.kept.slice(),
  slots: run.slots.map((slot) => slot.slice()),
  scalars: run.scalars.slice(),
  average: run.average?.slice() ?? null,
  best: run.best?.slice() ?? null,
  least: run.least?.slice() ?? null,
  progress: copyProgress(run.progress),
});

/**
 * Puts a run where a state was taken.
 *
 * @throws RangeError when the state belongs to another problem, element, optimizer or averaging
 */
export function restoreState(run: Run, state: State): void {
  if (!ArrayBuffer.isView(state?.params)) {
    throw new InputTypeError(`train: resume must be a state of a step, got ${show(state)}. Pass step.state().`);
  }
  const [wanted, got] = [elementOf(run.params), elementOf(state.params)];
  if (wanted !== got) {
    throw new InputRangeError(
      `train: the state to resume must be of the run's element (${wanted}), got ${got}. ` +
        "Resume with data of the type it came from.",
    );
  }
  requireSame("parameters", run.params.length, state.params.length);
  requireSame("optimizer slots", run.slots.length, state.slots.length);
  requireSame("optimizer numbers", run.scalars.length, state.scalars.length);
  requireSame("averages", run.average ? 1 : 0, state.average ? 1 : 0);
  requireSame("validation rows", run.best ? 1 : 0, state.best ? 1 : 0);
  const recorded = Object.keys(state.progress.history).sort().join(", ");
  const records = Object.keys(run.progress.history).sort().join(", ");
  if (recorded !== records) {
    throw new InputRangeError(
      `train: the state to resume must have recorded ${records}, got ${recorded}. Resume with the same trace.`,
    );
  }
  run.params.set(state.params);
  run.kept.set(state.kept);
  for (const [i, slot] of run.slots.entries()) slot.set(state.slots[i]!);
  run.scalars.set(state.scalars);
  run.average?.set(state.average!);
  run.best?.set(state.best!);
  run.least?.set(state.least!);
  Object.assign(run.progress, copyProgress(state.progress));
}

function requireSame(what: string, wanted: number, got: number): void {
  if (wanted !== got) {
    throw new InputRangeError(
      `train: the state to resume must have as many ${what} as the run (${wanted}), got ${got}. ` +
        "Resume with the model, optimizer and options it came from.",
    );
  }
}
