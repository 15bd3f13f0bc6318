import { readFileSync } from "node:fs";
import { type FittedClassifier, load as loadModel } from "downhill";
import type { LoadProgram } from "../../src/job.ts";
import { versionOf } from "../shared/version.ts";
import { eachRow, textSetting } from "./rows.ts";

export const load: LoadProgram = (job) => {
  const model = loadModel(readFileSync(textSetting(job, "model"), "utf8")) as FittedClassifier<number>;
  return eachRow(job, versionOf("downhill"), (row) => model.predict([row])[0]!);
};
