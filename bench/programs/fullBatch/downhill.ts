import { dense, linear, logistic, risk } from "downhill";
import { numberSetting } from "../../src/data/rawTables.ts";
import type { LoadProgram } from "../../src/job.ts";
import { matrixOf, plainDescent } from "../shared/plainDescent.ts";

export const load: LoadProgram = (job) => {
  const problem = risk({
    predictor: linear(job.tables["X"]!.columns),
    loss: logistic(),
    inputs: dense(matrixOf(job, "X")),
    targets: dense(matrixOf(job, "y")),
  });
  return plainDescent(job, problem, { untimedEpochs: 1, epochs: numberSetting(job, "updates") });
};
