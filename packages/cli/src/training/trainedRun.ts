// A training run as plain data, for the reporters and for the report.

import type {
  Certificate,
  Diagnosis,
  DivergenceError,
  EstimatorModel,
  Finding,
  Forecast,
  Importance,
  Label,
  VerdictPeriod,
} from "downhill";
import type { DivergedRun } from "../errors/errors.ts";
import type { Outcome } from "../model/metrics.ts";
import type { RowSplit } from "../model/splitRows.ts";
import type { TrainOptions } from "../options/trainOptions.ts";
import type { ErrorCurve } from "./errorCurve.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Prepared } from "./prepared.ts";
import type { Setting } from "./settings.ts";

/** A run before its first update. */
export interface RunFacts {
  /** DATA as the user wrote it. */
  readonly data: string;
  readonly prepared: Prepared;
  readonly parts: RowSplit;
  readonly holdOut: number;
  readonly seed: number;
  /** The most frequent class, or the mean, of the training rows. */
  readonly commonAnswer: Label;
  /** The options of the training: after a search those of its best trial. */
  readonly options: TrainOptions;
  /** What was found before the training. */
  readonly evaluation: Evaluation;
}

/** A run after its last update. */
export interface Descent {
  readonly settings: readonly Setting[];
  readonly fitted: EstimatorModel;
  /** The reason why the run ended: that of the fitted model, or "diverged". */
  readonly stopped: string;
  /** The error of a diverged run whose model is kept; null for any other run. */
  readonly divergence: DivergenceError | null;
  /** The error with which the command ends after such a run. */
  readonly failure: DivergedRun | null;
  /** The objective over all training rows. */
  readonly loss: number;
  /** What was known of the learning rate before the training; null if it was not computed. */
  readonly forecast: Forecast | null;
  /** The whole consultation; null without a report. */
  readonly diagnosis: Diagnosis | null;
  /** The states of the run in the order of time. */
  readonly periods: readonly VerdictPeriod[];
  /** Facts that explain the result; empty if they were not computed. */
  readonly findings: readonly Finding[];
  /** How far the loss is from the best possible one; null if nobody reads it. */
  readonly certificate: Certificate | null;
  readonly epochs: number;
  /** The updates of the run, also those after the best epoch and the one that diverged. */
  readonly updates: number;
  /** Writes the last checkpoint, when all results are written. */
  readonly finish: () => Promise<void>;
  /** The errors during training; null without a report or without held-out rows. */
  readonly errors: ErrorCurve | null;
}

/** A run whose model was evaluated on the training rows and on the held-out rows. */
export interface TrainedRun extends RunFacts, Descent {
  /** The command line after `downhill`. */
  readonly line: readonly string[];
  readonly train: Outcome;
  readonly heldOut: Outcome | null;
  /** The importance of the columns on the held-out rows; null without a report, for ratings, and if the run diverged. */
  readonly importance: Importance | null;
}

/** A file that the run wrote. */
export interface WrittenFile {
  readonly kind: string;
  readonly path: string;
  /** Whether a file of this name existed before. */
  readonly replaced: boolean;
}
