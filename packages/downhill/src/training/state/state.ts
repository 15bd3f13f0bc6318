import { InputRangeError, InputTypeError, show } from "../../core/check.ts";
import { elementTypeOf, type Vector } from "../../core/vector.ts";
import type { Settings } from "../trainOptions.ts";
import { copyHistory } from "./history.ts";
import type { Progress } from "./progress.ts";
import type { Run } from "./run.ts";

/** A copy of everything that a run needs to continue from one of its steps; later steps do not change it. */
export interface State {
  /** The parameters. */
  readonly params: Vector;
  /** Earlier parameters with a finite loss, for the error of a run that diverges. */
  readonly kept: Vector;
  /** The optimizer's vectors. */
  readonly slots: readonly Vector[];
  /** The optimizer's numbers. */
  readonly scalars: Float64Array;
  /** The average of the parameters, with `average`. */
  readonly average: Vector | null;
  /** The parameters with the lowest validation loss, with `stop.validation`. */
  readonly best: Vector | null;
  /** The parameters with the lowest objective, for an optimizer that may take a step back. */
  readonly lowest: Vector | null;
  /** The slopes of the rows with the largest lower bound of the optimum, for each score of the hinge after its first step. */
  readonly bound: readonly Float64Array[] | null;
  /** The numbers of rows of the run. */
  readonly rows: {
    /** All examples. */
    readonly examples: number;
    /** The examples of one batch. */
    readonly batch: number;
    /** With `localEpochs`, the number of ranks. */
    readonly ranks?: number;
  };
  /** Counters, stopping rules and history. */
  readonly progress: Readonly<Progress>;
}

/** The settings of a run that its state records. */
type StateSettings = Pick<Settings, "examples" | "rowsPerBatch" | "local">;

const copyProgress = (progress: Progress): Progress => ({
  ...progress,
  change: { ...progress.change },
  validation: { ...progress.validation },
  lowest: { ...progress.lowest },
  widths: [...progress.widths],
  history: copyHistory(progress.history),
});

/** A copy of the run's current state. */
export const stateOf = (run: Run, { examples, rowsPerBatch, local }: StateSettings): State => ({
  params: run.params.slice(),
  kept: run.kept.slice(),
  slots: run.slots.map((slot) => slot.slice()),
  scalars: run.scalars.slice(),
  average: run.average?.slice() ?? null,
  best: run.best?.slice() ?? null,
  lowest: run.lowest?.slice() ?? null,
  bound: run.hingeSteps?.slopes() ?? null,
  rows: { examples, batch: rowsPerBatch, ...(local && { ranks: local.ranks.size }) },
  progress: copyProgress(run.progress),
});

/** Whether data have the parts of a state. */
export function isState(data: unknown): data is State {
  const { params, kept, slots, scalars, average, best, lowest, bound, rows, progress } = Object(data) as Partial<State>;
  const { t, epoch, position, change, validation, widths, history } = Object(progress) as Partial<Progress>;
  return (
    [params, kept, scalars, ...(Array.isArray(slots) ? slots : [null])].every(ArrayBuffer.isView) &&
    [average, best, lowest, ...[bound].flat()].every((vector) => vector === null || ArrayBuffer.isView(vector)) &&
    [t, epoch, position, rows?.examples, rows?.batch].every(Number.isInteger) &&
    [change, validation, progress?.lowest, history, widths].every((part) => part instanceof Object)
  );
}

/**
 * Puts a run into a saved state.
 *
 * @throws RangeError when the state is of another problem, element type, optimizer or averaging
 */
export function restoreState(run: Run, state: State, { examples, rowsPerBatch, local }: StateSettings): void {
  if (!isState(state)) {
    throw new InputTypeError(`train: resume must be a state of a step, got ${show(state)}. Pass step.state().`);
  }
  const [expected, got] = [elementTypeOf(run.params), elementTypeOf(state.params)];
  if (expected !== got) {
    throw new InputRangeError(
      `train: the state to resume must have the run's number type (${expected}), got ${got}. ` +
        "Resume with data of the type that the state was trained on.",
    );
  }
  requireSame("parameters", run.params.length, state.params.length);
  requireSame("rows", examples, state.rows.examples);
  requireSame("rows per batch", rowsPerBatch, state.rows.batch);
  requireSame("ranks with local epochs", local?.ranks.size ?? 0, state.rows.ranks ?? 0);
  requireSame("optimizer slots", run.slots.length, state.slots.length);
  requireSame("optimizer numbers", run.scalars.length, state.scalars.length);
  requireSame("averages", run.average ? 1 : 0, state.average ? 1 : 0);
  requireSame("validation sets", run.best ? 1 : 0, state.best ? 1 : 0);
  requireSame("parameters of the lowest objective", run.lowest ? 1 : 0, state.lowest ? 1 : 0);
  const recorded = Object.keys(state.progress.history).sort().join(", ");
  const records = Object.keys(run.progress.history).sort().join(", ");
  if (recorded !== records) {
    throw new InputRangeError(
      `train: the state to resume must have recorded ${records}, got ${recorded}. ` +
        "Resume with the same trace and batchLosses.",
    );
  }
  run.params.set(state.params);
  run.kept.set(state.kept);
  for (const [i, slot] of run.slots.entries()) slot.set(state.slots[i]!);
  run.scalars.set(state.scalars);
  run.average?.set(state.average!);
  run.best?.set(state.best!);
  run.lowest?.set(state.lowest!);
  if (state.bound) run.hingeSteps?.restore(state.bound);
  Object.assign(run.progress, copyProgress(state.progress));
}

function requireSame(what: string, expected: number, got: number): void {
  if (expected !== got) {
    throw new InputRangeError(
      `train: the state to resume must have as many ${what} as the run (${expected}), got ${got}. ` +
        "Resume with the model, optimizer and options that the state was made with.",
    );
  }
}
