import { linearSvm, logisticRegression, plain } from "downhill";
import { numberSetting, readFloat64 } from "../../src/data/rawTables.ts";
import { readSparse } from "../../src/data/sparseTables.ts";
import type { LoadProgram } from "../../src/job.ts";
import { threadsOf } from "../shared/plainDescent.ts";
import { versionOf } from "../shared/version.ts";

/** Fits a model to sparse rows: setting `solver` 0: logistic regression, 3: the hinge, -1: logistic regression, one row per update. */
export const load: LoadProgram = async (job) => {
  const X = readSparse(job)!;
  const y = readFloat64(job, "y");
  const solver = numberSetting(job, "solver");
  const common = { standardize: false, l2: numberSetting(job, "l2") } as const;
  const options = await threadsOf(job);
  const estimator =
    solver === 3
      ? linearSvm(common)
      : solver === 0
        ? logisticRegression({ ...common, stop: { remaining: numberSetting(job, "gap") } })
        : logisticRegression({
            ...common,
            ...{ batchSize: 1, epochs: numberSetting(job, "epochs"), trace: "running" },
            optimizer: plain(numberSetting(job, "learningRate")),
          });
  let fitted = estimator.fit(X, y, options);
  return {
    version: versionOf("downhill"),
    reset() {},
    run() {
      fitted = estimator.fit(X, y, options);
      if (solver >= 0 && fitted.stopped !== "converged") throw new Error(`The run ended with "${fitted.stopped}".`);
    },
    result: () => ({ params: fitted.params(), updates: fitted.updates }),
  };
};
