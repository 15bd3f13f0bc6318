import { crossEntropy, dense, network, risk } from "downhill";
import { numberOf, readFloats } from "../../src/data/tables.ts";
import type { MakeContestant } from "../../src/job.ts";
import { descending, matrixOf } from "../shared/descent.ts";

export const make: MakeContestant = (job) => {
  const [hidden, classes] = [numberOf(job, "hidden"), numberOf(job, "classes")];
  const untimedEpochs = numberOf(job, "untimedEpochs");
  const problem = risk({
    predictor: network(job.tables["X"]!.columns, [hidden], classes),
    loss: crossEntropy(classes),
    inputs: dense(matrixOf(job, "X")),
    targets: dense(matrixOf(job, "y")),
  });
  return descending(job, problem, untimedEpochs, {
    batchSize: numberOf(job, "batchSize"),
    epochs: untimedEpochs + numberOf(job, "epochs"),
    order: "sequential",
    start: readFloats(job, "start"),
  });
};
