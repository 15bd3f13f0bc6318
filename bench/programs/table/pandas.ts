import { readFileSync } from "node:fs";
import { numberSetting } from "../../src/data/rawTables.ts";
import { inRepository } from "../../src/inRepository.ts";
import type { LoadProgram } from "../../src/job.ts";
import { python } from "../../src/run/startProgram.ts";
import { type CommandResult, runOnProcessors } from "../shared/command.ts";

/** Runs a Python script that uses pandas and scikit-learn. Each run starts a new process. */
export const load: LoadProgram = (job) => {
  const out = `${job.tables["table"]!.path}.params.json`;
  const args = [inRepository("bench/python/table.py"), JSON.stringify(job), out];
  let lastRun: CommandResult = { seconds: 0 };
  return {
    reset() {},
    async run() {
      lastRun = await runOnProcessors(numberSetting(job, "threads"), python(), args);
    },
    result: () => ({
      ...(JSON.parse(readFileSync(out, "utf8")) as { params: number[]; updates: number }),
      ...(lastRun.peakBytes === undefined ? {} : { peakBytes: lastRun.peakBytes }),
    }),
  };
};
