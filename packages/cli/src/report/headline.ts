// The top of the report: one sentence with the result, one on how training ended, and the scores.

import { formatCount, formatNumber, formatPercent } from "@downhill/plots/format";
import { keepUnits } from "@downhill/plots/page";
import { answerText, comparison } from "../model/baseline.ts";
import { errorNames, metricNames } from "../model/metricNames.ts";
import { formatMetric, type Outcome } from "../model/metrics.ts";
import { rowWord } from "../model/rows.ts";
import { divergedWarning, endingMessage } from "../training/outcomeMessages.ts";
import { goalOf } from "../training/settings.ts";
import type { TrainedRun } from "../training/trainedRun.ts";

/** One score under the headline. */
export interface KeyNumber {
  readonly name: string;
  readonly value: string;
  /** Values to compare it with, one line for each. */
  readonly beside: readonly string[];
}

export interface Headline {
  readonly result: string;
  readonly lead: string;
  /** Names the rows of the scores: "Scores on the held-out rows". */
  readonly scoresOf: string;
  readonly numbers: readonly KeyNumber[];
}

const BINARY_SCORES = ["accuracy", "balancedAccuracy", "precision", "recall", "averagePrecision"];

/** The headline of a run. Its scores are those of the held-out rows, or of the training rows when none was held out. */
export function headlineOf(run: TrainedRun): Headline {
  const evaluated = run.heldOut ?? run.train;
  const where = `${run.heldOut === null ? "training" : "held-out"} ${rowWord(run.parts.heldOut ?? run.parts.train)}`;
  const { prepared, stopped, epochs } = run;
  const target = "target" in prepared.spec ? prepared.spec.target : "rating";
  const ended = endingMessage({ stopped, epochs, goal: goalOf(run) });
  const { certificate } = run;
  const bound = certificate?.valid ? ` ${certificate.sentence}` : "";
  const lead = `${baselineWords(evaluated)}Training ${ended}.${bound}`;
  const result = stopped === "diverged" ? divergedWarning : resultOf(evaluated, target, where);
  return { result, lead, scoresOf: `Scores on the ${where}`, numbers: keyNumbers(run, evaluated) };
}

function resultOf({ task, metrics, baseline }: Outcome, target: string, where: string): string {
  if (baseline.modelIs !== "better" || baseline.metric === "ndcgAt10")
    return comparison(baseline, metrics[baseline.metric]!, where);
  if (task === "classification") {
    return `It predicts ${target} correctly for ${formatPercent(metrics["accuracy"]!)} of the ${where}.`;
  }
  const { metric } = baseline;
  if (metric !== "rmse" && metric !== "accuracy") {
    const saved = formatPercent(1 - metrics[metric]! / baseline.value);
    return `Its ${metricNames[metric]} of ${target} on the ${where} is ${saved} below that of the baseline.`;
  }
  const r2 = metrics["r2"] ?? Number.NaN;
  if (r2 > 0) return `It explains ${formatPercent(r2)} of the variance of ${target} on the ${where}.`;
  return `Its predictions of ${target} have an RMSE of ${formatNumber(metrics["rmse"]!)} on the ${where}.`;
}

/** The score of the same answer for every row; empty where the result contains it. */
function baselineWords({ baseline }: Outcome): string {
  const { metric, value, modelIs } = baseline;
  if (modelIs !== "better" || metric === "ndcgAt10") return ""; // the result contains it
  const reaches =
    metric === "accuracy"
      ? `is right for ${formatPercent(value)}`
      : `has ${errorNames[metric]} of ${formatNumber(value)}`;
  return `Baseline: ${answerText(baseline)} ${reaches}. `;
}

function keyNumbers({ train, heldOut, loss, epochs, fitted }: TrainedRun, evaluated: Outcome): KeyNumber[] {
  const shown = "precision" in evaluated.metrics ? BINARY_SCORES : Object.keys(evaluated.metrics).slice(0, 4);
  const scores = shown.map((name) => ({
    name: metricNames[name] ?? name,
    value: keepUnits(formatMetric(name, evaluated.metrics[name]!)),
    beside: [
      ...(heldOut === null ? [] : [keepUnits(`training rows ${formatMetric(name, train.metrics[name]!)}`)]),
      ...(name === evaluated.baseline.metric
        ? [keepUnits(`baseline ${formatMetric(name, evaluated.baseline.value)}`)]
        : []),
    ],
  }));
  const run = {
    name: "Epochs",
    value: formatCount(epochs),
    beside: [
      `${formatCount(fitted.updates)} ${fitted.updates === 1 ? "update" : "updates"}`,
      `loss ${formatNumber(loss)}`,
    ],
  };
  return [...scores, run].map((number) => ({ ...number, name: number.name[0]!.toUpperCase() + number.name.slice(1) }));
}
