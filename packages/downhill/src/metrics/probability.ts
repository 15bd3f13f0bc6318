import { InputRangeError, show } from "../core/check.ts";

/** @throws RangeError for a probability that is not from 0 to 1 */
export function requireProbability(functionName: string, probability: number, row: number): void {
  if (probability >= 0 && probability <= 1) return;
  throw new InputRangeError(
    `${functionName}: probabilities must be from 0 to 1, got ${show(probability)} at row ${row}. ` +
      "Pass the column of the positive class of model.probabilities(X).",
  );
}
