import { dense, linear, logistic, plain, risk, type Step, train } from "downhill";
import { numberOf } from "../../src/data/tables.ts";
import type { MakeContestant } from "../../src/job.ts";
import { matrixOf, requireElement, threadsOf } from "../downhill.ts";
import { versionOf } from "../version.ts";

export const make: MakeContestant = async (job) => {
  const problem = risk({
    predictor: linear(job.tables["X"]!.columns),
    loss: logistic(),
    inputs: dense(matrixOf(job, "X")),
    targets: dense(matrixOf(job, "y")),
  });
  const options = {
    epochs: numberOf(job, "updates"),
    trace: "running",
    every: "epoch",
    ...(await threadsOf(job)),
  } as const;
  const descent = () => train(problem, plain(numberOf(job, "rate")), options);
  let steps = descent();
  let last: Step;
  return {
    version: versionOf("downhill"),
    reset() {
      steps = descent();
      last = steps.next().value as Step;
      requireElement(job, last.params);
    },
    run() {
      for (const step of steps) last = step;
    },
    result: () => ({ params: last.params, updates: last.t }),
  };
};
