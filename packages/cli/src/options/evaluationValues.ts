// Turns the text of the options on cross-validation, search and threshold into their values.
import { InvalidArgumentError } from "commander";
import type { ThresholdGoal } from "downhill";

const numberOf = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text));

/** "5": a number of folds. */
export function folds(text: string): number {
  const value = numberOf(text);
  if (Number.isSafeInteger(value) && value >= 2) return value;
  throw new InvalidArgumentError("It must be a whole number of at least 2.");
}

/** "all", or a number of trials. */
export function trials(text: string): "all" | number {
  const value = numberOf(text);
  if (text === "all" || (Number.isSafeInteger(value) && value >= 1)) return text === "all" ? text : value;
  throw new InvalidArgumentError("It must be a whole number of at least 1, or all for all combinations.");
}

/** The values of an option that a search tries, as the user wrote them. */
export interface SearchChoice {
  /** The option without dashes, such as "learning-rate". */
  readonly option: string;
  /** The values; one text such as "1e-4..1" is an interval. */
  readonly values: readonly string[];
}

/** "l2=1e-4..1,hidden=16|32,16": options with the values to try. A comma inside the value of an option belongs to the value. */
export function searchChoices(text: string): SearchChoice[] {
  const choices = text.split(/,(?=[A-Za-z][A-Za-z0-9-]*=)/).map((each) => {
    const [, option, values] = /^([A-Za-z][A-Za-z0-9-]*)=(.*)$/.exec(each.trim()) ?? [];
    return { option: option ?? "", values: (values ?? "").split("|").map((value) => value.trim()) };
  });
  if (choices.every(({ option, values }) => option !== "" && !values.includes(""))) return choices;
  throw new InvalidArgumentError(
    "It must be options with the values to try, such as l2=1e-4..1,hidden=16|32|64,learning-rate=auto|0.01.",
  );
}

/** "f1", "cost:1,5" or "0.3". */
export function thresholdRule(text: string): ThresholdGoal | number {
  if (text === "f1") return text;
  const costs = /^cost:([^,]+),([^,]+)$/.exec(text)?.slice(1).map(numberOf);
  if (costs?.every((cost) => cost >= 0 && cost < Number.POSITIVE_INFINITY) && costs.some((cost) => cost > 0)) {
    return { falsePositive: costs[0]!, falseNegative: costs[1]! };
  }
  const value = numberOf(text);
  if (value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError(
    "It must be f1, a number from 0 to 1, or cost:FP,FN with the costs of a false positive and a false negative, such as cost:1,5.",
  );
}
