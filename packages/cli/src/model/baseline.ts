// The baseline: the same answer for every row. A model is useful only if it is better.

import { formatNumber, formatPercent } from "@downhill/plots/format";
import { accuracy, type Label, rootMeanSquaredError } from "downhill";
import { countLabels, type Rows } from "./rows.ts";

/** The baseline's answer: the most frequent class of the training rows, or their mean. */
export function commonAnswer(rows: Rows): Label {
  if (rows.task !== "classification") return meanOf(rows.task === "ratings" ? rows.ratings : rows.y);
  return [...countLabels(rows.y)].reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}

function meanOf(values: Float64Array): number {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  return mean;
}

/** The accuracy or RMSE of the baseline on some rows, and whether the model is better there. */
export interface Baseline {
  readonly answer: Label;
  readonly metric: "accuracy" | "rmse";
  readonly value: number;
  readonly modelIs: "better" | "equal" | "worse";
}

/** Compares the accuracy of a model with the accuracy of one class for every row. */
export function classBaseline(answer: Label, target: readonly Label[], own: number): Baseline {
  const value = accuracy(Array(target.length).fill(answer), target);
  return { answer, metric: "accuracy", value, modelIs: own > value ? "better" : own < value ? "worse" : "equal" };
}

const ROUNDING = 1e-12; // relative to the largest target; a smaller difference of two errors is rounding

/** Compares the root mean squared error of a model with that of one number for every row. */
export function numberBaseline(answer: number, target: Float64Array, own: number): Baseline {
  const value = rootMeanSquaredError(new Float64Array(target.length).fill(answer), target);
  const largest = target.reduce((size, each) => Math.max(size, Math.abs(each)), 0);
  const equal = Math.abs(own - value) <= ROUNDING * largest;
  // NaN counts as worse than any number.
  return { answer, metric: "rmse", value, modelIs: equal ? "equal" : own < value ? "better" : "worse" };
}

/** "always predicting “benign”", "always predicting 152.1 (the mean of the training rows)". */
export function answerText({ answer, metric }: Baseline): string {
  return metric === "accuracy"
    ? `always predicting “${answer}”`
    : `always predicting ${formatNumber(answer as number)} (the mean of the training rows)`;
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
  const error = `an RMSE of ${formatNumber(own)} on the ${where}`;
  if (modelIs === "equal" && formatNumber(own) === formatNumber(value)) {
    return `No better than ${answer}: both have ${error}.`;
  }
  const remark = modelIs === "equal" ? " The difference is only rounding." : "";
  return `${comparative[modelIs]} than ${answer}: the model has ${error}, and the baseline has ${formatNumber(value)}.${remark}`;
}

const comparative = { better: "Better", equal: "No better", worse: "Worse" } as const;
