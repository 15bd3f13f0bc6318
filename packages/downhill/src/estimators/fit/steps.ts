import { DivergenceError } from "../../core/divergenceError.ts";
import { inKeptMemory } from "../../kernels/keptMemory.ts";
import type { BindKernels } from "../../kernels/kernels.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { copyHistory } from "../../training/state/history.ts";
import type { StopReason } from "../../training/stopping/stopRules.ts";
import { requireLatest, type Step } from "../../training/train.ts";
import type { TrainOptions } from "../../training/trainOptions.ts";
import type { FittedData } from "../fitted/fittedData.ts";

/** What a fit minimises and how, before its first update. */
export interface FitParts {
  /** The function that the fit minimises. */
  readonly problem: Problem;
  /** The update rule: that of the estimator, or the default for these data. */
  readonly optimizer: Optimizer;
  /** The options of the run, as `train` takes them. */
  readonly options: TrainOptions;
  /** The weight of the l2 penalty; null for ratings with a weight for each term. */
  readonly l2: number | null;
  /** Whether the columns are standardized; null for ratings, which have no columns. */
  readonly standardized: boolean | null;
  /** The names of the columns; null if they have none, and for ratings. */
  readonly columns: readonly string[] | null;
  /** The same function, where the columns are standardized or not. Of ratings it is always `problem`. */
  problemWith(standardized: boolean): Problem;
}

/** A fit before its first update. S is the type of its steps. */
export interface PreparedFit<S = Step> extends FitParts {
  /** Starts the training, each time anew: the steps that `train` of the estimator yields. */
  steps(): Generator<S, void>;
}

/** A run of the trainer, and how to make a model of one of its steps. C is the type of the fitted data, F of the model. */
export interface FitRun<C, F> {
  readonly parts: FitParts;
  /** Starts the trainer. @param kernels  in place of those of the options */
  steps(kernels?: BindKernels): Iterable<Step>;
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
  for (const step of withSuggestedRate(steps(), suggestedRate)) {
    latest = step.t;
    const fittedData = (): C => {
      requireLatest("fitted", step.t, latest);
      return fittedDataAt(step);
    };
    yield { ...step, fittedData, fitted: () => fitted(fittedData()) };
  }
}

/** The fit of a run that has not started. */
export const preparedFit = <C, F>(run: FitRun<C, F>) => ({ ...run.parts, steps: () => eachStep(run) });

/** The model of the last step. Code of the user could keep views of the run's memory, so only a run without it is in kept memory. */
export function lastFitted<C, F>({ parts, steps, fittedDataAt, fitted, suggestedRate }: FitRun<C, F>): F {
  const { kernels = wasmKernels, threads } = parts.options;
  const last = (own?: BindKernels): C => {
    let step: Step | undefined;
    for (step of withSuggestedRate(steps(own), suggestedRate));
    return fittedDataAt(step!);
  };
  return fitted(threads || !parts.optimizer.spec ? last() : inKeptMemory(kernels, last));
}

/** The steps of a run. If the run diverges, the message of its error has a learning rate to use instead. */
function* withSuggestedRate(steps: Iterable<Step>, suggestedRate: () => number | undefined): Generator<Step, void> {
  try {
    yield* steps;
  } catch (error) {
    throw error instanceof DivergenceError ? error.suggesting(suggestedRate()) : error;
  }
}
