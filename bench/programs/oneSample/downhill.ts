import { type FittedLinearClassifier, logisticRegression, matrix, plain } from "downhill";
import { numberOf, readFloats } from "../../src/data/tables.ts";
import type { MakeContestant } from "../../src/job.ts";
import { versionOf } from "../shared/version.ts";

/** Whole fits, as a user writes them, from arrays to a fitted model; what a fit of `offEpochs` takes is taken off. */
export const make: MakeContestant = (job) => {
  const { rows, columns } = job.tables["X"]!;
  const [X, y] = [readFloats(job, "X"), readFloats(job, "y")];
  const [rate, l2] = [numberOf(job, "rate"), numberOf(job, "l2")];
  const [epochs, offEpochs] = [numberOf(job, "epochs"), numberOf(job, "offEpochs")];
  let fitted: FittedLinearClassifier | undefined;
  let seconds = 0;
  function fit(epochs: number): number {
    const began = performance.now();
    fitted = logisticRegression({
      optimizer: plain(rate),
      batchSize: 1,
      epochs,
      l2,
      standardize: false, // as SGDClassifier, which takes the columns as they are
      order: job.settings["shuffled"] ? "shuffled" : "sequential",
      trace: "running", // as SGDClassifier, which sums the losses that it meets
    }).fit(matrix(X, rows, columns), y);
    return (performance.now() - began) / 1000;
  }
  return {
    version: versionOf("downhill"),
    reset() {},
    run() {
      const off = offEpochs === 0 ? 0 : fit(offEpochs);
      seconds = fit(epochs) - off;
    },
    seconds: () => seconds,
    result: () => ({ params: fitted!.params(), updates: fitted!.updates }),
  };
};
