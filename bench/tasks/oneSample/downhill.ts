import { dense, linear, logistic, plain, risk, type Step, train } from "downhill";
import { numberOf } from "../../src/data/tables.ts";
import type { MakeContestant } from "../../src/job.ts";
import { matrixOf } from "../downhill.ts";
import { versionOf } from "../version.ts";

/** Whole fits, from arrays to parameters; what a fit of `offEpochs` takes is taken off. */
export const make: MakeContestant = (job) => {
  const problem = risk({
    predictor: linear(job.tables["X"]!.columns),
    loss: logistic(),
    inputs: dense(matrixOf(job, "X")),
    targets: dense(matrixOf(job, "y")),
    l2: numberOf(job, "l2"),
  });
  const [rate, epochs, offEpochs] = [numberOf(job, "rate"), numberOf(job, "epochs"), numberOf(job, "offEpochs")];
  let last: Step;
  let seconds = 0;
  function fit(epochs: number): number {
    const began = performance.now();
    const steps = train(problem, plain(rate), {
      batchSize: 1,
      epochs,
      order: job.settings["shuffled"] ? "shuffled" : "sequential",
      trace: "running",
      every: "epoch",
    });
    for (const step of steps) last = step;
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
    result: () => ({ params: last.params, updates: last.t }),
  };
};
