// The threshold of a model of two classes, as the user set it or as a rule chooses it.
import { type CrossValidation, chooseThreshold } from "downhill";
import { DivergedRun } from "../errors/errors.ts";
import type { TrainOptions } from "../options/trainOptions.ts";
import type { Evaluable } from "./evaluable.ts";

/** The threshold of a model of two classes. */
export interface Threshold {
  readonly threshold: number;
  /** F1, or the mean cost of a row, of the cross-validated probabilities of the training rows; null if the user set the threshold. */
  readonly value: number | null;
}

/** Whether a rule chooses the threshold from the cross-validated probabilities. */
export const isChosen = (threshold: TrainOptions["threshold"]): boolean =>
  threshold !== undefined && typeof threshold !== "number";

/** @throws DivergedRun if a fold has no probabilities */
export function thresholdOf(
  { threshold }: TrainOptions,
  { y, positive }: Evaluable,
  result: CrossValidation<unknown> | null,
): Threshold | null {
  if (threshold === undefined) return null;
  if (typeof threshold === "number") return { threshold, value: null };
  const { folds } = result!;
  if (folds.some(({ diverged }) => diverged !== null)) {
    throw new DivergedRun(
      "train: the training of a fold diverged, so --threshold cannot be chosen. Lower the learning rate, or set a number such as --threshold 0.3.",
    );
  }
  const rows = folds.flatMap((fold) => [...fold.rows.test]);
  const probabilities = folds.flatMap((fold) => [...fold.probabilities!]);
  const labels = rows.map((row) => y[row]!);
  return chooseThreshold(probabilities, labels, positive!, threshold);
}
