import { InputRangeError, InputTypeError, requireKnown, requireNonNegative, show } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import { countsByThreshold } from "./countsByThreshold.ts";
import { requireProbability } from "./probability.ts";

/** What a threshold is chosen for: the largest F1, or the lowest cost of false positives and false negatives. */
export type ThresholdGoal =
  | "f1"
  | {
      /** Cost of a row that is predicted as positive but is not, ≥ 0. */
      readonly falsePositive: number;
      /** Cost of a positive row that is not predicted as positive, ≥ 0. */
      readonly falseNegative: number;
    };

/** A threshold, and what it achieves on the rows that it was chosen on. */
export interface ChosenThreshold {
  /** A row is predicted as positive if its probability is at least this number. Above 1: no row is. */
  readonly threshold: number;
  /** F1, or the mean cost per row, of these rows. On other rows it is usually worse. */
  readonly value: number;
}

/**
 * Chooses the probability from which a row is predicted as the positive class: the threshold with the largest
 * F1 = 2 TP / (2 TP + FP + FN), or with the lowest mean cost (FP · cost + FN · cost) / n. Choose it on rows that the model was
 * not fitted to: the probabilities of training rows are too certain.
 *
 * All thresholds between two neighbouring probabilities give the same predictions, so the result is halfway between these two.
 * Of equally good thresholds it is the highest.
 *
 * @param probabilities  n numbers from 0 to 1: of the positive class
 * @param labels  n labels
 * @param positive  the label of the positive class
 * @param goal  "f1", or the costs of the two kinds of errors
 * @throws RangeError when lengths differ, a probability is not from 0 to 1, a cost is negative, or all rows or none are positive
 *
 * @example
 * ```ts
 * import { chooseThreshold } from "downhill";
 *
 * const labels = ["no", "no", "yes", "yes"];
 * chooseThreshold([0.1, 0.2, 0.4, 0.9], labels, "yes", "f1").threshold; // 0.30000000000000004
 * chooseThreshold([0.1, 0.3, 0.2, 0.9], labels, "yes", { falsePositive: 5, falseNegative: 1 }).value; // 0.25
 * ```
 */
export function chooseThreshold(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<Label>,
  positive: Label,
  goal: ThresholdGoal,
): ChosenThreshold {
  const functionName = "chooseThreshold";
  requireGoal(functionName, goal);
  const curve = countsByThreshold(functionName, { scores: probabilities, labels, positive });
  for (let row = 0; row < labels.length; row++) requireProbability(functionName, probabilities[row]!, row);
  const { thresholds, positives, negatives } = curve;
  const all = positives.at(-1)!;
  const valueAt = (k: number): number =>
    goal === "f1"
      ? (2 * positives[k]!) / (all + positives[k]! + negatives[k]!)
      : (negatives[k]! * goal.falsePositive + (all - positives[k]!) * goal.falseNegative) / labels.length;
  let best = 0;
  for (let k = 1; k < thresholds.length; k++) {
    const gain = valueAt(k) - valueAt(best);
    if (goal === "f1" ? gain > 0 : gain < 0) best = k;
  }
  return { threshold: below(thresholds, best), value: valueAt(best) };
}

/** @throws TypeError or RangeError for a goal that is not "f1" or two costs, of which one is above 0 */
function requireGoal(functionName: string, goal: ThresholdGoal): void {
  if (goal === "f1") return;
  if (goal === null || typeof goal !== "object") {
    throw new InputTypeError(
      `${functionName}: goal must be "f1" or two costs, got ${show(goal)}. Pass "f1", or { falsePositive: 1, falseNegative: 5 }.`,
    );
  }
  requireKnown(functionName, goal, ["falsePositive", "falseNegative"], "cost");
  requireNonNegative(functionName, "falsePositive", goal.falsePositive);
  requireNonNegative(functionName, "falseNegative", goal.falseNegative);
  if (goal.falsePositive > 0 || goal.falseNegative > 0) return;
  throw new InputRangeError(
    `${functionName}: one of the costs must be above 0, got 0 and 0. Pass falseNegative: 1, for example.`,
  );
}

const NEVER = 1.0000000000000002; // the lowest number above 1

/** The number halfway between a threshold and the next lower probability; 0 if there is none, so that every row is positive. */
function below(thresholds: Float64Array, k: number): number {
  if (k + 1 === thresholds.length) return 0;
  const lower = thresholds[k + 1]!;
  const upper = k > 0 ? thresholds[k]! : lower < 1 ? 1 : NEVER;
  const middle = lower + (upper - lower) / 2;
  return middle > lower ? middle : upper;
}
