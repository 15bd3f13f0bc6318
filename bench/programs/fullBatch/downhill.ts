import { dense, linear, logistic, risk } from "downhill";
import { numberOf } from "../../src/data/tables.ts";
import type { MakeContestant } from "../../src/job.ts";
import { descending, matrixOf } from "../shared/descent.ts";

export const make: MakeContestant = (job) => {
  const problem = risk({
    predictor: linear(job.tables["X"]!.columns),
    loss: logistic(),
    inputs: dense(matrixOf(job, "X")),
    targets: dense(matrixOf(job, "y")),
  });
  return descending(job, problem, 1, { epochs: numberOf(job, "updates") });
};
