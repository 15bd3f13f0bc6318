import type { DivergenceError } from "downhill";
import type { ModelStep } from "../model/estimator.ts";
import type { Setting } from "../training/settings.ts";
import type { RunFacts, TrainedRun, WrittenFile } from "../training/trainedRun.ts";

/** Reports a training run. The methods are called in this order: start, evaluation, settings, epoch (many times), then diverged or end. */
export interface Reporter {
  start(facts: RunFacts): void;
  /** The search, the cross-validation and the threshold, if the options request them. */
  evaluation(facts: RunFacts): void;
  settings(settings: readonly Setting[]): void;
  epoch(step: ModelStep): void;
  /** The run diverged, and no model is written. */
  diverged(error: DivergenceError): void;
  end(run: TrainedRun, files: readonly WrittenFile[], seconds: number): void;
}
