// The files that a training run writes.
import type { FittedClassifier, FittedFactorization, FittedRegression } from "downhill";
import { type ModelFile, modelPieces } from "../model/modelFile.ts";
import type { OutputFile } from "../output/checkOutputs.ts";
import { writeOutput } from "../output/writeOutput.ts";
import { isSvmlightSpec, isTableSpec } from "./prepared.ts";
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

function modelFile({ prepared, settings, holdOut, fitted, certificate, commonAnswer }: RunFacts & Descent): ModelFile {
  const { spec, model } = prepared;
  const run = { model, holdOut, ...Object.fromEntries(settings.map(({ name, value }) => [name, value])), certificate };
  if (isSvmlightSpec(spec)) {
    const svmlight = { firstColumn: spec.firstColumn, baseline: commonAnswer };
    return { kind: "svmlight", fitted: fitted as FittedClassifier | FittedRegression, svmlight, run };
  }
  return isTableSpec(spec)
    ? { kind: "table", fitted: spec.fitted(fitted as FittedClassifier | FittedRegression), run }
    : { kind: "ratings", fitted: spec.fitted(fitted as FittedFactorization), run };
}
