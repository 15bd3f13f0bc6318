import type { FinishedFold } from "downhill";

/** The parts of an evaluation that have folds. */
export type FoldPart = "search" | "crossValidation";

/** Keeps the finished folds of an evaluation, so that a run that resumes does not compute them again. */
export interface FinishedFolds {
  /** The file of the checkpoints, or undefined if none are written. */
  readonly path: string | undefined;
  /** The finished folds of a part, with those of the run that this run resumes. */
  folds(part: FoldPart): readonly FinishedFold[];
  /** Records a finished fold, the n-th of its part, and writes a checkpoint if one is due. */
  fold(part: FoldPart, n: number, fold: FinishedFold): Promise<void>;
  /** Writes a checkpoint of the folds now. */
  write(): Promise<void>;
}
