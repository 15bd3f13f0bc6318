import { crossEntropy, dense, network, risk } from "downhill";
import { numberSetting, numbersSetting, readFloat64 } from "../../src/data/rawTables.ts";
import type { LoadProgram } from "../../src/job.ts";
import { matrixOf, plainDescent } from "../shared/plainDescent.ts";

export const load: LoadProgram = (job) => {
  const classes = numberSetting(job, "classes");
  const untimedEpochs = numberSetting(job, "untimedEpochs");
  const problem = risk({
    predictor: network(job.tables["X"]!.columns, numbersSetting(job, "hidden"), classes),
    loss: crossEntropy(classes),
    inputs: dense(matrixOf(job, "X")),
    targets: dense(matrixOf(job, "y")),
  });
  return plainDescent(job, problem, {
    untimedEpochs,
    batchSize: numberSetting(job, "batchSize"),
    epochs: untimedEpochs + numberSetting(job, "epochs"),
    order: "sequential",
    start: readFloat64(job, "start"),
  });
};
