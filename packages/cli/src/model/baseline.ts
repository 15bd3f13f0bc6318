// What a model must beat to be worth anything: the same answer for every row.

import { formatNumber, formatPercent } from "@downhill/plots/format";
import { accuracy, type Label, rootMeanSquaredError } from "downhill";
import { countLabels, type Rows } from "./rows.ts";

/** The best single answer of the training rows: their most frequent class, or their mean. */
export function commonAnswer(rows: Rows): Label {
  if (rows.task !== "classification") return meanOf(rows.task === "ratings" ? rows.ratings : rows.y);
  return [...countLabels(rows.y)].reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}

function meanOf(values: Float64Array): number {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  return mean;
}

/** The single answer on some rows, and whether the model beats it there: by its accuracy, or by its RMSE. */
export interface Baseline {
  readonly answer: Label;
  readonly metric: "accuracy" | "rmse";
  readonly value: number;
  readonly verdict: "better" | "equal" | "worse";
}

/** Compares a model's accuracy with that of always giving one class. */
export function classBaseline(answer: Label, target: readonly Label[], own: number): Baseline {
  const value = accuracy(Array(target.length).fill(answer), target);
  return { answer, metric: "accuracy", value, verdict: own > value ? "better" : own < value ? "worse" : "equal" };
}

const ROUNDING = 1e-12; // two errors that differ by less than this part of the largest target differ by rounding alone

/** Compares a model's root mean squared error with that of always giving one number. */
export function numberBaseline(answer: number, target: Float64Array, own: number): Baseline {
  const value = rootMeanSquaredError(new Float64Array(target.length).fill(answer), target);
  const largest = target.reduce((size, each) => Math.max(size, Math.abs(each)), 0);
  const equal = Math.abs(own - value) <= ROUNDING * largest;
  // An error that is NaN is worse than any.
  return { answer, metric: "rmse", value, verdict: equal ? "equal" : own < value ? "better" : "worse" };
}

/** "always predicting “benign”", "always predicting 152.1 (the mean of the training rows)". */
export function answerText({ answer, metric }: Baseline): string {
  return metric === "accuracy"
    ? `always predicting “${answer}”`
    : `always predicting ${formatNumber(answer as number)} (the mean of the training rows)`;
}

/** Which of the two wins on some rows, in a sentence: "Better than always predicting “no”: …". */
export function comparison(baseline: Baseline, own: number, where: string): string {
  const { metric, value, verdict } = baseline;
  const [has, of, say] =
    metric === "accuracy" ? ["right for", "of", formatPercent] : ["an RMSE of", "on", formatNumber];
  const answer = answerText(baseline);
  if (verdict === "equal") {
    return `No better than ${answer}: both ${metric === "accuracy" ? "are" : "have"} ${has} ${say(own)} ${of} the ${where}.`;
  }
  return `${verdict === "better" ? "Better" : "Worse"} than ${answer}: ${has} ${say(own)} ${of} the ${where}, against ${say(value)}.`;
}
