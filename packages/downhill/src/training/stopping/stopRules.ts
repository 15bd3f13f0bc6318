import { InputRangeError, requireKnown, requireNonNegative, requirePositive, requireSize } from "../../core/check.ts";
import type { Problem } from "../objective/objective.ts";

/** All values of `StopReason`. */
export const stopReasons = ["converged", "stalled", "validation", "epochs", "diverged", "separable"] as const;

/**
 * The reason why a run ended:
 * - "converged": the rule `remaining` or `gradient` holds;
 * - "stalled": the rule `change` holds: the objective no longer falls;
 * - "validation": the rule `validation` holds: the validation loss no longer falls;
 * - "epochs": all epochs are done;
 * - "diverged": the objective ended far above its start;
 * - "separable": no optimum exists, because a plane separates the classes and there is no penalty.
 */
export type StopReason = (typeof stopReasons)[number];

/** Rules that end a run before its last epoch. Each rule is checked after every epoch. */
export interface StopRules {
  /**
   * Ends the run as converged when objective − optimum is at most this share of the objective. The share has no unit. For a
   * perfect fit, whose optimum is 0, the rule holds when the objective is at most remaining² times the objective of the best
   * constant scores. Only for linear scores with a smooth loss, or with the hinge, l2 and the optimizer `automatic`. No default.
   */
  readonly remaining?: number;
  /**
   * Ends the run as converged when the largest absolute entry of the gradient (with l1, of the proximal gradient) is at most
   * this. Its unit is that of the objective divided by that of the parameter. No default.
   */
  readonly gradient?: number;
  /**
   * Ends the run as stalled when the objective has not fallen by more than tolerance · |lowest value| for `patience` epochs
   * in a row [5]. No default.
   */
  readonly change?: {
    /** Relative decrease that counts, at least 0. */
    readonly tolerance: number;
    /** Number of epochs [5]. */
    readonly patience?: number;
  };
  /**
   * Ends the run when the mean loss of this problem, the validation rows, has had no new minimum for `patience` epochs [10].
   * `step.best` holds the parameters of the minimum. No default.
   */
  readonly validation?: {
    /** The loss on the validation rows. */
    readonly problem: Problem;
    /** Number of epochs [10]. */
    readonly patience?: number;
  };
}

/** @throws RangeError or TypeError for an invalid rule. */
export function checkStopRules(stop: StopRules, { size, elementType }: Pick<Problem, "size" | "elementType">): void {
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
      `train: stop.validation.problem must have as many parameters as the problem (${size}), got ${problem.size}. ` +
        "Build it with the same predictor.",
    );
  }
  if (problem.elementType !== elementType) {
    throw new InputRangeError(
      `train: stop.validation.problem must have the number type of the problem (${elementType}), got ${problem.elementType}. ` +
        "Pass data of one type, Float64Array or Float32Array, for both.",
    );
  }
}

/** The lowest value so far, and the number of values since then that were not lower by the tolerance. */
export interface Patience {
  best: number;
  waited: number;
}

/** Records a value; returns whether it is a new minimum, that is, below best − tolerance · |best|. */
export function improves(patience: Patience, value: number, tolerance = 0): boolean {
  const better = patience.best === Infinity || value < patience.best - tolerance * Math.abs(patience.best);
  if (better) patience.best = value;
  patience.waited = better ? 0 : patience.waited + 1;
  return better;
}
