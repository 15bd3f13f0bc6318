// The files that a training run writes.
import { type ModelFile, modelPieces } from "../model/modelFile.ts";
import type { OutputFile } from "../output/checkOutputs.ts";
import { writeOutput } from "../output/writeOutput.ts";
import type { RunOutput } from "./runOutput.ts";
import type { Descent, RunFacts, WrittenFile } from "./trainedRun.ts";

/** The files that the run will write. */
export const outputFiles = ({ save, report }: RunOutput): OutputFile[] => [
  ...(save === undefined ? [] : [{ option: "--save", path: save, kind: "model" } as const]),
  ...(report === undefined ? [] : [{ option: "--report", path: report, kind: "report" } as const]),
];

/** Writes the model. This is done first, so that no later error can lose it. */
export async function saveModel(run: RunFacts & Descent, { save }: RunOutput): Promise<WrittenFile[]> {
  if (save === undefined) return [];
  return [{ kind: "model", path: save, replaced: await writeOutput(save, modelPieces(modelFile(run))) }];
}

function modelFile({ prepared, settings, holdOut, commonAnswer, fitted }: RunFacts & Descent): ModelFile {
  const { task, spec: table, model } = prepared;
  const run = { model, holdOut, commonAnswer, ...Object.fromEntries(settings.map(({ name, value }) => [name, value])) };
  return { task, table, run, fitted };
}
