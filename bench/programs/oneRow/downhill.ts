import { type FittedLinearClassifier, logisticRegression, matrix, plain } from "downhill";
import { numberSetting, readFloat64 } from "../../src/data/rawTables.ts";
import type { LoadProgram } from "../../src/job.ts";
import { versionOf } from "../shared/version.ts";

/** Fits from arrays to a fitted model. From each time, the time of a fit with `subtractedEpochs` epochs is subtracted. */
export const load: LoadProgram = (job) => {
  const { rows, columns } = job.tables["X"]!;
  const [X, y] = [readFloat64(job, "X"), readFloat64(job, "y")];
  const [learningRate, l2] = [numberSetting(job, "learningRate"), numberSetting(job, "l2")];
  const [epochs, subtractedEpochs] = [numberSetting(job, "epochs"), numberSetting(job, "subtractedEpochs")];
  let fitted: FittedLinearClassifier | undefined;
  let seconds = 0;
  function secondsOfFit(epochs: number): number {
    const began = performance.now();
    fitted = logisticRegression({
      optimizer: plain(learningRate),
      batchSize: 1,
      epochs,
      l2,
      standardize: false, // SGDClassifier does not standardize
      order: job.settings["shuffled"] ? "shuffled" : "sequential",
      trace: "running", // SGDClassifier also adds up the losses before each update
    }).fit(matrix(X, rows, columns), y);
    return (performance.now() - began) / 1000;
  }
  return {
    version: versionOf("downhill"),
    reset() {},
    run() {
      const subtracted = subtractedEpochs === 0 ? 0 : secondsOfFit(subtractedEpochs);
      seconds = secondsOfFit(epochs) - subtracted;
    },
    seconds: () => seconds,
    result: () => ({ params: fitted!.params(), updates: fitted!.updates }),
  };
};
