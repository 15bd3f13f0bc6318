import { DivergenceError } from "../../core/check.ts";
import { requireLatest, type Step } from "../../training/train.ts";

/** A training under way, and how a step of it becomes a model: C is the model as plain data. */
export interface Fitting<C, F> {
  readonly steps: Iterable<Step>;
  /** The model as it stands: with the best validation loss, where that is watched. */
  fittedDataAt(step: Step): C;
  fitted(fittedData: C): F;
  /** A constant rate at which the run's optimizer descends on these data; undefined where no bound is known. */
  suggestedRate(): number | undefined;
}

/** The steps of the training one by one; each can give the model, until the next step is taken. */
export function* eachStep<C, F>({ steps, fittedDataAt, fitted, suggestedRate }: Fitting<C, F>) {
  let latest = 0;
  for (const step of advised(steps, suggestedRate)) {
    latest = step.t;
    const fittedData = (): C => {
      requireLatest("fitted", step.t, latest);
      return fittedDataAt(step);
    };
    yield { ...step, fittedData, fitted: () => fitted(fittedData()) };
  }
}

/** The model that it ends with. */
export function lastFitted<C, F>({ steps, fittedDataAt, fitted, suggestedRate }: Fitting<C, F>): F {
  let last: Step | undefined;
  for (const step of advised(steps, suggestedRate)) last = step;
  return fitted(fittedDataAt(last!));
}

/** The steps of a run whose error, should it diverge, names a rate to use instead. */
function* advised(steps: Iterable<Step>, suggestedRate: () => number | undefined): Generator<Step, void> {
  try {
    yield* steps;
  } catch (error) {
    throw error instanceof DivergenceError ? error.suggesting(suggestedRate()) : error;
  }
}
