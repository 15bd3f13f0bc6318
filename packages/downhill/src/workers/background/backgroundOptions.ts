import type { History } from "../../training/state/history.ts";

export interface BackgroundOptions {
  /** Once it is aborted the training ends at once, and the promise rejects with its reason. */
  readonly signal?: Signal;
  /**
   * Called when epochs have ended: one, or several since the last call when they are faster than the calls. The training
   * does not wait for it. Calls do not overlap, also when it returns a promise; the last epoch has a call, after which
   * the fit resolves; once the fit has ended there are no more. If it throws, the fit ends and rejects with that.
   */
  readonly onEpoch?: (progress: Progress) => unknown;
}

/** Where a run in the background stands. */
export interface Progress {
  /** Epochs done. */
  readonly epoch: number;
  /** Epochs at most. */
  readonly epochs: number;
  /** So far, with an entry for every epoch; the same object in every call, grown in between. */
  readonly history: History;
}

/** What we use of an AbortSignal; TypeScript ships its type with those of the DOM and of Node. */
export interface Signal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}
