import {
  type Estimator,
  type LinearParts,
  logisticRegression,
  matrix,
  type Optimizer,
  type Step,
  softmaxRegression,
} from "downhill";
import { numberOf, readFloats } from "../../src/data/tables.ts";
import type { Job, MakeContestant } from "../../src/job.ts";
import { threadsOf } from "../shared/descent.ts";
import { versionOf } from "../shared/version.ts";

interface Options {
  readonly batchSize?: "full";
  readonly optimizer?: Optimizer;
  readonly epochs?: number;
  readonly standardize?: boolean;
}

/** Full batches make one update per epoch, and know the objective at no cost. */
const isFull = ({ t, epoch }: Step): boolean => t === epoch;

/**
 * Fits an estimator to its end, or in full batch until the objective is as small as asked. Its l2 is the job's; what
 * the options leave out is the library's default.
 */
export const fitting =
  (until: "near" | "its end", optionsOf: (job: Job) => Options = () => ({})): MakeContestant =>
  async (job) => {
    const { rows, columns } = job.tables["X"]!;
    const X = matrix(readFloats(job, "X"), rows, columns);
    const y = readFloats(job, "y");
    const enough = numberOf(job, "enough");
    const options = { ...optionsOf(job), l2: numberOf(job, "l2") };
    const how = { every: "epoch", ...(await threadsOf(job)) } as const;
    const model: Estimator<Float64Array, LinearParts> =
      numberOf(job, "classes") === 2 ? logisticRegression(options) : softmaxRegression(options);
    let params = new Float64Array();
    let updates = 0;
    const near = (step: Step): boolean => until === "near" && isFull(step) && step.objective() <= enough;
    return {
      version: versionOf("downhill"),
      reset() {},
      run() {
        for (const step of model.train(X, y, how)) {
          if (step.stopped === null && !near(step)) continue;
          const { coefficients, intercepts } = step.fitted();
          params = Float64Array.from([...coefficients.data, ...intercepts]); // in the units of the columns as they are
          updates = step.t;
          break;
        }
      },
      result: () => ({ params, updates }),
    };
  };
