// The prediction without a model.
import { countLabels, type Label } from "../../core/label.ts";

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
  if (classes || !(y instanceof Float64Array)) return mostFrequent(y);
  const { loss, quantile } = settings;
  const share = loss === "quantile" ? (quantile as number) : loss === "absolute" || loss === "huber" ? 0.5 : null;
  return share === null ? mean(y) : quantileOf(y, share);
}

const mostFrequent = (labels: ArrayLike<Label>): Label =>
  [...countLabels(labels)].reduce((best, each) => (each[1] > best[1] ? each : best))[0];

function mean(numbers: Float64Array): number {
  let sum = 0;
  for (const number of numbers) sum += number / numbers.length;
  return sum;
}

/** The lowest number such that at least this share of the numbers is not larger. */
const quantileOf = (numbers: Float64Array, share: number): number =>
  numbers.slice().sort()[Math.max(0, Math.ceil(share * numbers.length) - 1)]!;
