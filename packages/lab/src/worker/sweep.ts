// Short runs with several learning rates, as a chart that grows with each run.

import { rateSweep, type Spec } from "@downhill/plots";
import { type OptimizerSpec, optimizerFromSpec, plain, sweepRates } from "downhill";
import type { LiveRun } from "../training/liveRun.ts";
import { drawnBy } from "../training/phase.ts";

const UPDATES = 300;

/** The runs of a sweep so far. */
export interface Sweep {
  readonly spec: Spec;
  /** The number of all rates of the sweep. */
  readonly rates: number;
  readonly best: number | null;
  /** The number of runs that diverged. */
  readonly diverged: number;
  /** Whether all runs are done. */
  readonly isDone: boolean;
}

/**
 * Tries a number of learning rates with the optimizer of the run, or with plain descent if it computes its rates. Each step is one run, so
 * that the worker answers the page between them.
 *
 * @param count  the number of rates, at least 2
 */
export function* sweepOf({ problem, optimizer, options }: LiveRun, count: number): Generator<Sweep, void> {
  const { spec } = optimizer;
  const withRate =
    spec === undefined || !("rate" in spec)
      ? plain
      : (rate: number) => optimizerFromSpec({ ...spec, rate } as OptimizerSpec);
  const shared = drawnBy(options);
  const trialsOf = (rates: number | readonly number[], updates: number) =>
    sweepRates(problem, withRate, { ...shared, rates, updates }).trials;
  const rates = trialsOf(count, 1).map(({ learningRate }) => learningRate); // the library chooses the rates
  const trials: ReturnType<typeof trialsOf>[number][] = [];
  for (const rate of rates) {
    trials.push(...trialsOf([rate], UPDATES));
    const best = trials.reduce((a, b) => ((b.objective ?? Infinity) < (a.objective ?? Infinity) ? b : a));
    const bestRate = best.objective === null ? null : best.learningRate;
    yield {
      spec: rateSweep({
        title: `Loss after at most ${UPDATES} updates`,
        trials: trials.map(({ learningRate, objective, outcome }) => ({
          ...{ learningRate, loss: objective },
          ...(outcome !== "finished" && { outcome }),
        })),
        marks: bestRate === null ? [] : [{ name: "best", at: bestRate }],
      }),
      rates: rates.length,
      best: bestRate,
      diverged: trials.filter(({ outcome }) => outcome === "diverged").length,
      isDone: trials.length === rates.length,
    };
  }
}
