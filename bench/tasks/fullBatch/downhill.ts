import { column, dense, linear, logistic, matrix, plain, risk, type Step, train } from "downhill";
import { numberOf, readFloats } from "../../src/data/tables.ts";
import type { MakeContestant } from "../../src/job.ts";
import { versionOf } from "../version.ts";

export const make: MakeContestant = (job) => {
  const { rows, columns } = job.tables["X"]!;
  const X = matrix(readFloats(job, "X"), rows, columns);
  const problem = risk({
    predictor: linear(columns),
    loss: logistic(),
    inputs: dense(X),
    targets: column(readFloats(job, "y")),
  });
  const updates = numberOf(job, "updates");
  const descent = () =>
    train(problem, plain(numberOf(job, "rate")), { epochs: updates, trace: "running", every: "epoch" });
  let steps = descent();
  let last: Step;
  return {
    version: versionOf("downhill"),
    reset() {
      steps = descent();
      last = steps.next().value as Step;
    },
    run() {
      for (const step of steps) last = step;
    },
    result: () => ({ params: last.params, updates: last.t }),
  };
};
