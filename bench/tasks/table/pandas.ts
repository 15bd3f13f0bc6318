import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { MakeContestant } from "../../src/job.ts";
import { python } from "../../src/run/enter.ts";
import { type Ran, runCommand } from "../commands.ts";

/** A script of its own for each run. */
export const make: MakeContestant = async (job) => {
  const script = fileURLToPath(new URL("../../../python/table.py", import.meta.url));
  const { path } = job.tables["table"]!;
  const out = `${path}.params.json`;
  const args = [script, JSON.stringify(job), out];
  let ran: Ran = { seconds: 0 };
  return {
    version: "a script",
    reset() {},
    async run() {
      ran = await runCommand(python(), args);
    },
    result: () => ({
      ...(JSON.parse(readFileSync(out, "utf8")) as { params: number[]; updates: number }),
      ...(ran.peakBytes === undefined ? {} : { peakBytes: ran.peakBytes }),
    }),
  };
};
