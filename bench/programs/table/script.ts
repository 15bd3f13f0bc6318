import { readFileSync } from "node:fs";
import { numberOf } from "../../src/data/tables.ts";
import { inRepository } from "../../src/inRepository.ts";
import type { MakeContestant } from "../../src/job.ts";
import { python } from "../../src/run/startProgram.ts";
import { type Ran, runOnProcessors } from "../shared/command.ts";

/** A script of pandas and scikit-learn, a process of its own for each run, with one of pandas' readers of CSV. */
export const scriptWith =
  (engine: "c" | "pyarrow"): MakeContestant =>
  (job) => {
    const script = inRepository("bench/python/table.py");
    const out = `${job.tables["table"]!.path}.params.json`;
    const args = [script, JSON.stringify(job), engine, out];
    let ran: Ran = { seconds: 0 };
    return {
      version: "a script",
      reset() {},
      async run() {
        ran = await runOnProcessors(numberOf(job, "threads"), python(), args);
      },
      result: () => ({
        ...(JSON.parse(readFileSync(out, "utf8")) as { params: number[]; updates: number }),
        ...(ran.peakBytes === undefined ? {} : { peakBytes: ran.peakBytes }),
      }),
    };
  };
