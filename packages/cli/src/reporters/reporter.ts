import type { DivergenceError, Forecast, Remedy, Verdict } from "downhill";
import type { ModelStep } from "../model/estimator.ts";
import type { TrainOptions } from "../options/trainOptions.ts";
import type { DivergenceCause } from "../training/divergenceCause.ts";
import type { Setting } from "../training/settings.ts";
import type { RunFacts, TrainedRun, WrittenFile } from "../training/trainedRun.ts";

/** Reports a training run. The methods are called in this order: start, evaluation, settings, forecast, epoch and verdict (many times), then diverged or end. */
export interface Reporter {
  start(facts: RunFacts): void;
  /** The search, the cross-validation and the threshold, if the options request them. */
  evaluation(facts: RunFacts): void;
  settings(settings: readonly Setting[]): void;
  /** What the learning rate will do, if it is known. */
  forecast(forecast: Forecast): void;
  epoch(step: ModelStep): void;
  /** The state of the run with these options has changed. */
  verdict(verdict: Verdict, step: ModelStep, options: TrainOptions): void;
  /** The run diverged, and no model is written. */
  diverged(error: DivergenceError, remedies: readonly Remedy[], cause: DivergenceCause): void;
  end(run: TrainedRun, files: readonly WrittenFile[], seconds: number): void;
}
