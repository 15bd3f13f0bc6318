import { type Estimator, logisticRegression, matrix, type Optimizer, type Step, softmaxRegression } from "downhill";
import { numberOf, readFloats } from "../../src/data/tables.ts";
import type { Job, MakeContestant } from "../../src/job.ts";
import { versionOf } from "../version.ts";

interface Options {
  readonly batchSize?: "full";
  readonly optimizer?: Optimizer;
  readonly epochs?: number;
}

/** Fits an estimator; in full batch, where the objective is known at no cost, until it is as small as asked. */
export const fitting =
  (optionsOf: (job: Job) => Options): MakeContestant =>
  (job) => {
    const { rows, columns } = job.tables["X"]!;
    const X = matrix(readFloats(job, "X"), rows, columns);
    const y = readFloats(job, "y");
    const enough = numberOf(job, "enough");
    const options = { ...optionsOf(job), l2: numberOf(job, "l2"), standardize: false } as const;
    const model: Estimator<Float64Array, { params(): Float64Array }> =
      numberOf(job, "classes") === 2 ? logisticRegression(options) : softmaxRegression(options);
    let params = new Float64Array();
    let updates = 0;
    const near = (step: Step): boolean => options.batchSize === "full" && step.objective() <= enough;
    return {
      version: versionOf("downhill"),
      reset() {},
      run() {
        for (const step of model.train(X, y, { every: "epoch" })) {
          if (step.stopped === null && !near(step)) continue;
          params = Float64Array.from(step.fitted().params());
          updates = step.t;
          break;
        }
      },
      result: () => ({ params, updates }),
    };
  };
