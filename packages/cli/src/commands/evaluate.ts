// downhill evaluate: measures a saved model on rows with a target.

import { formatCount } from "@downhill/plots/format";
import { exitCodes } from "../errors/errors.ts";
import { comparison } from "../model/baseline.ts";
import { cellNotes } from "../model/cellNotes.ts";
import { requireCounts } from "../model/countTargets.ts";
import { evaluate, isClassifier, jsonMetrics, metricRows } from "../model/metrics.ts";
import { predictorOf, readModel } from "../model/modelFile.ts";
import { rankingLines } from "../model/ranking.ts";
import { countOf, rowWord } from "../model/rows.ts";
import type { EvaluateOptions } from "../options/otherOptions.ts";
import { requireNoTableOptions } from "../options/svmlightOptions.ts";
import { readRows } from "../stream/evaluatedRows.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** Runs `downhill evaluate MODEL DATA`. */
export async function evaluateCommand(
  { model: path, data }: { readonly model: string; readonly data: string },
  options: EvaluateOptions,
  { stdin, stdout, stderr }: Terminal,
): Promise<number> {
  const model = readModel("evaluate", path);
  if (model.kind === "svmlight") requireNoTableOptions("evaluate", data, options);
  const { rows, notes, ...facts } = await readRows("evaluate", model, { ...options, data, stdin });
  for (const note of [...notes, ...cellNotes(facts)]) stderr.line(note);
  const { fitted, answer } = predictorOf(model);
  if (rows.task === "regression") requireCounts("evaluate", rows.y, (fitted.settings as { loss?: unknown }).loss);
  const outcome = evaluate(fitted, rows, answer);
  const positive = "precision" in outcome.metrics && isClassifier(fitted) ? fitted.classes[1] : undefined;
  if (options.json) {
    const named = positive === undefined ? {} : { positive };
    stdout.json({ model: fitted.kind, rows: countOf(rows), ...named, ...jsonMetrics(outcome) });
    return exitCodes.ok;
  }
  stdout.table([["rows", formatCount(countOf(rows))], ...metricRows([outcome])]);
  const { baseline, metrics } = outcome;
  if (positive !== undefined) {
    stdout.line(
      `Precision, recall, F1, ROC area, average precision and Brier score are those of the class “${positive}”.`,
    );
  }
  stdout.line(comparison(baseline, metrics[baseline.metric]!, rowWord(rows)));
  for (const line of rankingLines(metrics, rows, rowWord(rows))) stdout.line(line);
  const sentence = certificateSentence(model.run["certificate"]);
  if (sentence !== null) stderr.line(`On the training rows: ${sentence}`);
  return exitCodes.ok;
}

/** The sentence of a stored certificate with a bound; null for any other value, because a model file may come from anywhere. */
function certificateSentence(stored: unknown): string | null {
  const { valid, sentence } = (stored ?? {}) as { readonly valid?: unknown; readonly sentence?: unknown };
  return valid === true && typeof sentence === "string" ? sentence : null;
}
