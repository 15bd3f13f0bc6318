import type { History } from "../../training/state/history.ts";

/** Options of `fitInBackground` beside those of `fit`. */
export interface BackgroundOptions {
  /** When it is aborted, the training ends at once, and the promise rejects with the signal's reason [none]. */
  readonly signal?: Signal;
  /**
   * Called after each epoch, or after several epochs if they are faster than the calls. The training does not wait for it.
   * If it returns a promise, the next call waits for that promise. There is always a call after the last epoch, before the
   * fit resolves. If it throws, the fit ends and rejects with the same error [none].
   */
  readonly onEpoch?: (progress: Progress) => unknown;
}

/** The progress of a fit in the background. */
export interface Progress {
  /** Epochs done. */
  readonly epoch: number;
  /** The maximum number of epochs. */
  readonly epochs: number;
  /** The record so far, with an entry for every epoch; it is the same object in every call. */
  readonly history: History;
}

/** The part of an AbortSignal that we use; TypeScript has its type only with those of the DOM and of Node. */
export interface Signal {
  /** Whether the signal is aborted. */
  readonly aborted: boolean;
  /** The reason of the abort. */
  readonly reason: unknown;
  /** Adds a function that is called at the abort. */
  addEventListener(type: "abort", listener: () => void): void;
  /** Removes such a function. */
  removeEventListener(type: "abort", listener: () => void): void;
}
