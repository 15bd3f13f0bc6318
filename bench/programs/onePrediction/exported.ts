import { pathToFileURL } from "node:url";
import type { LoadProgram } from "../../src/job.ts";
import { versionOf } from "../shared/version.ts";
import { eachRow, textSetting } from "./rows.ts";

export const load: LoadProgram = async (job) => {
  const { predict } = (await import(pathToFileURL(textSetting(job, "module")).href)) as {
    predict: (row: number[]) => number;
  };
  return eachRow(job, versionOf("downhill"), predict);
};
