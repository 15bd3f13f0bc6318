import { linearSvm, type Matrix, matrix } from "downhill";
import { numberSetting, readFloat64 } from "../../src/data/rawTables.ts";
import { readSparse } from "../../src/data/sparseTables.ts";
import type { Job, LoadProgram } from "../../src/job.ts";
import { threadsOf } from "../shared/plainDescent.ts";
import { versionOf } from "../shared/version.ts";

/** Fits a linear SVM to the columns as they are. By default the run ends when the proven gap is at most 1e-3 of the objective. */
export const load: LoadProgram = async (job) => {
  const X = readSparse(job) ?? denseOf(job);
  const y = readFloat64(job, "y");
  const estimator = linearSvm({ standardize: false, l2: numberSetting(job, "l2") });
  const options = await threadsOf(job);
  let fitted = estimator.fit(X, y, options);
  return {
    version: versionOf("downhill"),
    reset() {},
    run() {
      fitted = estimator.fit(X, y, options);
      if (fitted.stopped !== "converged")
        throw new Error(`The run ended with "${fitted.stopped}", not with the proven gap.`);
    },
    result: () => ({ params: fitted.params(), updates: fitted.updates }),
  };
};

function denseOf(job: Job): Matrix {
  const { rows, columns } = job.tables["X"]!;
  return matrix(readFloat64(job, "X"), rows, columns);
}
