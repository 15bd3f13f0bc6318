import { readFileSync } from "node:fs";
import { type FittedLinearClassifier, load } from "downhill";
import { numberOf } from "../../src/data/tables.ts";
import { inRepository } from "../../src/inRepository.ts";
import type { MakeContestant } from "../../src/job.ts";
import { type Ran, runOnProcessors } from "../shared/command.ts";
import { versionOf } from "../shared/version.ts";

/** The command as its users run it, without held-out rows and on the columns as they are, as the peers do. */
export const make: MakeContestant = (job) => {
  const { path } = job.tables["table"]!;
  const model = `${path}.model.json`;
  const bin = inRepository("packages/cli/bin/downhill.js");
  const args = [
    ...["train", path, "--target", "y", "--positive", "yes", "--model", "logistic", "--batch-size", "1"],
    ...["--learning-rate", numberOf(job, "rate"), "--l2", numberOf(job, "l2"), "--epochs", numberOf(job, "epochs")],
    ...["--threads", numberOf(job, "threads"), "--hold-out", 0, "--no-standardize", "--save", model, "--quiet"],
  ].map(String);
  let ran: Ran = { seconds: 0 };
  return {
    version: versionOf("downhill"),
    reset() {},
    async run() {
      ran = await runOnProcessors(numberOf(job, "threads"), process.execPath, [bin, ...args]);
    },
    result() {
      const fitted = load(JSON.parse(readFileSync(model, "utf8"))) as FittedLinearClassifier;
      return {
        params: fitted.params(),
        updates: fitted.updates,
        ...(ran.peakBytes === undefined ? {} : { peakBytes: ran.peakBytes }),
      };
    },
  };
};
