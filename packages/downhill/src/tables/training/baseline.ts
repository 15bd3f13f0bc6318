// The prediction without a model.
import { countLabels, type Label } from "../../core/label.ts";
import { valuesAtRanks } from "../preparation/ranks.ts";
import { targetClasses } from "../preparation/warnings/targetClasses.ts";
import { eachNumber, type TypedParts } from "../reading/typedParts.ts";

/**
 * The constant that a model must be better than: the most frequent label (the first of several), or of numbers their median for
 * the losses "absolute" and "huber", their quantile for "quantile", and otherwise their mean.
 *
 * @param settings  those of the fitted model
 * @param classes  whether numbers are labels
 */
export function constantPrediction(
  y: Float64Array | readonly Label[],
  settings: Readonly<Record<string, unknown>>,
  classes: boolean,
): Label {
  if (classes || !(y instanceof Float64Array)) return mostFrequentOf([...countLabels(y)]);
  const share = baselineShare(settings);
  return share === null ? mean(y) : quantileOf(y, share);
}

/** The share of the quantile that is the baseline of a loss; null for the mean. */
export function baselineShare({ loss, quantile }: Readonly<Record<string, unknown>>): number | null {
  return loss === "quantile" ? (quantile as number) : loss === "absolute" || loss === "huber" ? 0.5 : null;
}

/** The label with the largest count, the first of several. */
export const mostFrequentOf = (counts: readonly (readonly [Label, number])[]): Label =>
  counts.reduce((best, each) => (each[1] > best[1] ? each : best))[0];

function mean(numbers: Float64Array): number {
  let sum = 0;
  for (const number of numbers) sum += number / numbers.length;
  return sum;
}

/** The lowest number such that at least this share of the numbers is not larger. */
const quantileOf = (numbers: Float64Array, share: number): number =>
  numbers.slice().sort()[Math.max(0, Math.ceil(share * numbers.length) - 1)]!;

/** The same for the targets of rows in parts. */
export function baselineOfParts(
  rows: TypedParts,
  target: string,
  settings: Readonly<Record<string, unknown>>,
  classes: boolean,
): Label {
  if (classes) {
    const { names, counts } = targetClasses(rows.columns.find(({ name }) => name === target)!, rows);
    return mostFrequentOf(names.map((name, k) => [name, counts[k]!]));
  }
  const share = baselineShare(settings);
  if (share !== null) {
    const rank = Math.max(0, Math.ceil(share * rows.rows) - 1);
    return valuesAtRanks(rows, [{ name: target, ranks: [rank] }])[0]![0]!;
  }
  let sum = 0;
  eachNumber(rows, target, (number) => {
    sum += number / rows.rows;
  });
  return sum;
}
