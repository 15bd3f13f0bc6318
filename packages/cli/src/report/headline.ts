// What came out, in words: one sentence to remember, one on how training ended, and the numbers behind them.
import type { Label } from "downhill";
import { isTableSpec } from "../model/modelFile.ts";
import { type Metrics, metricNames, type Outcome, sayMetric } from "../model/scores.ts";
import { grouped, sayNumber } from "../say.ts";
import { endingWords } from "../train/outcomeWords.ts";
import { awaitsConvergence } from "../train/settings.ts";
import type { TrainedRun } from "../train/teller.ts";

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

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** The headline of a run: of held-out rows where there are any. */
export function headlineOf(run: TrainedRun): Headline {
  const judged = run.heldOut ?? run.train;
  const where = run.heldOut === null ? "training rows" : "held-out rows";
  const { prepared, stopped, epochs } = run;
  const target = isTableSpec(prepared.spec) ? prepared.spec.target.name : "rating";
  const ended = endingWords({ stopped, epochs, awaited: awaitsConvergence(run) });
  const lead = `${baseline(judged)} Training ${ended}.`;
  const verdict =
    stopped === "diverged" ? "The run diverged: do not use this model." : verdictOf(judged, target, where);
  return { verdict, lead, numbers: keyNumbers(run, judged, where) };
}

function verdictOf({ task, metrics, target: values }: Outcome, target: string, where: string): string {
  if (task === "classification") {
    return `It names the right ${target} for ${percent(metrics["accuracy"]!)} of the ${where}.`;
  }
  if (task === "ratings")
    return `It misses ${where.replace("rows", "ratings")} by ${sayNumber(metrics["rmse"]!)} (root mean square).`;
  const r2 = metrics["r2"]!;
  if (Number.isNaN(r2)) return `It misses ${target} by ${sayNumber(metrics["rmse"]!)} on ${values.length} ${where}.`;
  if (r2 <= 0) return `It predicts ${target} no better than its mean does, on the ${where}.`;
  return `It explains ${percent(r2)} of the variation of ${target} in the ${where}.`;
}

/** What the simplest rule would reach on the same rows. */
function baseline(outcome: Outcome): string {
  if (outcome.task === "classification") {
    const [label, count] = mostFrequent(outcome.target);
    return `Always saying ${label} would be right for ${percent(count / outcome.target.length)}.`;
  }
  const { target: values } = outcome;
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let squares = 0;
  for (const value of values) squares += ((value - mean) * (value - mean)) / values.length;
  return `Always saying their mean, ${sayNumber(mean)}, would miss by ${sayNumber(Math.sqrt(squares))}.`;
}

function mostFrequent(labels: readonly Label[]): [Label, number] {
  const counts = new Map<Label, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best));
}

function keyNumbers({ train, heldOut, loss, epochs, fitted }: TrainedRun, judged: Outcome, where: string): KeyNumber[] {
  const beside = (name: string, metrics: Metrics) =>
    heldOut === null ? where : `held-out; training ${sayMetric(name, metrics[name]!).replace(" ", "\u00a0")}`;
  const of = Object.keys(judged.metrics)
    .slice(0, 4)
    .map((name) => ({
      name: metricNames[name] ?? name,
      value: sayMetric(name, judged.metrics[name]!),
      beside: beside(name, train.metrics),
    }));
  const ended = {
    name: "Epochs",
    value: grouped(epochs),
    beside: `${grouped(fitted.updates)} updates, loss ${sayNumber(loss)}`,
  };
  return [...of, ended].map((number) => ({ ...number, name: number.name[0]!.toUpperCase() + number.name.slice(1) }));
}
