// downhill evaluate: the metrics of a saved model on rows whose target is known.
import { exitCodes } from "../errors.ts";
import type { Io } from "../io.ts";
import { readModel } from "../model/modelFile.ts";
import { countOf } from "../model/part.ts";
import { jsonMetrics, judge, metricNames, sayMetric } from "../model/scores.ts";
import type { EvaluateOptions } from "../options/others.ts";
import { grouped } from "../say.ts";
import { aligned, styleOf } from "../terminal/style.ts";
import { readRows } from "./rows.ts";

/** Runs `downhill evaluate MODEL DATA`. */
export async function evaluateCommand(path: string, data: string, { json }: EvaluateOptions, io: Io): Promise<number> {
  const model = readModel("evaluate", path);
  const rows = await readRows("evaluate", model, data);
  const { metrics } = judge(model.fitted, rows);
  if (json) {
    const facts = { model: model.fitted.kind, rows: countOf(rows), ...jsonMetrics(metrics) };
    io.stdout.write(`${JSON.stringify(facts)}\n`);
    return exitCodes.ok;
  }
  const style = styleOf(io);
  const table = aligned([
    ["rows", grouped(countOf(rows))],
    ...Object.entries(metrics).map(([name, value]) => [metricNames[name] ?? name, sayMetric(name, value)]),
  ]);
  for (const line of table) io.stdout.write(`${style.fit(line)}\n`);
  return exitCodes.ok;
}
