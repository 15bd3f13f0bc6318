// The facts about a run that decide whether a mission is done.
import type { LabState } from "../state/labState.ts";

/** A run, after its last update so far. */
export interface RunFacts {
  readonly state: LabState;
  /** The number of updates so far. */
  readonly updates: number;
  /** The loss over the training rows after each complete epoch. */
  readonly losses: readonly number[];
  /** The loss over the held-out rows after each complete epoch, without penalties; empty without held-out rows. */
  readonly heldOutLosses: readonly number[];
  /** The share of the training rows with the right class; null for numbers and ratings. */
  readonly accuracy: number | null;
  readonly diverged: boolean;
  readonly params: ArrayLike<number>;
  /** The probability of each class at the point that the user has chosen; null if there is none. */
  readonly pointed: readonly number[] | null;
}

/** Whether two states have the same data with the same seed, also of the held-out rows. */
export const haveSameData = (a: LabState, b: LabState): boolean =>
  JSON.stringify([a.data, a.heldOut, a.seeds]) === JSON.stringify([b.data, b.heldOut, b.seeds]);
