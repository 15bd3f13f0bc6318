import { type Estimator, logisticRegression, matrix, type Optimizer, type Step, softmaxRegression } from "downhill";
import { numberOf, readFloats } from "../../src/data/tables.ts";
import type { Job, MakeContestant } from "../../src/job.ts";
import { threadsOf } from "../downhill.ts";
import { versionOf } from "../version.ts";

interface Options {
  readonly batchSize?: "full";
  readonly optimizer?: Optimizer;
  readonly epochs?: number;
}

/** Full batches make one update per epoch, and know the objective at no cost. */
const isFull = ({ t, epoch }: Step): boolean => t === epoch;

/** Fits an estimator to its end, or in full batch until the objective is as small as asked. */
export const fitting =
  (until: "near" | "its end", optionsOf: (job: Job) => Options = () => ({})): MakeContestant =>
  async (job) => {
    const { rows, columns } = job.tables["X"]!;
    const X = matrix(readFloats(job, "X"), rows, columns);
    const y = readFloats(job, "y");
    const enough = numberOf(job, "enough");
    const shared = { l2: numberOf(job, "l2"), standardize: false } as const;
    const options = { ...optionsOf(job), ...shared };
    const how = { every: "epoch", ...(await threadsOf(job)) } as const;
    const model: Estimator<Float64Array, { params(): ArrayLike<number> }> =
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
          params = Float64Array.from(step.fitted().params());
          updates = step.t;
          break;
        }
      },
      result: () => ({ params, updates }),
    };
  };
