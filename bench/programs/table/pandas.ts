import { readFileSync } from "node:fs";
import { numberSetting } from "../../src/data/rawTables.ts";
import { inRepository } from "../../src/inRepository.ts";
import type { LoadProgram } from "../../src/job.ts";
import { python } from "../../src/run/startProgram.ts";
import { commandRuns, runOnProcessors } from "../shared/command.ts";

/** Runs a Python script that uses pandas and scikit-learn. Each run starts a new process. */
export const load: LoadProgram = (job) => {
  const out = `${job.tables["table"]!.path}.params.json`;
  const args = [inRepository("bench/python/table.py"), JSON.stringify(job), out];
  const runs = commandRuns();
  return {
    reset() {},
    async run() {
      runs.add(await runOnProcessors(numberSetting(job, "threads"), python(), args));
    },
    result: () => ({
      ...(JSON.parse(readFileSync(out, "utf8")) as { params: number[]; updates: number }),
      ...runs.summary(),
    }),
  };
};
