// What came out, in words: one sentence to remember, one on how training ended, and the numbers behind them.

import { formatCount, formatNumber, formatPercent } from "@downhill/plots/format";
import { answerWords, comparison } from "../model/baseline.ts";
import { type Metrics, metricNames, type Outcome, sayMetric } from "../model/metrics.ts";
import { isTableSpec } from "../model/modelFile.ts";
import { rowWord } from "../model/rows.ts";
import type { TrainedRun } from "../reporters/reporter.ts";
import { endingWords } from "../training/outcomeMessages.ts";
import { awaitsConvergence } from "../training/settings.ts";

/** One number of the strip under the headline. */
export interface KeyNumber {
  readonly name: string;
  readonly value: string;
  readonly beside: string;
}

export interface Headline {
  readonly verdict: string;
  readonly lead: string;
  readonly numbers: readonly KeyNumber[];
}

const OF_TWO_CLASSES = ["accuracy", "precision", "recall", "rocArea"];

/** The headline of a run: of held-out rows where there are any. */
export function headlineOf(run: TrainedRun): Headline {
  const judged = run.heldOut ?? run.train;
  const where = `${run.heldOut === null ? "training" : "held-out"} ${rowWord(judged.task)}`;
  const { prepared, stopped, epochs } = run;
  const target = isTableSpec(prepared.spec) ? prepared.spec.target.name : "rating";
  const ended = endingWords({ stopped, epochs, awaited: awaitsConvergence(run) });
  const lead = `${baselineWords(judged)}Training ${ended}.`;
  const verdict =
    stopped === "diverged" ? "The run diverged: do not use this model." : verdictOf(judged, target, where);
  return { verdict, lead, numbers: keyNumbers(run, judged, where) };
}

function verdictOf({ task, metrics, baseline }: Outcome, target: string, where: string): string {
  if (baseline.verdict !== "better") return comparison(baseline, metrics[baseline.metric]!, where);
  if (task === "classification") {
    return `It names the right ${target} for ${formatPercent(metrics["accuracy"]!)} of the ${where}.`;
  }
  const r2 = metrics["r2"] ?? Number.NaN;
  if (r2 > 0) return `It explains ${formatPercent(r2)} of the variation of ${target} in the ${where}.`;
  return `It misses ${target} by ${formatNumber(metrics["rmse"]!)} (root mean square) on the ${where}.`;
}

/** What the same answer for every row reaches on the same rows; nothing where the verdict says it. */
function baselineWords({ baseline }: Outcome): string {
  const { metric, value, verdict } = baseline;
  if (verdict !== "better") return "";
  const reaches =
    metric === "accuracy" ? `is right for ${formatPercent(value)}` : `has an RMSE of ${formatNumber(value)}`;
  return `Baseline: ${answerWords(baseline)} ${reaches}. `;
}

const baselineBeside = (name: string, { baseline }: Outcome): string =>
  name === baseline.metric ? `; baseline ${sayMetric(name, baseline.value).replace(" ", "\u00a0")}` : "";

function keyNumbers({ train, heldOut, loss, epochs, fitted }: TrainedRun, judged: Outcome, where: string): KeyNumber[] {
  const beside = (name: string, metrics: Metrics) =>
    heldOut === null ? where : `held-out; training ${sayMetric(name, metrics[name]!).replace(" ", "\u00a0")}`;
  const shown = "precision" in judged.metrics ? OF_TWO_CLASSES : Object.keys(judged.metrics).slice(0, 4);
  const of = shown.map((name) => ({
    name: metricNames[name] ?? name,
    value: sayMetric(name, judged.metrics[name]!),
    beside: beside(name, train.metrics) + baselineBeside(name, judged),
  }));
  const ended = {
    name: "Epochs",
    value: formatCount(epochs),
    beside: `${formatCount(fitted.updates)} updates, loss ${formatNumber(loss)}`,
  };
  return [...of, ended].map((number) => ({ ...number, name: number.name[0]!.toUpperCase() + number.name.slice(1) }));
}
