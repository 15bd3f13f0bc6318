// What a training run writes: its model first, then its report.
import { OutputError } from "../errors/errors.ts";
import { type ModelFile, modelPieces } from "../model/modelFile.ts";
import type { OutputFile } from "../output/checkOutputs.ts";
import { writeOutput } from "../output/writeOutput.ts";
import type { RunFacts, TrainedRun, Written } from "../reporters/reporter.ts";
import type { Output } from "./runOutput.ts";

/** The result of the descent. */
export type Descent = Pick<TrainedRun, "settings" | "fitted" | "loss" | "epochs" | "stopped" | "divergence">;

/** The files that the run is to write. */
export const outputFiles = ({ save, report }: Output): OutputFile[] => [
  ...(save === undefined ? [] : [{ option: "--save", path: save, kind: "model" } as const]),
  ...(report === undefined ? [] : [{ option: "--report", path: report, kind: "report" } as const]),
];

/** Writes the model, before anything else that can fail. */
export async function saveModel(run: RunFacts & Descent, { save }: Output): Promise<Written[]> {
  if (save === undefined) return [];
  return [{ kind: "model", path: save, replaced: await writeOutput(save, modelPieces(modelFile(run))) }];
}

/** Writes the report if one is wanted. */
export async function writeReport(run: TrainedRun, { report }: Output): Promise<Written[]> {
  if (report === undefined) return [];
  return [{ kind: "report", path: report, replaced: await writeOutput(report, await reportText(run)) }];
}

/**
 * Does what follows the saving of the model.
 *
 * @throws OutputError, which says where the model is, for whatever goes wrong
 */
export async function afterSaving<T>({ save }: Output, failed: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const kept = save === undefined ? "" : ` The model is saved in ${save}.`;
    throw new OutputError(`train: ${failed}.${kept}`, { cause });
  }
}

/** The report's code, and the charts it draws with, are loaded only for a report. */
async function reportText(run: TrainedRun): Promise<string> {
  const { reportPage } = await import("../report/page.ts");
  return reportPage(run);
}

function modelFile({ prepared, settings, holdOut, commonAnswer, fitted }: RunFacts & Descent): ModelFile {
  const { task, spec: table, model } = prepared;
  const run = { model, holdOut, commonAnswer, ...Object.fromEntries(settings.map(({ name, value }) => [name, value])) };
  return { task, table, run, fitted };
}
