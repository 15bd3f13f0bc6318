import { DivergenceError } from "../../core/divergenceError.ts";
import { copyHistory } from "../../training/state/history.ts";
import type { StopReason } from "../../training/stopping/stopRules.ts";
import { requireLatest, type Step } from "../../training/train.ts";
import type { FittedData } from "../fitted/fittedData.ts";

/** A run of the trainer, and how to make a model of one of its steps. C is the type of the fitted data, F of the model. */
export interface FitRun<C, F> {
  readonly steps: Iterable<Step>;
  fittedDataAt(step: Step): C;
  fitted(fittedData: C): F;
  /** A constant learning rate with which the optimizer of this run does not diverge on these data; undefined if unknown. */
  suggestedRate(): number | undefined;
}

/** The parameters and the record of a run at a step. */
export const resultAt = (
  step: Step,
): Pick<FittedData, "params" | "history" | "updates"> & { readonly stopped: StopReason | "interrupted" } => ({
  params: Float64Array.from(step.best ?? step.solution),
  history: copyHistory(step.history),
  updates: step.t,
  stopped: step.stopped ?? "interrupted",
});

/** The steps of a run. A step can make the model until the next step is taken. */
export function* eachStep<C, F>({ steps, fittedDataAt, fitted, suggestedRate }: FitRun<C, F>) {
  let latest = 0;
  for (const step of withSuggestedRate(steps, suggestedRate)) {
    latest = step.t;
    const fittedData = (): C => {
      requireLatest("fitted", step.t, latest);
      return fittedDataAt(step);
    };
    yield { ...step, fittedData, fitted: () => fitted(fittedData()) };
  }
}

/** The model of the last step. */
export function lastFitted<C, F>({ steps, fittedDataAt, fitted, suggestedRate }: FitRun<C, F>): F {
  let last: Step | undefined;
  for (const step of withSuggestedRate(steps, suggestedRate)) last = step;
  return fitted(fittedDataAt(last!));
}

/** The steps of a run. If the run diverges, the message of its error has a learning rate to use instead. */
function* withSuggestedRate(steps: Iterable<Step>, suggestedRate: () => number | undefined): Generator<Step, void> {
  try {
    yield* steps;
  } catch (error) {
    throw error instanceof DivergenceError ? error.suggesting(suggestedRate()) : error;
  }
}
