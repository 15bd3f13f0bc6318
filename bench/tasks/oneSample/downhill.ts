import { column, dense, linear, logistic, matrix, plain, risk, type Step, train } from "downhill";
import { numberOf, readFloats } from "../../src/data/tables.ts";
import type { MakeContestant } from "../../src/job.ts";
import { versionOf } from "../version.ts";

export const make: MakeContestant = (job) => {
  const { rows, columns } = job.tables["X"]!;
  const X = matrix(readFloats(job, "X"), rows, columns);
  const y = readFloats(job, "y");
  let last: Step;
  return {
    version: versionOf("downhill"),
    reset() {},
    run() {
      const problem = risk({
        predictor: linear(columns),
        loss: logistic(),
        inputs: dense(X),
        targets: column(y),
        l2: numberOf(job, "l2"),
      });
      const steps = train(problem, plain(numberOf(job, "rate")), {
        batchSize: 1,
        epochs: numberOf(job, "epochs"),
        order: job.settings["shuffled"] ? "shuffled" : "sequential",
        trace: "running",
        every: "epoch",
      });
      for (const step of steps) last = step;
    },
    result: () => ({ params: last.params, updates: last.t }),
  };
};
