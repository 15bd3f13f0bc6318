import { InputRangeError, requireKnown, requireNonNegative, requirePositive, requireSize } from "../../core/check.ts";
import type { Problem } from "../objective/objective.ts";

/**
 * Why a run ended: it is as near to the optimum as its rule requires (converged), the objective no longer falls (stalled), the
 * validation loss no longer falls (validation), all epochs are done (epochs), the run ended far above its start (diverged), or no
 * optimum exists, because a plane separates the classes and there is no penalty (separable).
 */
export const stopReasons = ["converged", "stalled", "validation", "epochs", "diverged", "separable"] as const;
export type StopReason = (typeof stopReasons)[number];

/** When to stop before the epochs are over; each rule is checked after every epoch. */
export interface StopRules {
  /**
   * Converged once objective − optimum is at most this share of the objective; the share has no units. A perfect fit, whose
   * optimum is 0, has converged once its objective is at most remaining² times the objective of the best constant scores.
   * Only for linear scores with a smooth loss.
   */
  readonly remaining?: number;
  /**
   * Converged once the largest entry of the gradient (with l1, of the proximal gradient) is at most this. Its unit is
   * that of the objective divided by that of the parameter; a parameter has the unit of a target divided by that of a column.
   */
  readonly gradient?: number;
  /** Stalled once the objective has not fallen by more than tolerance · |best| for `patience` epochs in a row [5]. */
  readonly change?: { readonly tolerance: number; readonly patience?: number };
  /** Ends once the mean loss of this problem has found no new best for `patience` epochs [10]; the best parameters are kept. */
  readonly validation?: { readonly problem: Problem; readonly patience?: number };
}

/** @throws RangeError or TypeError for a rule that cannot be followed. */
export function checkStopRules(stop: StopRules, { size, element }: Pick<Problem, "size" | "element">): void {
  requireKnown("train", stop, ["remaining", "gradient", "change", "validation"]);
  if (stop.remaining !== undefined) requirePositive("train", "stop.remaining", stop.remaining);
  if (stop.gradient !== undefined) requireNonNegative("train", "stop.gradient", stop.gradient);
  if (stop.change !== undefined) {
    requireKnown("train", stop.change, ["tolerance", "patience"]);
    requireNonNegative("train", "stop.change.tolerance", stop.change.tolerance);
    requireSize("train", "stop.change.patience", stop.change.patience ?? 5);
  }
  if (stop.validation === undefined) return;
  const { problem, patience = 10 } = stop.validation;
  requireSize("train", "stop.validation.patience", patience);
  if (problem.size !== size) {
    throw new InputRangeError(
      `train: stop.validation.problem must have the parameters of the problem (${size}), got ${problem.size}. ` +
        "Build it with the same predictor.",
    );
  }
  if (problem.element !== element) {
    throw new InputRangeError(
      `train: stop.validation.problem must be of the problem's element (${element}), got ${problem.element}. ` +
        "Give both data of one type.",
    );
  }
}

/** The smallest value seen, and how many have come since without beating it by the tolerance. */
export interface Patience {
  best: number;
  waited: number;
}

/** Notes a value; true when it is a new best, that is below best − tolerance · |best|. */
export function improves(patience: Patience, value: number, tolerance = 0): boolean {
  const better = patience.best === Infinity || value < patience.best - tolerance * Math.abs(patience.best);
  if (better) patience.best = value;
  patience.waited = better ? 0 : patience.waited + 1;
  return better;
}
