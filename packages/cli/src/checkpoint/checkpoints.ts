// Writes the checkpoints of a run. The clock decides only when a checkpoint is written; no number of the run depends on it.
import type { State } from "downhill";
import { OutputError } from "../errors/errors.ts";
import type { Interval } from "../options/interval.ts";
import { writeOutput } from "../output/writeOutput.ts";
import type { FinishedFolds } from "../training/finishedFolds.ts";
import { type CheckpointNotes, checkpointBytes, type RunNotes } from "./checkpointFile.ts";

/** A run between two updates: its state is copied only if a checkpoint is due. */
export interface Moment {
  readonly endOfEpoch: boolean;
  readonly epoch: number;
  state(): State;
  notes(): RunNotes;
}

/** The checkpoints of a run. */
export interface Checkpoints extends FinishedFolds {
  /**
   * Writes a checkpoint if one is due.
   *
   * @param clear  clears the progress before an error is reported
   */
  step(moment: Moment, clear: () => void): Promise<void>;
  /** Makes the last checkpoint of a run. The returned function writes it. */
  ending(moment: Moment): () => Promise<void>;
}

/** The result of writing a checkpoint. Of failures that follow each other, only the first is reported. */
export interface CheckpointReport {
  readonly path: string;
  /** Null before the first update. */
  readonly run: RunNotes | null;
  /** The reason why it could not be written; null if it was. */
  readonly failure: string | null;
}

/** What is known before the first fold and the first update. */
export interface CheckpointSetup {
  readonly path: string | undefined;
  readonly interval: Interval;
  readonly options: CheckpointNotes["options"];
  readonly data: CheckpointNotes["data"] | null;
  /** The finished folds of the run that this run resumes. */
  readonly folds: CheckpointNotes["folds"];
  /** Whether a checkpoint is written only when the update after it was possible, so that a resumed run has a model before it diverges. */
  readonly delayed: boolean;
  readonly now: () => number;
  readonly report: (report: CheckpointReport) => void;
}

const FOLD_PAUSE = 1000; // milliseconds between two checkpoints of quick folds

export function checkpointsOf(setup: CheckpointSetup): Checkpoints {
  const { path, interval, options, data, delayed, now, report } = setup;
  const folds = { search: [...setup.folds.search], crossValidation: [...setup.folds.crossValidation] };
  const pause = "seconds" in interval ? 1000 * interval.seconds : 0;
  let writtenAt = now();
  let pending: { readonly bytes: Uint8Array; readonly run: RunNotes | null } | null = null;

  function contentOf(moment: Moment | null) {
    const run = moment?.notes() ?? null;
    const state = moment === null || (run!.stopped !== null && run!.stopped !== "epochs") ? null : moment.state();
    return { bytes: checkpointBytes({ state, notes: { options, data: data!, folds, run } }), run };
  }

  let isFailing = false;
  async function put({ bytes, run }: NonNullable<typeof pending>, clear = () => {}): Promise<void> {
    let failure: string | null = null;
    try {
      await writeOutput(path!, bytes);
    } catch (error) {
      if (!(error instanceof OutputError)) throw error;
      failure = error.message.replace(/^downhill: /, "");
    }
    writtenAt = now();
    if (failure !== null) clear();
    if (failure === null || !isFailing) report({ path: path!, run, failure });
    isFailing = failure !== null;
  }

  return {
    path,
    folds: (part) => folds[part],
    async fold(part, n, { train, test, baseline, probabilities, diverged, metric }) {
      if (path === undefined || n <= folds[part].length) return;
      folds[part].push({ train, test, baseline, probabilities, diverged, metric });
      if (now() - writtenAt >= Math.min(pause, FOLD_PAUSE)) await put(contentOf(null));
    },
    async step(moment, clear) {
      if (path === undefined) return;
      if (pending !== null) await put(pending, clear);
      pending = null;
      const isDue =
        "seconds" in interval ? now() - writtenAt >= pause : moment.endOfEpoch && moment.epoch % interval.epochs === 0;
      if (!isDue) return;
      if (delayed) pending = contentOf(moment);
      else await put(contentOf(moment), clear);
    },
    async write() {
      if (path !== undefined) await put(contentOf(null));
    },
    ending(moment) {
      if (path === undefined) return async () => {};
      const content = contentOf(moment);
      return () => put(content);
    },
  };
}
