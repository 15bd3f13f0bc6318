import type { DivergenceError, Forecast, Remedy, Verdict } from "downhill";
import type { CheckpointNotes } from "../checkpoint/checkpointFile.ts";
import type { CheckpointReport } from "../checkpoint/checkpoints.ts";
import type { ModelStep } from "../model/estimator.ts";
import type { TrainOptions } from "../options/trainOptions.ts";
import type { DivergenceCause } from "../training/divergenceCause.ts";
import type { Setting } from "../training/settings.ts";
import type { Timings } from "../training/timings.ts";
import type { RunFacts, TrainedRun, WrittenFile } from "../training/trainedRun.ts";

/** Reports a training run. The methods are called in this order: start, resumed, evaluation, settings, forecast, epoch and verdict (many times), then diverged or end; checkpoint at any time after start. */
export interface Reporter {
  start(facts: RunFacts): void;
  /** The run continues that of a checkpoint. */
  resumed(path: string, notes: CheckpointNotes): void;
  /** A checkpoint was written, or could not be written. */
  checkpoint(report: CheckpointReport): void;
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
  /** The times, if --timings is set. It is called last. */
  timings(timings: Timings): void;
  end(run: TrainedRun, files: readonly WrittenFile[], seconds: number): void;
}
