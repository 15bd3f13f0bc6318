// A checkpoint file: a line of JSON that names the format, and the bytes of the library's saveState.
import { readFileSync } from "node:fs";
import { type FinishedFold, loadState, type SignalState, type State, saveState } from "downhill";
import { DataError, isInputError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { checkpointStart, FORMAT } from "../output/checkpointStart.ts";
import { systemMessage } from "../process/systemMessage.ts";
import { version } from "../process/version.ts";
import type { ErrorCurve } from "../training/errorCurve.ts";
import type { FoldPart } from "../training/finishedFolds.ts";
import type { Fingerprint } from "./fingerprint.ts";

const VERSION = 1;

/** A training between two updates, beside its state. */
export interface RunNotes {
  /** The learning rates at some updates from the first to the last; empty for an optimizer that computes them from gradients. */
  readonly rates: readonly (readonly [update: number, rate: number])[];
  /** The maximum number of epochs. */
  readonly epochs: number;
  /** The number and the learning rate of the first update that was reported. */
  readonly first: { readonly update: number; readonly learningRate: number };
  /** The updates and the complete epochs so far. */
  readonly update: number;
  readonly completeEpochs: number;
  /** The reason why the run ended; null for a run that goes on. */
  readonly stopped: string | null;
  /** For the verdicts; null if nothing was recorded. */
  readonly signals: SignalState | null;
  /** For the chart of the errors in the report; null without a report. */
  readonly errors: ErrorCurve | null;
}

/** What a checkpoint holds beside the state. */
export interface CheckpointNotes {
  /** The options that were set, by name. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly data: Fingerprint;
  /** The finished folds of the search and of the cross-validation. */
  readonly folds: Readonly<Record<FoldPart, readonly FinishedFold[]>>;
  /** Null before the first update. */
  readonly run: RunNotes | null;
}

export interface Checkpoint {
  readonly state: State | null;
  readonly notes: CheckpointNotes;
}

/** The content of a checkpoint file. */
export function checkpointBytes({ state, notes }: Checkpoint): Uint8Array {
  const isFinished = notes.run !== null && notes.run.stopped !== null;
  const head = { format: FORMAT, version: VERSION, downhill: version, finished: isFinished };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), saveState(state, notes)]);
}

/**
 * Reads a checkpoint file.
 *
 * @throws DataError for a file that cannot be read, is no checkpoint, has another version, is incomplete, or was changed
 */
export function readCheckpoint(path: string): Checkpoint {
  const { head, rest } = partsOf(path);
  if (head["version"] !== VERSION || head["downhill"] !== version) {
    throw new DataError(
      `train: the checkpoint ${show(path)} was written by downhill ${head["downhill"]}, and this is downhill ${version}, whose numbers can ` +
        `differ in their last digits. Resume with version ${head["downhill"]}, or leave out --resume to start anew.`,
    );
  }
  try {
    return loadState(rest) as Checkpoint;
  } catch (error) {
    if (!isInputError(error)) throw error;
    throw new DataError(
      `train: the checkpoint ${show(path)} is incomplete or was changed. Copy it again, or leave out --resume to start anew.`,
    );
  }
}

/** Whether a file is a checkpoint of a run that has not ended; false if it cannot be read. */
export function isUnfinished(path: string): boolean {
  try {
    return partsOf(path).head["finished"] === false;
  } catch {
    return false;
  }
}

const NEW_LINE = 10;

function partsOf(path: string): { readonly head: Readonly<Record<string, unknown>>; readonly rest: Uint8Array } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new DataError(
      `train: the checkpoint ${show(path)} cannot be read: ${systemMessage(error)}. Correct the name, or leave out --resume to start anew.`,
    );
  }
  if (bytes.subarray(0, checkpointStart.length).toString() !== checkpointStart) {
    throw new DataError(
      `train: ${show(path)} is not a checkpoint of downhill. Use a file that train wrote with --checkpoint, or leave out --resume.`,
    );
  }
  const end = bytes.indexOf(NEW_LINE);
  const head = headIn(bytes.subarray(0, Math.max(0, end)).toString());
  return { head, rest: end < 0 ? Buffer.alloc(0) : bytes.subarray(end + 1) };
}

/** The first line; its versions are those of this program if it is damaged, so that the damage of the file is reported. */
function headIn(line: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    return { version: VERSION, downhill: version };
  }
}
