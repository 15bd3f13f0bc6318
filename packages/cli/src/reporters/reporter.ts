// What a training run reports, in order, to people or to a program.
import type { DivergenceError, FittedModel, Label } from "downhill";
import type { ModelStep } from "../model/estimator.ts";
import type { Outcome } from "../model/metrics.ts";
import type { Parts } from "../model/rows.ts";
import type { TwoClasses } from "../model/twoClasses.ts";
import type { Chosen } from "../options/trainOptions.ts";
import type { Prepared } from "../training/prepare.ts";
import type { Setting } from "../training/settings.ts";

/** What is known before the first update. */
export interface RunFacts {
  /** DATA as the user wrote it. */
  readonly data: string;
  readonly prepared: Prepared;
  readonly parts: Parts;
  readonly holdOut: number;
  readonly seed: number;
  /** The two classes of the target; null for any other target. */
  readonly twoClasses: TwoClasses | null;
  /** The most frequent class, or the mean, of the training rows. */
  readonly commonAnswer: Label;
  readonly chosen: Chosen;
}

/** What is known at the end. */
export interface TrainedRun extends RunFacts {
  /** The command line after `downhill`. */
  readonly line: readonly string[];
  readonly settings: readonly Setting[];
  readonly fitted: FittedModel;
  /** Why the run ended: as the model says, or "diverged". */
  readonly stopped: string;
  /** The error of a run that diverged and whose model is kept; else null. */
  readonly divergence: DivergenceError | null;
  /** The exact objective over the training rows. */
  readonly loss: number;
  readonly epochs: number;
  readonly train: Outcome;
  readonly heldOut: Outcome | null;
}

/** A file that was written; `replaced` when there was one of that name. */
export interface Written {
  readonly kind: string;
  readonly path: string;
  readonly replaced: boolean;
}

/** Receives what a run reports: tellText.ts prints it for people, tellJson.ts for programs. */
export interface Teller {
  start(facts: RunFacts): void;
  settings(settings: readonly Setting[]): void;
  epoch(step: ModelStep): void;
  diverged(error: DivergenceError): void;
  end(run: TrainedRun, files: readonly Written[], seconds: number): void;
}
