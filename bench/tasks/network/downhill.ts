import { crossEntropy, dense, network, plain, risk, type Step, train } from "downhill";
import { numberOf, readFloats } from "../../src/data/tables.ts";
import type { MakeContestant } from "../../src/job.ts";
import { matrixOf, requireElement, threadsOf } from "../downhill.ts";
import { versionOf } from "../version.ts";

export const make: MakeContestant = async (job) => {
  const [hidden, classes] = [numberOf(job, "hidden"), numberOf(job, "classes")];
  const untimedEpochs = numberOf(job, "untimedEpochs");
  const problem = risk({
    predictor: network(job.tables["X"]!.columns, [hidden], classes),
    loss: crossEntropy(classes),
    inputs: dense(matrixOf(job, "X")),
    targets: dense(matrixOf(job, "y")),
  });
  const options = {
    batchSize: numberOf(job, "batchSize"),
    epochs: untimedEpochs + numberOf(job, "epochs"),
    order: "sequential",
    start: readFloats(job, "start"),
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
      for (let epoch = 0; epoch < untimedEpochs; epoch++) last = steps.next().value as Step;
    },
    run() {
      for (const step of steps) last = step;
      requireElement(job, last.params);
    },
    result: () => ({ params: last.params, updates: last.t }),
  };
};
