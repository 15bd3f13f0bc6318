// Short runs with several learning rates, as a chart.

import { rateSweep, type Spec } from "@downhill/plots";
import { type OptimizerSpec, optimizerFromSpec, plain, sweepRates } from "downhill";
import type { LiveRun } from "../training/liveRun.ts";

const UPDATES = 300;
const RATES = 9;

/** The result of a sweep. */
export interface Sweep {
  readonly spec: Spec;
  readonly best: number | null;
  /** The number of runs that diverged. */
  readonly diverged: number;
}

/** Tries nine learning rates with the optimizer of the run, or with plain descent if it computes its rates. */
export function sweepOf({ problem, optimizer, options }: LiveRun): Sweep {
  const { spec } = optimizer;
  const withRate =
    spec === undefined || !("rate" in spec)
      ? plain
      : (rate: number) => optimizerFromSpec({ ...spec, rate } as OptimizerSpec);
  const { batchSize, start, seed, order } = options;
  const { trials, best } = sweepRates(problem, withRate, {
    ...(batchSize && { batchSize }),
    ...(start && { start }),
    ...(seed !== undefined && { seed }),
    ...(order && { order }),
    rates: RATES,
    updates: UPDATES,
  });
  return {
    spec: rateSweep({
      title: `Loss after at most ${UPDATES} updates`,
      trials: trials.map(({ learningRate, objective, outcome }) => ({
        ...{ learningRate, loss: objective },
        ...(outcome !== "finished" && { outcome }),
      })),
      marks: best === null ? [] : [{ name: "best", at: best }],
    }),
    best,
    diverged: trials.filter(({ outcome }) => outcome === "diverged").length,
  };
}
