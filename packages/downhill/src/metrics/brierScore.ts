import type { Label } from "../core/label.ts";
import { average, requirePairs } from "./average.ts";
import { requireProbability } from "./probability.ts";

/**
 * Brier score: Σ w (p − t)² / Σ w, with p the predicted probability of the positive class, and t = 1 for rows of this class and 0
 * for others. It is from 0 (certain and right) to 1 (certain and wrong), and ½ everywhere gives 0.25. Unlike the log loss it
 * stays finite if a probability of 0 or 1 is wrong.
 *
 * @param probabilities  n numbers from 0 to 1: of the positive class
 * @param labels  n labels
 * @param positive  the label of the positive class
 * @param weights  one number ≥ 0 per row [all 1]
 * @throws RangeError if the lengths differ, there is no row, or a probability is not from 0 to 1
 *
 * @example
 * ```ts
 * import { brierScore } from "downhill";
 *
 * brierScore([0.5, 1], ["no", "yes"], "yes"); // 0.125
 * ```
 *
 * Source: Brier, “Verification of forecasts expressed in terms of probability”, 1950; half of the sum there.
 */
export function brierScore(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<Label>,
  positive: Label,
  weights?: ArrayLike<number>,
): number {
  const functionName = "brierScore";
  requirePairs(functionName, probabilities, labels);
  const squareOf = (row: number): number => {
    const probability = probabilities[row]!;
    requireProbability(functionName, probability, row);
    const error = probability - (labels[row] === positive ? 1 : 0);
    return error * error;
  };
  return average(functionName, labels.length, squareOf, weights);
}
