import { column, crossEntropy, dense, matrix, network, plain, risk, type Step, train } from "downhill";
import { numberOf, readFloats } from "../../src/data/tables.ts";
import type { MakeContestant } from "../../src/job.ts";
import { versionOf } from "../version.ts";

export const make: MakeContestant = (job) => {
  const { rows, columns } = job.tables["X"]!;
  const [hidden, classes] = [numberOf(job, "hidden"), numberOf(job, "classes")];
  const untimedEpochs = numberOf(job, "untimedEpochs");
  const problem = risk({
    predictor: network(columns, [hidden], classes),
    loss: crossEntropy(classes),
    inputs: dense(matrix(readFloats(job, "X"), rows, columns)),
    targets: column(readFloats(job, "y")),
  });
  const start = readFloats(job, "start");
  const descent = () =>
    train(problem, plain(numberOf(job, "rate")), {
      batchSize: numberOf(job, "batchSize"),
      epochs: untimedEpochs + numberOf(job, "epochs"),
      order: "sequential",
      start,
      trace: "running",
      every: "epoch",
    });
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
    },
    result: () => ({ params: last.params, updates: last.t }),
  };
};
