// downhill evaluate: the metrics of a saved model on rows whose target is known.
import { exitCodes } from "../errors.ts";
import { readModel } from "../model/modelFile.ts";
import { countOf } from "../model/part.ts";
import { jsonMetrics, judge, metricNames, sayMetric } from "../model/scores.ts";
import type { EvaluateOptions } from "../options/others.ts";
import { grouped } from "../say.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { readRows } from "./rows.ts";

/** Runs `downhill evaluate MODEL DATA`. */
export async function evaluateCommand(
  path: string,
  data: string,
  { json }: EvaluateOptions,
  { stdout }: Terminal,
): Promise<number> {
  const model = readModel("evaluate", path);
  const rows = await readRows("evaluate", model, data);
  const { metrics } = judge(model.fitted, rows);
  if (json) {
    const facts = { model: model.fitted.kind, rows: countOf(rows), ...jsonMetrics(metrics) };
    stdout.json(facts);
    return exitCodes.ok;
  }
  stdout.table([
    ["rows", grouped(countOf(rows))],
    ...Object.entries(metrics).map(([name, value]) => [metricNames[name] ?? name, sayMetric(name, value)]),
  ]);
  return exitCodes.ok;
}
