import {
  type Estimator,
  type LinearParts,
  logisticRegression,
  matrix,
  nesterov,
  type Step,
  softmaxRegression,
} from "downhill";
import { numberSetting, readFloat64 } from "../../src/data/rawTables.ts";
import type { Job, LoadProgram } from "../../src/job.ts";
import { threadsOf } from "../shared/plainDescent.ts";
import { versionOf } from "../shared/version.ts";

/**
 * Fits an estimator. The setting `method`: "default" sets only l2; "nesterov" sets Nesterov's momentum with the learning
 * rate 1/L of these features. The setting `stopNearOptimum` ends the fit at the job's target loss.
 */
export const load: LoadProgram = async (job) => {
  const { rows, columns } = job.tables["X"]!;
  const X = matrix(readFloat64(job, "X"), rows, columns);
  const y = readFloat64(job, "y");
  const targetLoss = numberSetting(job, "targetLoss");
  const options = {
    ...(job.settings["method"] === "nesterov" ? nesterovOptions(job) : {}),
    l2: numberSetting(job, "l2"),
  };
  const trainOptions = { every: "epoch", ...(await threadsOf(job)) } as const;
  const model: Estimator<Float64Array, LinearParts> =
    numberSetting(job, "classes") === 2 ? logisticRegression(options) : softmaxRegression(options);
  // In full batch the run has already computed the objective.
  const isNear = (step: Step): boolean =>
    job.settings["stopNearOptimum"] === true && isFullBatch(step) && step.objective() <= targetLoss;
  let params = new Float64Array();
  let updates = 0;
  return {
    version: versionOf("downhill"),
    reset() {},
    run() {
      for (const step of model.train(X, y, trainOptions)) {
        if (step.stopped === null && !isNear(step)) continue;
        const { coefficients, intercepts } = step.fitted();
        params = Float64Array.from([...coefficients.data, ...intercepts]); // parameters for features that are not standardized
        updates = step.t;
        break;
      }
    },
    result: () => ({ params, updates }),
  };
};

/** A full-batch run makes one update per epoch. */
const isFullBatch = ({ t, epoch }: Step): boolean => t === epoch;

const nesterovOptions = (job: Job) => ({
  batchSize: "full" as const,
  optimizer: nesterov(numberSetting(job, "safeLearningRate"), { decay: 0.9 }),
  epochs: 1000,
  standardize: false,
});
