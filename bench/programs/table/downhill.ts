import { readFileSync } from "node:fs";
import { type FittedTableClassifier, load as loadModel } from "downhill";
import { numberSetting } from "../../src/data/rawTables.ts";
import { inRepository } from "../../src/inRepository.ts";
import type { LoadProgram } from "../../src/job.ts";
import { commandRuns, runOnProcessors } from "../shared/command.ts";
import { versionOf } from "../shared/version.ts";

/** `downhill train`, without held-out rows and without standardization, because the peers have neither. */
export const load: LoadProgram = (job) => {
  const { path } = job.tables["table"]!;
  const model = `${path}.model.json`;
  const command = inRepository("packages/cli/bin/downhill.js");
  const threads = numberSetting(job, "threads");
  const args = [
    ...["train", path, "--target", "y", "--positive", "yes", "--model", "logistic", "--batch-size", "1"],
    ...["--learning-rate", numberSetting(job, "learningRate"), "--l2", numberSetting(job, "l2")],
    ...["--epochs", numberSetting(job, "epochs"), "--threads", threads],
    ...["--hold-out", 0, "--no-standardize", "--save", model, "--quiet"],
  ].map(String);
  const runs = commandRuns();
  return {
    version: versionOf("downhill"),
    reset() {},
    async run() {
      runs.add(await runOnProcessors(threads, process.execPath, [command, ...args]));
    },
    result() {
      const { model: own, preparation } = loadModel(JSON.parse(readFileSync(model, "utf8"))) as FittedTableClassifier;
      const params = own.params();
      const names = preparation.features.map(({ name }) => name); // ordered by code points
      const weights = names.map((_, j) => params[names.indexOf(`x${j}`)]!);
      return { params: [...weights, ...params.slice(names.length)], updates: own.updates, ...runs.summary() };
    },
  };
};
