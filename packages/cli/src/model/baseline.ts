// The baseline: the same answer for every row. A model is useful only if it is better.

import { formatNumber, formatPercent } from "@downhill/plots/format";
import { accuracy, type Label } from "downhill";
import { type ErrorMetric, errorMetric } from "./errorMetric.ts";
import { errorNames } from "./metricNames.ts";
import { countLabels, type Rows } from "./rows.ts";

/** The baseline's answer for implicit feedback. */
export const MOST_POPULAR = "the most popular items";

/**
 * The baseline's answer: the most frequent class of the training rows, or the constant that suits the loss: their mean, median or
 * quantile; for implicit feedback the most popular items.
 */
export function commonAnswer(rows: Rows, { loss, quantile }: { loss?: string; quantile?: number }): Label {
  if (rows.task !== "ratings" && rows.stored) return rows.stored.answer;
  if (rows.task === "ratings" && rows.stored?.training) return rows.stored.training.answer;
  if (rows.task === "ratings") return rows.ratings === null ? MOST_POPULAR : meanOf(rows.ratings);
  if (rows.task === "regression") {
    const { metric } = errorMetric(loss, quantile);
    if (metric === "mae") return quantileOf(rows.y, 0.5);
    return metric === "pinballLoss" ? quantileOf(rows.y, quantile!) : meanOf(rows.y);
  }
  return [...countLabels(rows.y)].reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}

function meanOf(values: Float64Array): number {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  return mean;
}

/** The lowest value with at least a share q of the values at or below it. */
const quantileOf = (values: Float64Array, q: number): number =>
  values.toSorted()[Math.max(0, Math.ceil(q * values.length) - 1)]!;

/** The accuracy or the error of the baseline on some rows, and whether the model is better there. */
export interface Baseline {
  readonly answer: Label;
  readonly metric: "accuracy" | "ndcgAt10" | ErrorMetric["metric"];
  readonly value: number;
  readonly modelIs: "better" | "equal" | "worse";
  /** The answer in words: "the mean". Absent for a class. */
  readonly constant?: string;
}

/** Compares the NDCG of a model's recommendations with that of the most popular items. NaN counts as worse than any number. */
export function popularBaseline(value: number, own: number): Baseline {
  const modelIs = own > value ? "better" : own === value ? "equal" : "worse";
  return { answer: MOST_POPULAR, metric: "ndcgAt10", value, modelIs };
}

/** Compares the accuracy of a model with the accuracy of one class for every row. */
export const classBaseline = (answer: Label, target: readonly Label[], own: number): Baseline =>
  classBaselineOf(answer, accuracy(Array(target.length).fill(answer), target), own);

/** Compares the accuracy of a model with the accuracy `value` of one class for every row. */
export function classBaselineOf(answer: Label, value: number, own: number): Baseline {
  return { answer, metric: "accuracy", value, modelIs: own > value ? "better" : own < value ? "worse" : "equal" };
}

const ROUNDING = 1e-12; // relative to the largest target; a smaller difference of two errors is rounding

/** Compares the error of a model with that of one number for every row. */
export function numberBaseline(answer: number, target: Float64Array, own: number, error: ErrorMetric): Baseline {
  const value = error.errorOf(new Float64Array(target.length).fill(answer), target);
  const largest = target.reduce((size, each) => Math.max(size, Math.abs(each)), 0);
  return numberBaselineOf(answer, { value, own, largest }, error);
}

/** Compares the error of a model with the error `value` of one number for every row; `largest` is the largest size of a target. */
export function numberBaselineOf(
  answer: number,
  { value, own, largest }: { readonly value: number; readonly own: number; readonly largest: number },
  { metric, constant }: ErrorMetric,
): Baseline {
  const equal = Math.abs(own - value) <= ROUNDING * largest;
  // NaN counts as worse than any number.
  return { answer, metric, constant, value, modelIs: equal ? "equal" : own < value ? "better" : "worse" };
}

/** "recommending the most popular items", "always predicting “benign”", "always predicting 152.1 (the mean of the training rows)". */
export function answerText({ answer, constant, metric }: Baseline): string {
  if (metric === "ndcgAt10") return `recommending ${answer}`;
  return constant === undefined
    ? `always predicting “${answer}”`
    : `always predicting ${formatNumber(answer as number)} (${constant} of the training rows)`;
}

/** A sentence that compares the model with the baseline: "Better than always predicting “no”: …". */
export function comparison(baseline: Baseline, own: number, where: string): string {
  const { metric, value, modelIs } = baseline;
  const answer = answerText(baseline);
  if (metric === "accuracy") {
    const share = `right for ${formatPercent(own)} of the ${where}`;
    if (modelIs === "equal") return `No better than ${answer}: both are ${share}.`;
    return `${comparative[modelIs]} than ${answer}: the model is ${share}, and the baseline for ${formatPercent(value)}.`;
  }
  const error = `${errorNames[metric]} of ${formatNumber(own)} on the ${where}`;
  if (modelIs === "equal" && formatNumber(own) === formatNumber(value)) {
    return `No better than ${answer}: both have ${error}.`;
  }
  const remark = modelIs === "equal" ? " The difference is only rounding." : own < PERFECT * value ? perfect : "";
  return `${comparative[modelIs]} than ${answer}: the model has ${error}, and the baseline has ${formatNumber(value)}.${remark}`;
}

const PERFECT = 1e-6; // share of the baseline's error below which a formula of the columns gives the target
const perfect = " The predictions are nearly exact: check whether the target is computed from these columns.";

const comparative = { better: "Better", equal: "No better", worse: "Worse" } as const;
